package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of one conversation as it is stored. Immutable.
 *
 * @param sid {@code WH…}
 * @param conversationSid the conversation
 * @param target what it calls
 * @param url where it calls; null for a flow
 * @param method {@code GET} or {@code POST}
 * @param filters the names of the events it wants
 * @param triggers the words that a message must have to be told
 * @param flowSid the flow, {@code FW…}; null unless it is one
 * @param replayAfter the index after which messages that were there are told too; null for none
 * @param dateCreated when it was made
 * @param dateUpdated when it was last changed
 */
public record ScopedWebhook(
        String sid,
        String conversationSid,
        Target target,
        @Nullable String url,
        String method,
        List<String> filters,
        List<String> triggers,
        @Nullable String flowSid,
        @Nullable Long replayAfter,
        Instant dateCreated,
        Instant dateUpdated) {

    /** What a webhook of a conversation calls. */
    public enum Target {
        /** A URL, for the events it names. */
        WEBHOOK,
        /** A URL, for messages with one of its words. */
        TRIGGER,
        /** A flow of Twilio Studio; stored only. */
        STUDIO
    }

    /** Copies the lists. */
    public ScopedWebhook {
        filters = List.copyOf(filters);
        triggers = List.copyOf(triggers);
    }
}
