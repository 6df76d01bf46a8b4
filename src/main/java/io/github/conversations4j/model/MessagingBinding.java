package io.github.conversations4j.model;

import org.jspecify.annotations.Nullable;

/**
 * How a participant who is no chat user is reached: their address and the number they talk to. Immutable.
 *
 * @param type {@code sms}, {@code whatsapp}, {@code email} …, in lower case; null if the source did not say
 * @param address where the participant is reached, for example {@code +15550001}; null if there is none
 * @param proxyAddress the Twilio address the participant talks to; null if there is none
 * @param projectedAddress the address a chat user appears with in a group MMS; null if there is none
 */
public record MessagingBinding(
        @Nullable String type,
        @Nullable String address,
        @Nullable String proxyAddress,
        @Nullable String projectedAddress) {

    /**
     * Starts a builder with what is never absent.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link MessagingBinding}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private @Nullable String type;
        private @Nullable String address;
        private @Nullable String proxyAddress;
        private @Nullable String projectedAddress;

        private Builder() {}

        /**
         * Sets the component of the same name.
         *
         * @param value {@code sms}, {@code whatsapp}, {@code email} …, in lower case; null if the source did not say
         * @return this
         */
        public Builder type(@Nullable String value) {
            this.type = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value where the participant is reached, for example {@code +15550001}; null if there is none
         * @return this
         */
        public Builder address(@Nullable String value) {
            this.address = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the Twilio address the participant talks to; null if there is none
         * @return this
         */
        public Builder proxyAddress(@Nullable String value) {
            this.proxyAddress = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the address a chat user appears with in a group MMS; null if there is none
         * @return this
         */
        public Builder projectedAddress(@Nullable String value) {
            this.projectedAddress = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new MessagingBinding
         */
        public MessagingBinding build() {
            return new MessagingBinding(type, address, proxyAddress, projectedAddress);
        }
    }
}
