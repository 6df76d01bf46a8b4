package io.github.conversations4j.source;

import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.MessagingBinding;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that is about to be made or changed. Immutable.
 *
 * @param sid the conversation, {@code CH…}; null for one that is about to be made
 * @param friendlyName its name for people; null for none
 * @param uniqueName its name for programs; null for none
 * @param attributes the free-form JSON of the application
 * @param serviceSid the service, {@code IS…}; null if Twilio did not say
 * @param state its state; null if Twilio did not say
 * @param messageBody the text of the inbound message that it is made for; null if it is made for none
 * @param messagingBinding who wrote that message; null if it is made for none
 * @param clientIdentity the identity that acts through a client; null if it is none
 */
public record ConversationDraft(
        @Nullable String sid,
        @Nullable String friendlyName,
        @Nullable String uniqueName,
        Attributes attributes,
        @Nullable String serviceSid,
        @Nullable ConversationState state,
        @Nullable String messageBody,
        @Nullable MessagingBinding messagingBinding,
        @Nullable String clientIdentity)
        implements Draft {
    /**
     * Accepts the conversation under another name.
     *
     * @param name the new friendly name
     * @return the verdict
     */
    public Verdict withFriendlyName(String name) {
        return Verdict.conversation(name);
    }

    @Override
    public ConversationDraft after(Verdict verdict) {
        verdict.requireNoMessage("a conversation");
        return new ConversationDraft(
                sid,
                verdict.friendlyName() == null ? friendlyName : verdict.friendlyName(),
                uniqueName,
                attributes,
                serviceSid,
                state,
                messageBody,
                messagingBinding,
                clientIdentity);
    }
}
