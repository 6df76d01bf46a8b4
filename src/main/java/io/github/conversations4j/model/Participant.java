package io.github.conversations4j.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who takes part in one conversation: a chat user by identity, or a phone number or address by binding. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>.
 *
 * @param sid the participant SID, {@code MB…}
 * @param conversationSid the conversation, {@code CH…}
 * @param identity the identity of a chat user; null for SMS, WhatsApp and the like
 * @param attributes the free-form JSON of the application
 * @param roleSid the role, {@code RL…}; null if the source did not say
 * @param messagingBinding how somebody who is no chat user is reached; null for a pure chat user
 * @param lastReadMessageIndex the read horizon: the index of the last message read; null if never set or not said
 * @param lastReadTimestamp when the read horizon was set; null if never set or not said
 * @param dateCreated when the participant joined; null if the source did not say
 * @param dateUpdated when the participant was last changed; null if the source did not say
 */
public record Participant(
        String sid,
        String conversationSid,
        @Nullable String identity,
        Attributes attributes,
        @Nullable String roleSid,
        @Nullable MessagingBinding messagingBinding,
        @Nullable Integer lastReadMessageIndex,
        @Nullable Instant lastReadTimestamp,
        @Nullable Instant dateCreated,
        @Nullable Instant dateUpdated) {

    /**
     * Starts a builder with what is never absent.
     *
     * @param sid the participant SID, {@code MB…}
     * @param conversationSid the conversation, {@code CH…}
     * @return a builder, not thread-safe
     */
    public static Builder builder(String sid, String conversationSid) {
        return new Builder(sid, conversationSid);
    }

    /**
     * A builder that holds the values of this record.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder copy = new Builder(sid, conversationSid);
        copy.identity = identity;
        copy.attributes = attributes;
        copy.roleSid = roleSid;
        copy.messagingBinding = messagingBinding;
        copy.lastReadMessageIndex = lastReadMessageIndex;
        copy.lastReadTimestamp = lastReadTimestamp;
        copy.dateCreated = dateCreated;
        copy.dateUpdated = dateUpdated;
        return copy;
    }

    /** Builds a {@link Participant}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private final String sid;
        private final String conversationSid;
        private @Nullable String identity;
        private Attributes attributes = Attributes.EMPTY;
        private @Nullable String roleSid;
        private @Nullable MessagingBinding messagingBinding;
        private @Nullable Integer lastReadMessageIndex;
        private @Nullable Instant lastReadTimestamp;
        private @Nullable Instant dateCreated;
        private @Nullable Instant dateUpdated;

        private Builder(String sid, String conversationSid) {
            this.sid = sid;
            this.conversationSid = conversationSid;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the identity of a chat user; null for SMS, WhatsApp and the like
         * @return this
         */
        public Builder identity(@Nullable String value) {
            this.identity = value;
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
         * @param value the role, {@code RL…}; null if the source did not say
         * @return this
         */
        public Builder roleSid(@Nullable String value) {
            this.roleSid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value how somebody who is no chat user is reached; null for a pure chat user
         * @return this
         */
        public Builder messagingBinding(@Nullable MessagingBinding value) {
            this.messagingBinding = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the read horizon: the index of the last message read; null if never set or not said
         * @return this
         */
        public Builder lastReadMessageIndex(@Nullable Integer value) {
            this.lastReadMessageIndex = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when the read horizon was set; null if never set or not said
         * @return this
         */
        public Builder lastReadTimestamp(@Nullable Instant value) {
            this.lastReadTimestamp = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when the participant joined; null if the source did not say
         * @return this
         */
        public Builder dateCreated(@Nullable Instant value) {
            this.dateCreated = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when the participant was last changed; null if the source did not say
         * @return this
         */
        public Builder dateUpdated(@Nullable Instant value) {
            this.dateUpdated = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new Participant
         */
        public Participant build() {
            return new Participant(
                    sid,
                    conversationSid,
                    identity,
                    attributes,
                    roleSid,
                    messagingBinding,
                    lastReadMessageIndex,
                    lastReadTimestamp,
                    dateCreated,
                    dateUpdated);
        }
    }
}
