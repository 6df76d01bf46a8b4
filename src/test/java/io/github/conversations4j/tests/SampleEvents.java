package io.github.conversations4j.tests;

import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.InitFailed;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.TypingStarted;
import io.github.conversations4j.event.Unknown;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import java.time.Instant;
import java.util.Map;

/** Events for tests to which their content does not matter. */
public final class SampleEvents {
    /** When all of them happened. */
    public static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private SampleEvents() {}

    /** The SID of a conversation by a number. */
    public static String conversation(int number) {
        return sid("CH", number);
    }

    /** The SID of anything by a number. */
    public static String sid(String prefix, long number) {
        return prefix + "%032x".formatted(number);
    }

    public static EventMeta meta(String id) {
        return EventMeta.live(id, TIME, "sample");
    }

    /** A message: index and conversation tell messages apart. */
    public static Message message(int conversation, int index) {
        return Message.builder(sid("IM", conversation * 1_000_000L + index), conversation(conversation), index)
                .author("alice")
                .body("message " + index)
                .dateCreated(TIME)
                .build();
    }

    public static MessageAdded messageAdded(int conversation, int index) {
        Message message = message(conversation, index);
        return new MessageAdded(meta("added-" + message.sid()), message);
    }

    public static TypingStarted typingStarted(int conversation) {
        return new TypingStarted(
                meta("typing"),
                Participant.builder(sid("MB", 1), conversation(conversation))
                        .identity("bob")
                        .build());
    }

    public static Initialized initialized() {
        return new Initialized(meta("initialized"), null);
    }

    public static InitFailed initFailed() {
        return new InitFailed(meta("initFailed"), new IllegalStateException("no luck"));
    }

    public static Unknown unknown(String name) {
        return new Unknown(meta(name), name, Map.of());
    }
}
