package io.github.conversations4j.internal.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: exponential, with jitter and an upper limit. Immutable; each {@link #next} gives
 * the delay and the strategy that follows, so starting over is going back to the value one began with.
 *
 * @param base the delay of this step before jitter, more than zero
 * @param max the largest delay, before and after jitter, at least {@code base}
 * @param jitter how far a delay may lie off its base, as a fraction of it, from 0 (exact) to less than 1
 */
public record Backoff(Duration base, Duration max, double jitter) {
    /** Checks that the three fit together. */
    public Backoff {
        if (base.isNegative() || base.isZero()) {
            throw new IllegalArgumentException("base must be more than zero, was " + base);
        }
        if (max.compareTo(base) < 0) {
            throw new IllegalArgumentException("max (" + max + ") must not be less than base (" + base + ")");
        }
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to less than 1, was " + jitter);
        }
    }

    /**
     * A wait and what comes after it.
     *
     * @param delay how long to wait now
     * @param then the strategy for the try after that one
     */
    public record Step(Duration delay, Backoff then) {}

    /**
     * Decides the next wait.
     *
     * @param random the source of jitter
     * @return the wait, and the strategy with twice the base for the time after it
     */
    public Step next(RandomGenerator random) {
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        Duration delay = Duration.ofNanos(Math.max(1, (long) (saturatedNanos(base) * factor)));
        boolean atLimit = base.compareTo(max.dividedBy(2)) > 0;
        return new Step(smaller(delay, max), new Backoff(atLimit ? max : base.multipliedBy(2), max, jitter));
    }

    private static Duration smaller(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static long saturatedNanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }
}
