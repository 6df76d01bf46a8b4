package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageUpdated;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One message that waits, and what happened to it. Guarded by whoever keeps its sequence. */
final class Held {
    private static final int EVENT = 200;

    final Instant since;
    final Deque<ConversationsEvent> followers = new ArrayDeque<>(0);

    /** The message as it came; null if it did not. */
    @Nullable
    MessageAdded added;

    /** The message as it was read; null if it was not. */
    @Nullable
    MessageAdded found;

    /** Whether the message has gone on, though not all that happened to it. */
    boolean passed;

    Held(Instant since) {
        this.since = since;
    }

    boolean has(ConversationsEvent event) {
        return event instanceof MessageAdded ? added != null || passed : followers.contains(event);
    }

    void add(ConversationsEvent event) {
        if (event instanceof MessageAdded message) {
            added = message;
        } else {
            followers.add(event);
        }
    }

    @Nullable
    MessageAdded takeAdded() {
        MessageAdded taken = added;
        added = null;
        found = null;
        return taken;
    }

    boolean isEmpty() {
        return added == null && followers.isEmpty() && !passed;
    }

    static int weight(ConversationsEvent event) {
        if (event instanceof MessageAdded added) {
            return Kind.MESSAGE.weight().applyAsInt(added.message());
        }
        return event instanceof MessageUpdated updated ? Kind.MESSAGE.weight().applyAsInt(updated.message()) : EVENT;
    }
}
