package io.github.conversations4j.model;

import org.jspecify.annotations.Nullable;

/**
 * A file that belongs to a message.
 *
 * <p>Twilio keeps the bytes in its Media Content Service; see
 * <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>. Immutable.
 *
 * @param sid the media SID, {@code ME…}
 * @param filename the name it was uploaded with, or null if it has none
 * @param contentType the MIME type, or null if the source did not say
 * @param size the size in bytes, or null if the source did not say
 * @param category {@code media}, or {@code body} and {@code history} for e-mail; null if the source did not say
 */
public record Media(
        String sid,
        @Nullable String filename,
        @Nullable String contentType,
        @Nullable Long size,
        @Nullable String category) {

    /**
     * Starts a builder with what is never absent.
     *
     * @param sid the media SID, {@code ME…}
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
        copy.filename = filename;
        copy.contentType = contentType;
        copy.size = size;
        copy.category = category;
        return copy;
    }

    /** Builds a {@link Media}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private final String sid;
        private @Nullable String filename;
        private @Nullable String contentType;
        private @Nullable Long size;
        private @Nullable String category;

        private Builder(String sid) {
            this.sid = sid;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the name it was uploaded with, or null if it has none
         * @return this
         */
        public Builder filename(@Nullable String value) {
            this.filename = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the MIME type, or null if the source did not say
         * @return this
         */
        public Builder contentType(@Nullable String value) {
            this.contentType = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the size in bytes, or null if the source did not say
         * @return this
         */
        public Builder size(@Nullable Long value) {
            this.size = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value {@code media}, or {@code body} and {@code history} for e-mail; null if the source did not say
         * @return this
         */
        public Builder category(@Nullable String value) {
            this.category = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new Media
         */
        public Media build() {
            return new Media(sid, filename, contentType, size, category);
        }
    }
}
