package io.github.conversations4j.source;

import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.MessagingBinding;
import org.jspecify.annotations.Nullable;

/**
 * A participant who is about to join, to be changed or to leave. Immutable; a verdict can accept or reject.
 *
 * @param conversationSid the conversation, {@code CH…}
 * @param sid the participant, {@code MB…}; null for one who is about to join
 * @param identity the identity of a chat user; null for anybody else
 * @param roleSid the role, {@code RL…}; null if Twilio did not say
 * @param attributes the free-form JSON of the application
 * @param messagingBinding how somebody who is no chat user is reached; null for a pure chat user
 * @param clientIdentity the identity that acts through a client; null if it is none
 */
public record ParticipantDraft(
        String conversationSid,
        @Nullable String sid,
        @Nullable String identity,
        @Nullable String roleSid,
        Attributes attributes,
        @Nullable MessagingBinding messagingBinding,
        @Nullable String clientIdentity)
        implements Draft {
    @Override
    public ParticipantDraft after(Verdict verdict) {
        verdict.requireUnchanged("a participant");
        return this;
    }
}
