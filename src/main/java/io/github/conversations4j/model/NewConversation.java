package io.github.conversations4j.model;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that is to be created. Immutable.
 *
 * <p>Limits of Twilio: friendly name 256 characters, attributes 16 KB, inactive timer at least one minute, closed timer
 * at least ten.
 *
 * @param friendlyName the name to show; null for none
 * @param uniqueName the name it can be addressed by, unique in the service and no SID; null for none
 * @param attributes the free-form JSON of the application
 * @param state the first state, on a backend; null for active
 * @param inactiveAfter the inactive timer, on a backend; null for none
 * @param closedAfter the closed timer, on a backend; null for none
 * @param messagingServiceSid the messaging service, {@code MG…}, on a backend; null for the default
 */
public record NewConversation(
        @Nullable String friendlyName,
        @Nullable String uniqueName,
        Attributes attributes,
        @Nullable ConversationState state,
        @Nullable Duration inactiveAfter,
        @Nullable Duration closedAfter,
        @Nullable String messagingServiceSid) {
    /** Checks what was given. */
    public NewConversation {
        Objects.requireNonNull(attributes, "attributes: must not be null");
    }

    /**
     * Starts a builder with what is never absent.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link NewConversation}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private @Nullable String friendlyName;
        private @Nullable String uniqueName;
        private Attributes attributes = Attributes.EMPTY;
        private @Nullable ConversationState state;
        private @Nullable Duration inactiveAfter;
        private @Nullable Duration closedAfter;
        private @Nullable String messagingServiceSid;

        private Builder() {}

        /**
         * Sets the component of the same name.
         *
         * @param value the name to show; null for none
         * @return this
         */
        public Builder friendlyName(@Nullable String value) {
            this.friendlyName = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the name it can be addressed by, unique in the service and no SID; null for none
         * @return this
         */
        public Builder uniqueName(@Nullable String value) {
            this.uniqueName = value;
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
         * @param value the first state, on a backend; null for active
         * @return this
         */
        public Builder state(@Nullable ConversationState value) {
            this.state = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the inactive timer, on a backend; null for none
         * @return this
         */
        public Builder inactiveAfter(@Nullable Duration value) {
            this.inactiveAfter = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the closed timer, on a backend; null for none
         * @return this
         */
        public Builder closedAfter(@Nullable Duration value) {
            this.closedAfter = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the messaging service, {@code MG…}, on a backend; null for the default
         * @return this
         */
        public Builder messagingServiceSid(@Nullable String value) {
            this.messagingServiceSid = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new NewConversation
         */
        public NewConversation build() {
            return new NewConversation(
                    friendlyName, uniqueName, attributes, state, inactiveAfter, closedAfter, messagingServiceSid);
        }
    }
}
