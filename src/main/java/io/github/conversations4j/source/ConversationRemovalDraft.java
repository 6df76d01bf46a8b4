package io.github.conversations4j.source;

import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationState;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that is about to be removed. Immutable; a verdict can accept or reject.
 *
 * @param sid the conversation, {@code CH…}
 * @param friendlyName its name for people; null for none
 * @param uniqueName its name for programs; null for none
 * @param attributes the free-form JSON of the application
 * @param serviceSid the service, {@code IS…}; null if Twilio did not say
 * @param state its state; null if Twilio did not say
 * @param clientIdentity the identity that acts through a client; null if it is none
 */
public record ConversationRemovalDraft(
        String sid,
        @Nullable String friendlyName,
        @Nullable String uniqueName,
        Attributes attributes,
        @Nullable String serviceSid,
        @Nullable ConversationState state,
        @Nullable String clientIdentity)
        implements Draft {
    @Override
    public ConversationRemovalDraft after(Verdict verdict) {
        verdict.requireUnchanged("the removal of a conversation");
        return this;
    }
}
