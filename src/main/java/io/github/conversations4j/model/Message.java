package io.github.conversations4j.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation, as it was when the source saw it. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>.
 * Dates can be set by whoever writes over REST, so they are no clock: order messages by {@link #index()}, which may skip numbers.
 *
 * @param sid the message SID, {@code IM…}
 * @param conversationSid the conversation, {@code CH…}
 * @param index the position in the conversation; grows, and may skip numbers
 * @param author the identity or address of the author; null if the source did not say
 * @param body the text, at most 32 KB; null or empty for a message without text
 * @param attributes the free-form JSON of the application
 * @param media the files of the message, in order; empty if there are none
 * @param participantSid the participant who wrote it, {@code MB…}; null for messages from outside the conversation
 * @param dateCreated when it was written; null if the source did not say
 * @param dateUpdated when it was last changed; null if it was not, or the source did not say
 * @param delivery how delivery to recipients who are no chat users stands; null if there are none
 * @param contentSid the content template it was made from, {@code HX…}; null for none
 * @param subject the subject of an e-mail; null elsewhere, and REST never returns it
 * @param lastUpdatedBy the identity that changed it last; null if nobody did, and REST never returns it
 */
public record Message(
        String sid,
        String conversationSid,
        int index,
        @Nullable String author,
        @Nullable String body,
        Attributes attributes,
        List<Media> media,
        @Nullable String participantSid,
        @Nullable Instant dateCreated,
        @Nullable Instant dateUpdated,
        @Nullable DeliverySummary delivery,
        @Nullable String contentSid,
        @Nullable String subject,
        @Nullable String lastUpdatedBy) {
    /** Checks and copies what was given. */
    public Message {
        media = List.copyOf(media);
    }

    /**
     * The id that the sending client gave to this message, if that client was one of this library.
     *
     * @return the id; empty if there is none
     */
    public Optional<String> clientId() {
        return attributes.clientId();
    }

    /**
     * Starts a builder with what is never absent.
     *
     * @param sid the message SID, {@code IM…}
     * @param conversationSid the conversation, {@code CH…}
     * @param index the position in the conversation; grows, and may skip numbers
     * @return a builder, not thread-safe
     */
    public static Builder builder(String sid, String conversationSid, int index) {
        return new Builder(sid, conversationSid, index);
    }

    /**
     * A builder that holds the values of this record.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder copy = new Builder(sid, conversationSid, index);
        copy.author = author;
        copy.body = body;
        copy.attributes = attributes;
        copy.media = media;
        copy.participantSid = participantSid;
        copy.dateCreated = dateCreated;
        copy.dateUpdated = dateUpdated;
        copy.delivery = delivery;
        copy.contentSid = contentSid;
        copy.subject = subject;
        copy.lastUpdatedBy = lastUpdatedBy;
        return copy;
    }

    /** Builds a {@link Message}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private final String sid;
        private final String conversationSid;
        private final int index;
        private @Nullable String author;
        private @Nullable String body;
        private Attributes attributes = Attributes.EMPTY;
        private List<Media> media = List.of();
        private @Nullable String participantSid;
        private @Nullable Instant dateCreated;
        private @Nullable Instant dateUpdated;
        private @Nullable DeliverySummary delivery;
        private @Nullable String contentSid;
        private @Nullable String subject;
        private @Nullable String lastUpdatedBy;

        private Builder(String sid, String conversationSid, int index) {
            this.sid = sid;
            this.conversationSid = conversationSid;
            this.index = index;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the identity or address of the author; null if the source did not say
         * @return this
         */
        public Builder author(@Nullable String value) {
            this.author = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the text, at most 32 KB; null or empty for a message without text
         * @return this
         */
        public Builder body(@Nullable String value) {
            this.body = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the free-form JSON of the application
         * @return this
         */
        public Builder attributes(Attributes value) {
            this.attributes = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the files of the message, in order; empty if there are none
         * @return this
         */
        public Builder media(List<Media> value) {
            this.media = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the participant who wrote it, {@code MB…}; null for messages from outside the conversation
         * @return this
         */
        public Builder participantSid(@Nullable String value) {
            this.participantSid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when it was written; null if the source did not say
         * @return this
         */
        public Builder dateCreated(@Nullable Instant value) {
            this.dateCreated = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when it was last changed; null if it was not, or the source did not say
         * @return this
         */
        public Builder dateUpdated(@Nullable Instant value) {
            this.dateUpdated = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value how delivery to recipients who are no chat users stands; null if there are none
         * @return this
         */
        public Builder delivery(@Nullable DeliverySummary value) {
            this.delivery = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the content template it was made from, {@code HX…}; null for none
         * @return this
         */
        public Builder contentSid(@Nullable String value) {
            this.contentSid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the subject of an e-mail; null elsewhere, and REST never returns it
         * @return this
         */
        public Builder subject(@Nullable String value) {
            this.subject = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the identity that changed it last; null if nobody did, and REST never returns it
         * @return this
         */
        public Builder lastUpdatedBy(@Nullable String value) {
            this.lastUpdatedBy = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new Message
         */
        public Message build() {
            return new Message(
                    sid,
                    conversationSid,
                    index,
                    author,
                    body,
                    attributes,
                    media,
                    participantSid,
                    dateCreated,
                    dateUpdated,
                    delivery,
                    contentSid,
                    subject,
                    lastUpdatedBy);
        }
    }
}
