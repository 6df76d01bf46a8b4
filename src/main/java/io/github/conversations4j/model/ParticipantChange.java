package io.github.conversations4j.model;

import org.jspecify.annotations.Nullable;

/**
 * What is to change on a participant; what is null stays. Immutable.
 *
 * @param attributes the new attributes, all of them
 * @param roleSid the new role, {@code RL…}, on a backend
 * @param proxyAddress the new proxy address, on a backend; empty to remove it
 * @param projectedAddress the new projected address, on a backend; empty to remove it
 */
public record ParticipantChange(
        @Nullable Attributes attributes,
        @Nullable String roleSid,
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

    /** Builds a {@link ParticipantChange}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private @Nullable Attributes attributes;
        private @Nullable String roleSid;
        private @Nullable String proxyAddress;
        private @Nullable String projectedAddress;

        private Builder() {}

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
         * @param value the new role, {@code RL…}, on a backend
         * @return this
         */
        public Builder roleSid(@Nullable String value) {
            this.roleSid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the new proxy address, on a backend; empty to remove it
         * @return this
         */
        public Builder proxyAddress(@Nullable String value) {
            this.proxyAddress = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the new projected address, on a backend; empty to remove it
         * @return this
         */
        public Builder projectedAddress(@Nullable String value) {
            this.projectedAddress = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new ParticipantChange
         */
        public ParticipantChange build() {
            return new ParticipantChange(attributes, roleSid, proxyAddress, projectedAddress);
        }
    }
}
