package io.github.conversations4j.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be sent. Immutable.
 *
 * <p>Limits of Twilio: body 32 KB in chat and 1600 characters towards SMS and WhatsApp, attributes 4 KB, of which the id that
 * the library adds takes 64 bytes, subject 256
 * characters; a content template replaces body and media.
 *
 * @param body the text; null for none
 * @param attributes the free-form JSON of the application
 * @param author who it is from, on a backend; null for the default ({@code system}, or the identity that acts)
 * @param mediaSids files that were uploaded before, {@code ME…}; REST takes at most one
 * @param contentSid a content template, {@code HX…}; null for none
 * @param contentVariables the values of the template's variables
 * @param subject the subject of an e-mail; null for none
 */
public record NewMessage(
        @Nullable String body,
        Attributes attributes,
        @Nullable String author,
        List<String> mediaSids,
        @Nullable String contentSid,
        Map<String, String> contentVariables,
        @Nullable String subject) {
    /** Checks and copies what was given. */
    public NewMessage {
        Objects.requireNonNull(attributes, "attributes: must not be null");
        Objects.requireNonNull(mediaSids, "media SIDs: must not be null");
        mediaSids.forEach(sid -> Objects.requireNonNull(sid, "media SIDs: must hold no null"));
        mediaSids = List.copyOf(mediaSids);
        contentVariables = Map.copyOf(Objects.requireNonNull(contentVariables, "content variables: must not be null"));
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
     * A message that is only text.
     *
     * @param body the text
     * @return the message
     */
    public static NewMessage text(String body) {
        return builder().body(body).build();
    }

    /**
     * A builder that holds the values of this record.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder copy = new Builder();
        copy.body = body;
        copy.attributes = attributes;
        copy.author = author;
        copy.mediaSids = mediaSids;
        copy.contentSid = contentSid;
        copy.contentVariables = contentVariables;
        copy.subject = subject;
        return copy;
    }

    /**
     * The same message with other attributes.
     *
     * @param other the attributes
     * @return the message
     */
    public NewMessage withAttributes(Attributes other) {
        return toBuilder().attributes(other).build();
    }

    /**
     * The same message from somebody else.
     *
     * @param other who it is from; null for the default
     * @return the message
     */
    public NewMessage withAuthor(@Nullable String other) {
        return toBuilder().author(other).build();
    }

    /** Builds a {@link NewMessage}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private @Nullable String body;
        private Attributes attributes = Attributes.EMPTY;
        private @Nullable String author;
        private List<String> mediaSids = List.of();
        private @Nullable String contentSid;
        private Map<String, String> contentVariables = Map.of();
        private @Nullable String subject;

        private Builder() {}

        /**
         * Sets the component of the same name.
         *
         * @param value the text; null for none
         * @return this
         */
        public Builder body(@Nullable String value) {
            this.body = value;
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
         * @param value who it is from, on a backend; null for the default ({@code system}, or the identity that acts)
         * @return this
         */
        public Builder author(@Nullable String value) {
            this.author = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value files that were uploaded before, {@code ME…}; REST takes at most one
         * @return this
         */
        public Builder mediaSids(List<String> value) {
            this.mediaSids = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value a content template, {@code HX…}; null for none
         * @return this
         */
        public Builder contentSid(@Nullable String value) {
            this.contentSid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the values of the template's variables
         * @return this
         */
        public Builder contentVariables(Map<String, String> value) {
            this.contentVariables = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the subject of an e-mail; null for none
         * @return this
         */
        public Builder subject(@Nullable String value) {
            this.subject = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new NewMessage
         */
        public NewMessage build() {
            return new NewMessage(body, attributes, author, mediaSids, contentSid, contentVariables, subject);
        }
    }
}
