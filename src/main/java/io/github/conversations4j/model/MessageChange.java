package io.github.conversations4j.model;

import org.jspecify.annotations.Nullable;

/**
 * What is to change on a message; what is null stays. Immutable.
 *
 * @param body the new text
 * @param author the new author
 * @param attributes the new attributes, all of them
 * @param subject the new subject
 */
public record MessageChange(
        @Nullable String body,
        @Nullable String author,
        @Nullable Attributes attributes,
        @Nullable String subject) {

    /**
     * Starts a builder with what is never absent.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link MessageChange}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private @Nullable String body;
        private @Nullable String author;
        private @Nullable Attributes attributes;
        private @Nullable String subject;

        private Builder() {}

        /**
         * Sets the component of the same name.
         *
         * @param value the new text
         * @return this
         */
        public Builder body(@Nullable String value) {
            this.body = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the new author
         * @return this
         */
        public Builder author(@Nullable String value) {
            this.author = value;
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
         * @param value the new subject
         * @return this
         */
        public Builder subject(@Nullable String value) {
            this.subject = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new MessageChange
         */
        public MessageChange build() {
            return new MessageChange(body, author, attributes, subject);
        }
    }
}
