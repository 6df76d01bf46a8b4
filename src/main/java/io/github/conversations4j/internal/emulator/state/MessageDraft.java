package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a message to be. Each method sets the field of its name; what is not set, or set to null, is left
 * as it is, and an empty text clears. Confined to one thread until it is given away, not changed after that.
 */
public final class MessageDraft {
    @Nullable
    String author;

    @Nullable
    String body;

    @Nullable
    String subject;

    @Nullable
    String attributes;

    List<String> mediaSids = List.of();

    @Nullable
    String contentSid;

    @Nullable
    String contentVariables;

    @Nullable
    Instant dateCreated;

    @Nullable
    Instant dateUpdated;

    /** Makes a draft without any field. */
    public MessageDraft() {}

    /**
     * A message with a text and nothing else.
     *
     * @param body the text
     * @return a draft
     */
    public static MessageDraft text(String body) {
        return new MessageDraft().body(body);
    }

    public MessageDraft author(@Nullable String value) {
        author = value;
        return this;
    }

    public MessageDraft body(@Nullable String value) {
        body = value;
        return this;
    }

    public MessageDraft subject(@Nullable String value) {
        subject = value;
        return this;
    }

    public MessageDraft attributes(@Nullable String value) {
        attributes = value;
        return this;
    }

    public MessageDraft mediaSids(List<String> value) {
        mediaSids = List.copyOf(value);
        return this;
    }

    public MessageDraft contentSid(@Nullable String value) {
        contentSid = value;
        return this;
    }

    public MessageDraft contentVariables(@Nullable String value) {
        contentVariables = value;
        return this;
    }

    public MessageDraft dateCreated(@Nullable Instant value) {
        dateCreated = value;
        return this;
    }

    public MessageDraft dateUpdated(@Nullable Instant value) {
        dateUpdated = value;
        return this;
    }
}
