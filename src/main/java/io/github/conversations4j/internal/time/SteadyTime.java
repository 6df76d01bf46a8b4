package io.github.conversations4j.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time for measuring how long something takes or waits: it goes as a clock does, but never back. When the clock is set
 * back, it goes on from where it was; otherwise limits that are compared with it would be off for as long as that. What it
 * tells must be compared with what it has told, and never with a date that somebody else gave. Thread-safe.
 */
public final class SteadyTime implements InstantSource {
    private final InstantSource clock;

    // Guarded by this.
    private Instant last = Instant.MIN;
    private Duration ahead = Duration.ZERO;

    /**
     * Time that goes as a clock does.
     *
     * @param clock the clock, which may be set at any time
     */
    public SteadyTime(InstantSource clock) {
        this.clock = clock;
    }

    /** The clock is read under the lock, so that no thread takes the reading of another one for a step back. */
    @Override
    public synchronized Instant instant() {
        Instant now = clock.instant().plus(ahead);
        if (now.isBefore(last)) {
            ahead = ahead.plus(Duration.between(now, last));
            return last;
        }
        last = now;
        return now;
    }
}
