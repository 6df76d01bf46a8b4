package io.github.conversations4j.source;

import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.Media;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is about to be removed. Immutable; a verdict can accept or reject.
 *
 * @param conversationSid the conversation, {@code CH…}
 * @param sid the message, {@code IM…}
 * @param index its index; null if Twilio did not say
 * @param author who it is from; null if Twilio did not say
 * @param body the text; null for none
 * @param attributes the free-form JSON of the application
 * @param media its files; empty for none
 * @param participantSid the participant who wrote it, {@code MB…}; null for messages from outside
 * @param clientIdentity the identity that acts through a client; null if it is none
 */
public record MessageRemovalDraft(
        String conversationSid,
        String sid,
        @Nullable Integer index,
        @Nullable String author,
        @Nullable String body,
        Attributes attributes,
        List<Media> media,
        @Nullable String participantSid,
        @Nullable String clientIdentity)
        implements Draft {
    /** Copies the list. */
    public MessageRemovalDraft {
        media = List.copyOf(media);
    }

    @Override
    public MessageRemovalDraft after(Verdict verdict) {
        verdict.requireUnchanged("the removal of a message");
        return this;
    }
}
