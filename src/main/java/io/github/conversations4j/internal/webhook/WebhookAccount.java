package io.github.conversations4j.internal.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose webhooks are accepted.
 *
 * @param accountSid the account, {@code AC…}
 * @param authTokens what they may be signed with: secrets; empty if the credentials hold none
 * @param serviceSid the only service whose events are accepted unless the source says otherwise; null for all
 */
public record WebhookAccount(
        String accountSid,
        List<String> authTokens,
        @Nullable String serviceSid) {
    /** Checks and copies what was given. */
    public WebhookAccount {
        authTokens = List.copyOf(authTokens);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "WebhookAccount[" + accountSid + "]";
    }
}
