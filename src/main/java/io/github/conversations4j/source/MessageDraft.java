package io.github.conversations4j.source;

import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.Media;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is about to be added or changed. Immutable.
 *
 * @param conversationSid the conversation, {@code CH…}
 * @param sid the message, {@code IM…}; null for one that is about to be added
 * @param index its index; null for one that is about to be added
 * @param author who it is from; null if Twilio did not say
 * @param body the text; null for none
 * @param attributes the free-form JSON of the application
 * @param media its files; empty for none
 * @param participantSid the participant who writes it, {@code MB…}; null for messages from outside
 * @param clientIdentity the identity that acts through a client; null if it is none
 */
public record MessageDraft(
        String conversationSid,
        @Nullable String sid,
        @Nullable Integer index,
        @Nullable String author,
        @Nullable String body,
        Attributes attributes,
        List<Media> media,
        @Nullable String participantSid,
        @Nullable String clientIdentity)
        implements Draft {
    /** Copies the list. */
    public MessageDraft {
        media = List.copyOf(media);
    }

    /**
     * Accepts the message with another text.
     *
     * @param text the new text
     * @return the verdict
     */
    public Verdict withBody(String text) {
        return Verdict.message(text, null, null);
    }

    /**
     * Accepts the message with another author.
     *
     * @param name the new author, an identity or any other name
     * @return the verdict
     */
    public Verdict withAuthor(String name) {
        return Verdict.message(null, name, null);
    }

    /**
     * Accepts the message with other attributes. Twilio's page lists them in one place and leaves them out in another;
     * nobody could try it.
     *
     * @param json the new attributes, all of them
     * @return the verdict
     * @throws IllegalArgumentException if they are not JSON
     */
    public Verdict withAttributes(Attributes json) {
        return with(null, null, json);
    }

    /**
     * Accepts the message with several changes.
     *
     * @param text the new text, or null to keep it
     * @param name the new author, or null to keep it
     * @param json the new attributes, or null to keep them
     * @return the verdict
     * @throws IllegalArgumentException if the attributes are not JSON
     */
    public Verdict with(@Nullable String text, @Nullable String name, @Nullable Attributes json) {
        if (json != null && !json.isValid()) {
            throw new IllegalArgumentException("attributes: must be JSON");
        }
        return Verdict.message(text, name, json);
    }

    @Override
    public MessageDraft after(Verdict verdict) {
        verdict.requireNoConversation("a message");
        return new MessageDraft(
                conversationSid,
                sid,
                index,
                verdict.author() == null ? author : verdict.author(),
                verdict.body() == null ? body : verdict.body(),
                verdict.attributes() == null ? attributes : verdict.attributes(),
                media,
                participantSid,
                clientIdentity);
    }
}
