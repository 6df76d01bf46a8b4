package io.github.conversations4j.source;

import io.github.conversations4j.model.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * A user who is about to be changed. Immutable; a verdict can accept or reject.
 *
 * @param sid the user, {@code US…}
 * @param identity the identity; null if Twilio did not say
 * @param friendlyName the name for people; null for none
 * @param attributes the free-form JSON of the application
 * @param roleSid the role, {@code RL…}; null if Twilio did not say
 * @param clientIdentity the identity that acts through a client; null if it is none
 */
public record UserDraft(
        String sid,
        @Nullable String identity,
        @Nullable String friendlyName,
        Attributes attributes,
        @Nullable String roleSid,
        @Nullable String clientIdentity)
        implements Draft {
    @Override
    public UserDraft after(Verdict verdict) {
        verdict.requireUnchanged("a user");
        return this;
    }
}
