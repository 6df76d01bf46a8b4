package io.github.conversations4j.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is to take part in a conversation. Immutable; exactly one of identity and binding is usual, and a
 * chat user in a group MMS has both.
 *
 * @param identity the identity of a chat user
 * @param messagingBinding how somebody who is no chat user is reached
 * @param attributes the free-form JSON of the application, at most 4 KB
 * @param roleSid the role, {@code RL…}, on a backend; null for the default of the service
 */
public record NewParticipant(
        @Nullable String identity,
        @Nullable MessagingBinding messagingBinding,
        Attributes attributes,
        @Nullable String roleSid) {
    /** Checks what was given. */
    public NewParticipant {
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

    /**
     * A chat user.
     *
     * @param identity the identity, as in access tokens
     * @return the participant
     */
    public static NewParticipant chat(String identity) {
        return builder().identity(identity).build();
    }

    /**
     * Somebody who is reached by SMS, WhatsApp or the like.
     *
     * @param address where they are reached, for example {@code +15550001} or {@code whatsapp:+15550001}
     * @param proxyAddress the number of yours that they talk to, with the same prefix
     * @return the participant
     */
    public static NewParticipant address(String address, String proxyAddress) {
        return builder()
                .messagingBinding(MessagingBinding.builder()
                        .address(address)
                        .proxyAddress(proxyAddress)
                        .build())
                .build();
    }

    /** Builds a {@link NewParticipant}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private @Nullable String identity;
        private @Nullable MessagingBinding messagingBinding;
        private Attributes attributes = Attributes.EMPTY;
        private @Nullable String roleSid;

        private Builder() {}

        /**
         * Sets the component of the same name.
         *
         * @param value the identity of a chat user
         * @return this
         */
        public Builder identity(@Nullable String value) {
            this.identity = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value how somebody who is no chat user is reached
         * @return this
         */
        public Builder messagingBinding(@Nullable MessagingBinding value) {
            this.messagingBinding = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the free-form JSON of the application, at most 4 KB
         * @return this
         */
        public Builder attributes(Attributes value) {
            this.attributes = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the role, {@code RL…}, on a backend; null for the default of the service
         * @return this
         */
        public Builder roleSid(@Nullable String value) {
            this.roleSid = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new NewParticipant
         */
        public NewParticipant build() {
            return new NewParticipant(identity, messagingBinding, attributes, roleSid);
        }
    }
}
