package io.github.conversations4j.internal.poll;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.Sink.Offer;
import io.github.conversations4j.source.SourceKind;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers events to the sink. Thread-safe.
 *
 * @param sink where events go
 * @param clock what time it is
 * @param recovered whether all that is told is what another source has missed
 */
record Teller(Sink sink, InstantSource clock, boolean recovered) {
    static final String SOURCE = SourceKind.POLL.sourceName();

    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    /** What is known about an event that was found now; the time is null if nobody says when it happened. */
    EventMeta meta(String id, @Nullable Instant time) {
        return new EventMeta(id, time == null ? clock.instant() : time, SOURCE, recovered, false, null, null);
    }

    /** What is known about an event that tells what was there before. */
    EventMeta initial(String id, @Nullable Instant time) {
        return new EventMeta(id, time == null ? clock.instant() : time, SOURCE, recovered, true, null, null);
    }

    /**
     * Offers an event. When this returns the event need never be offered again.
     *
     * @return whether it was new
     * @throws NoRoomException if it has to be offered again later
     * @throws StoppedException if there is nobody left to take it
     */
    boolean tell(ConversationsEvent event) {
        Offer offer;
        try {
            offer = sink.offer(event);
        } catch (RuntimeException e) {
            LOG.error("lost a {} event: the sink failed", event.type(), e);
            if (event instanceof ConversationScoped scoped) {
                sink.markIncomplete(scoped.conversationSid());
            }
            return true;
        }
        return switch (offer) {
            case ACCEPTED -> true;
            case DUPLICATE -> false;
            case REFUSED -> throw new NoRoomException();
            case CLOSED -> throw new StoppedException();
        };
    }
}
