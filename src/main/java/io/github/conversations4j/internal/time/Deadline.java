package io.github.conversations4j.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** One time limit for several waits in a row. Immutable. */
public final class Deadline {
    private final InstantSource clock;
    private final Duration limit;
    private final Instant start;

    /**
     * Begins now.
     *
     * @param clock what time it is
     * @param limit how long all the waits may take together
     */
    public Deadline(InstantSource clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
        this.start = clock.instant();
    }

    /**
     * What is left of the limit.
     *
     * @return not negative, and not more than the limit even if the clock was set back
     */
    public Duration left() {
        Duration passed = Duration.between(start, clock.instant());
        if (passed.isNegative()) {
            return limit;
        }
        return passed.compareTo(limit) < 0 ? limit.minus(passed) : Duration.ZERO;
    }

    /**
     * When a time is over that may be for ever.
     *
     * @param start its beginning
     * @param length how long it is
     * @return its end, or the last moment that there is
     */
    public static Instant end(Instant start, Duration length) {
        boolean fits = length.compareTo(Duration.between(start, Instant.MAX)) < 0;
        return fits ? start.plus(length) : Instant.MAX;
    }

    /**
     * What is left of the limit.
     *
     * @return the same in nanoseconds, or the most that fits
     */
    public long nanosLeft() {
        return TimeUnit.NANOSECONDS.convert(left());
    }
}
