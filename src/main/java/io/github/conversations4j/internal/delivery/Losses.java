package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What was lost of one conversation. Of the same small size whatever it was: it knows only of which kinds, and of messages
 * that changed or were removed the lowest index, since comparisons do not go back further than they have to. Guarded by
 * the {@link Reconciliation}.
 */
final class Losses {
    /** A bit for each ordinal. */
    private long kinds;

    private int lowestUpdated = Integer.MAX_VALUE;
    private int lowestRemoved = Integer.MAX_VALUE;

    /** When the first of those messages was lost. */
    private Instant since = Instant.MAX;

    void add(ConversationsEvent event, Instant now) {
        kinds |= 1L << event.type().ordinal();
        if (event instanceof MessageUpdated updated) {
            lowestUpdated = Math.min(lowestUpdated, updated.message().index());
            since = now.isBefore(since) ? now : since;
        } else if (event instanceof MessageRemoved removed) {
            lowestRemoved = Math.min(lowestRemoved, removed.message().index());
            since = now.isBefore(since) ? now : since;
        }
    }

    /**
     * What a comparison did not bring back.
     *
     * @param recovered the kinds that it brings back
     * @param reach how far it does so for messages that changed or were removed
     */
    Set<EventType<?>> missed(Set<EventType<?>> recovered, Reach reach) {
        Set<EventType<?>> missed = new LinkedHashSet<>();
        for (EventType<?> type : EventType.all()) {
            if ((kinds & 1L << type.ordinal()) != 0 && !(recovered.contains(type) && isWithin(reach, type))) {
                missed.add(type);
            }
        }
        return missed;
    }

    private boolean isWithin(Reach reach, EventType<?> type) {
        if (type == EventType.MESSAGE_UPDATED) {
            return reach.includes(lowestUpdated, since);
        }
        return type != EventType.MESSAGE_REMOVED || reach.includes(lowestRemoved, since);
    }
}
