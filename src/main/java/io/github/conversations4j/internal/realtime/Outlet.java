package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.internal.realtime.session.SessionContext;
import io.github.conversations4j.internal.realtime.session.Timers;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.Sink.Offer;
import io.github.conversations4j.source.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from the realtime source to its sink. Confined to the session's lock.
 *
 * <p>An event of a Sync object that the sink refuses is left to Twilio's log and comes again; {@link #offer} says so. What
 * no log holds, such as the end of typing or a change of the connection, waits here.
 */
final class Outlet {
    /** The name of this source in events. */
    static final String SOURCE = SourceKind.REALTIME.sourceName();

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MAX_WAITING = 10_000;

    private final Sink sink;
    private final SessionContext context;
    private final Timers timers;
    private final Deque<ConversationsEvent> waiting = new ArrayDeque<>();

    Outlet(Sink sink, SessionContext context) {
        this.sink = sink;
        this.context = context;
        this.timers = new Timers(context);
    }

    /** Whether the event was taken, or there is nobody left to take it. */
    boolean offer(ConversationsEvent event) {
        try {
            return sink.offer(event) != Offer.REFUSED;
        } catch (RuntimeException e) {
            LOG.error("lost a {} event: the sink failed", event.type(), e);
            if (event instanceof ConversationScoped scoped) {
                markIncomplete(scoped.conversationSid());
            }
            return true;
        }
    }

    /** Offers an event until it is taken; true, as for one that is taken at once. */
    boolean offerSurely(ConversationsEvent event) {
        if (waiting.isEmpty() && offer(event)) {
            return true;
        }
        if (waiting.size() >= MAX_WAITING) {
            LOG.error("lost a {} event: hooks have had no room for it for too long", event.type());
            return true;
        }
        waiting.add(event);
        if (waiting.size() == 1) {
            timers.later(PAUSE, this::offerWaiting);
        }
        return true;
    }

    private void offerWaiting() {
        offerWhileTaken();
        if (!waiting.isEmpty()) {
            timers.later(PAUSE, this::offerWaiting);
        }
    }

    void markIncomplete(String conversationSid) {
        sink.markIncomplete(conversationSid);
    }

    /** What is known about an event. */
    EventMeta meta(String id, @Nullable Instant time, boolean recovered) {
        return new EventMeta(id, time == null ? context.now() : time, SOURCE, recovered, false, null, null);
    }

    /** What is known about an event that tells what was there before. */
    EventMeta initial(String id) {
        return new EventMeta(id, context.now(), SOURCE, false, true, null, null);
    }

    void stop() {
        timers.stop();
        offerWhileTaken();
        waiting.clear();
    }

    private void offerWhileTaken() {
        while (!waiting.isEmpty() && offer(waiting.peek())) {
            waiting.remove();
        }
    }
}
