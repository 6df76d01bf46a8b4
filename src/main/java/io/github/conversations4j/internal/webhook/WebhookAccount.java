package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.source.WebhookSource;
import java.util.ArrayList;
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

    /** All that webhooks may be signed with; without any the source does not start. */
    List<String> requireAuthToken(WebhookSource settings) {
        List<String> all = new ArrayList<>(authTokens);
        all.addAll(settings.authTokens());
        if (all.isEmpty()) {
            throw new IllegalArgumentException("The webhook source needs the auth token of " + accountSid
                    + ", also where calls are made with an API key or OAuth: Twilio signs webhooks with nothing else. Give it"
                    + " in the credentials (TWILIO_AUTH_TOKEN) or to EventSources.webhook(…).authTokens(…)");
        }
        return all;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "WebhookAccount[" + accountSid + "]";
    }
}
