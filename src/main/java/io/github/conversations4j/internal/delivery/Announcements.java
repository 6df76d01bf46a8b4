package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.EventsMissed;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the client itself tells its hooks of its deliveries: what was missed, and that it cannot ask or save. Thread-safe;
 * nothing is told under a lock.
 */
final class Announcements {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final InstantSource clock;
    private final Consumer<ConversationsEvent> tell;

    // Guarded by this.
    private int told;
    private boolean failing;
    private boolean closed;

    /**
     * Nothing was told.
     *
     * @param tell takes {@link EventsMissed} and {@link ConnectionError}
     */
    Announcements(InstantSource clock, Consumer<ConversationsEvent> tell) {
        this.clock = clock;
        this.tell = tell;
    }

    /** Events of a conversation were missed for good. */
    void missed(String conversationSid, Set<EventType<?>> types) {
        tell.accept(new EventsMissed(meta("missed"), conversationSid, types, null, null));
    }

    /** There are no messages at some indexes of a conversation. */
    void missed(String conversationSid, int from, int to) {
        tell.accept(new EventsMissed(meta("missed"), conversationSid, Set.of(EventType.MESSAGE_ADDED), from, to));
    }

    /** The cursors could not be saved; terminal if nothing is delivered any more because of that. */
    void cursorsFailed(Throwable cause, boolean terminal) {
        tell.accept(new ConnectionError(meta("cursors"), terminal, cause));
    }

    /** Twilio has answered. */
    synchronized void answered() {
        failing = false;
    }

    /** Twilio could not be asked about a conversation, and will be asked again; told once until it answers. */
    void failed(String conversationSid, Throwable failure) {
        boolean isFirst;
        synchronized (this) {
            isFirst = !failing && !closed;
            failing = true;
        }
        if (isFirst) {
            LOG.warn("Twilio could not be asked about {}, it will be tried again", conversationSid, failure);
            tell.accept(new ConnectionError(meta("reconciliation"), false, failure));
        } else {
            LOG.debug("Twilio could not be asked about {} either: {}", conversationSid, failure.toString());
        }
    }

    private EventMeta meta(String what) {
        int number;
        synchronized (this) {
            number = ++told;
        }
        return EventMeta.live(what + '-' + number, clock.instant(), EventMeta.CLIENT);
    }

    /** Nobody is asked any more, so that no failure matters. */
    synchronized void close() {
        closed = true;
    }
}
