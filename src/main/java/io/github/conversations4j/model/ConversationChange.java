package io.github.conversations4j.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is to change on a conversation; what is null stays. Immutable.
 *
 * @param friendlyName the new name to show; empty to remove it
 * @param uniqueName the new unique name; empty to remove it
 * @param attributes the new attributes, all of them
 * @param state the new state, on a backend; closed is final
 * @param inactiveAfter the new inactive timer, on a backend; zero to remove it
 * @param closedAfter the new closed timer, on a backend; zero to remove it
 * @param messagingServiceSid the new messaging service, {@code MG…}, on a backend
 */
public record ConversationChange(
        @Nullable String friendlyName,
        @Nullable String uniqueName,
        @Nullable Attributes attributes,
        @Nullable ConversationState state,
        @Nullable Duration inactiveAfter,
        @Nullable Duration closedAfter,
        @Nullable String messagingServiceSid) {

    /**
     * Starts a builder with what is never absent.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link ConversationChange}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private @Nullable String friendlyName;
        private @Nullable String uniqueName;
        private @Nullable Attributes attributes;
        private @Nullable ConversationState state;
        private @Nullable Duration inactiveAfter;
        private @Nullable Duration closedAfter;
        private @Nullable String messagingServiceSid;

        private Builder() {}

        /**
         * Sets the component of the same name.
         *
         * @param value the new name to show; empty to remove it
         * @return this
         */
        public Builder friendlyName(@Nullable String value) {
            this.friendlyName = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the new unique name; empty to remove it
         * @return this
         */
        public Builder uniqueName(@Nullable String value) {
            this.uniqueName = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the new attributes, all of them
         * @return this
         */
        public Builder attributes(@Nullable Attributes value) {
            this.attributes = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the new state, on a backend; closed is final
         * @return this
         */
        public Builder state(@Nullable ConversationState value) {
            this.state = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the new inactive timer, on a backend; zero to remove it
         * @return this
         */
        public Builder inactiveAfter(@Nullable Duration value) {
            this.inactiveAfter = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the new closed timer, on a backend; zero to remove it
         * @return this
         */
        public Builder closedAfter(@Nullable Duration value) {
            this.closedAfter = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the new messaging service, {@code MG…}, on a backend
         * @return this
         */
        public Builder messagingServiceSid(@Nullable String value) {
            this.messagingServiceSid = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new ConversationChange
         */
        public ConversationChange build() {
            return new ConversationChange(
                    friendlyName, uniqueName, attributes, state, inactiveAfter, closedAfter, messagingServiceSid);
        }
    }
}
