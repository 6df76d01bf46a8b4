package io.github.conversations4j.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it was when the source saw it. Immutable; the live handle is {@code Conversation}.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>.
 *
 * @param sid the conversation SID, {@code CH…}
 * @param serviceSid the service it lives in, {@code IS…}; null if the source did not say
 * @param friendlyName the name to show, at most 256 characters; null if none was set
 * @param uniqueName the name it can be addressed by; null if none was set
 * @param attributes the free-form JSON of the application, at most 16 KB
 * @param state the state
 * @param messagingServiceSid the messaging service, {@code MG…}; null if the source did not say
 * @param createdBy the identity that created it; null if the source did not say
 * @param dateCreated when it was created; null if the source did not say
 * @param dateUpdated when it was last changed; null if the source did not say. Not documented to move with messages
 * @param dateInactive when its timer makes it inactive; null if no timer runs or the source did not say
 * @param dateClosed when its timer closes it; null if no timer runs or the source did not say
 * @param lastMessage its last message; null if there is none or the source did not say (REST does not)
 * @param mine what the conversation is to the user of this client; null where the source sees no user
 */
public record ConversationSnapshot(
        String sid,
        @Nullable String serviceSid,
        @Nullable String friendlyName,
        @Nullable String uniqueName,
        Attributes attributes,
        ConversationState state,
        @Nullable String messagingServiceSid,
        @Nullable String createdBy,
        @Nullable Instant dateCreated,
        @Nullable Instant dateUpdated,
        @Nullable Instant dateInactive,
        @Nullable Instant dateClosed,
        @Nullable LastMessage lastMessage,
        @Nullable MyConversation mine) {

    /**
     * Starts a builder with what is never absent.
     *
     * @param sid the conversation SID, {@code CH…}
     * @return a builder, not thread-safe
     */
    public static Builder builder(String sid) {
        return new Builder(sid);
    }

    /**
     * A builder that holds the values of this record.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder copy = new Builder(sid);
        copy.serviceSid = serviceSid;
        copy.friendlyName = friendlyName;
        copy.uniqueName = uniqueName;
        copy.attributes = attributes;
        copy.state = state;
        copy.messagingServiceSid = messagingServiceSid;
        copy.createdBy = createdBy;
        copy.dateCreated = dateCreated;
        copy.dateUpdated = dateUpdated;
        copy.dateInactive = dateInactive;
        copy.dateClosed = dateClosed;
        copy.lastMessage = lastMessage;
        copy.mine = mine;
        return copy;
    }

    /**
     * Where the last message stands, without its text.
     *
     * @param index the index of the last message
     * @param dateCreated when it was written; null if the source did not say
     */
    public record LastMessage(int index, @Nullable Instant dateCreated) {}

    /**
     * What a conversation is to one user.
     *
     * @param joined whether the user takes part
     * @param notificationLevel whether the user wants to be notified; null if the source did not say
     * @param lastReadMessageIndex the read horizon of the user; null if never set
     */
    public record MyConversation(
            boolean joined,
            @Nullable NotificationLevel notificationLevel,
            @Nullable Integer lastReadMessageIndex) {}

    /** Builds a {@link ConversationSnapshot}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private final String sid;
        private @Nullable String serviceSid;
        private @Nullable String friendlyName;
        private @Nullable String uniqueName;
        private Attributes attributes = Attributes.EMPTY;
        private ConversationState state = ConversationState.UNKNOWN;
        private @Nullable String messagingServiceSid;
        private @Nullable String createdBy;
        private @Nullable Instant dateCreated;
        private @Nullable Instant dateUpdated;
        private @Nullable Instant dateInactive;
        private @Nullable Instant dateClosed;
        private @Nullable LastMessage lastMessage;
        private @Nullable MyConversation mine;

        private Builder(String sid) {
            this.sid = sid;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the service it lives in, {@code IS…}; null if the source did not say
         * @return this
         */
        public Builder serviceSid(@Nullable String value) {
            this.serviceSid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the name to show, at most 256 characters; null if none was set
         * @return this
         */
        public Builder friendlyName(@Nullable String value) {
            this.friendlyName = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the name it can be addressed by; null if none was set
         * @return this
         */
        public Builder uniqueName(@Nullable String value) {
            this.uniqueName = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the free-form JSON of the application, at most 16 KB
         * @return this
         */
        public Builder attributes(Attributes value) {
            this.attributes = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the state
         * @return this
         */
        public Builder state(ConversationState value) {
            this.state = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the messaging service, {@code MG…}; null if the source did not say
         * @return this
         */
        public Builder messagingServiceSid(@Nullable String value) {
            this.messagingServiceSid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the identity that created it; null if the source did not say
         * @return this
         */
        public Builder createdBy(@Nullable String value) {
            this.createdBy = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when it was created; null if the source did not say
         * @return this
         */
        public Builder dateCreated(@Nullable Instant value) {
            this.dateCreated = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when it was last changed; null if the source did not say. Not documented to move with messages
         * @return this
         */
        public Builder dateUpdated(@Nullable Instant value) {
            this.dateUpdated = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when its timer makes it inactive; null if no timer runs or the source did not say
         * @return this
         */
        public Builder dateInactive(@Nullable Instant value) {
            this.dateInactive = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when its timer closes it; null if no timer runs or the source did not say
         * @return this
         */
        public Builder dateClosed(@Nullable Instant value) {
            this.dateClosed = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value its last message; null if there is none or the source did not say (REST does not)
         * @return this
         */
        public Builder lastMessage(@Nullable LastMessage value) {
            this.lastMessage = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value what the conversation is to the user of this client; null where the source sees no user
         * @return this
         */
        public Builder mine(@Nullable MyConversation value) {
            this.mine = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new ConversationSnapshot
         */
        public ConversationSnapshot build() {
            return new ConversationSnapshot(
                    sid,
                    serviceSid,
                    friendlyName,
                    uniqueName,
                    attributes,
                    state,
                    messagingServiceSid,
                    createdBy,
                    dateCreated,
                    dateUpdated,
                    dateInactive,
                    dateClosed,
                    lastMessage,
                    mine);
        }
    }
}
