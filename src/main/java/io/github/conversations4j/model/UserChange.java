package io.github.conversations4j.model;

import org.jspecify.annotations.Nullable;

/**
 * What is to change on a user; what is null stays. Immutable.
 *
 * @param friendlyName the new name to show
 * @param attributes the new attributes, all of them
 * @param roleSid the new service role, {@code RL…}, on a backend
 */
public record UserChange(
        @Nullable String friendlyName,
        @Nullable Attributes attributes,
        @Nullable String roleSid) {

    /**
     * Starts a builder with what is never absent.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link UserChange}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private @Nullable String friendlyName;
        private @Nullable Attributes attributes;
        private @Nullable String roleSid;

        private Builder() {}

        /**
         * Sets the component of the same name.
         *
         * @param value the new name to show
         * @return this
         */
        public Builder friendlyName(@Nullable String value) {
            this.friendlyName = value;
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
         * @param value the new service role, {@code RL…}, on a backend
         * @return this
         */
        public Builder roleSid(@Nullable String value) {
            this.roleSid = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new UserChange
         */
        public UserChange build() {
            return new UserChange(friendlyName, attributes, roleSid);
        }
    }
}
