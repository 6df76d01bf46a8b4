package io.github.conversations4j.internal.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The room for events that wait for others, in number and in characters, and the time. Thread-safe. */
final class Holding {
    private static final long MOST_CHARACTERS = 16_000_000;

    private final OrderLimits limits;
    private final InstantSource clock;
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicLong characters = new AtomicLong();

    Holding(OrderLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Takes room for one event.
     *
     * @param already how many events of its conversation wait
     * @return whether there was any
     */
    boolean take(int weight, int already) {
        boolean room = events.incrementAndGet() <= limits.held() && already < limits.heldPerConversation();
        room &= characters.addAndGet(weight) <= MOST_CHARACTERS;
        if (!room) {
            giveBack(weight);
        }
        return room;
    }

    void giveBack(int weight) {
        events.decrementAndGet();
        characters.addAndGet(-weight);
    }

    /** How many events wait. */
    int size() {
        return events.get();
    }
}
