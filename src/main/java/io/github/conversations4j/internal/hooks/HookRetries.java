package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.DeadLetterHook;
import io.github.conversations4j.Scheduler;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an event when a hook throws. Immutable.
 *
 * @param times how often the hook is called again at most
 * @param within how long its lane may be held up by that
 * @param deadLetters is given what it failed on for good; null for nobody
 * @param surroundings when it is called again
 */
public record HookRetries(
        int times, Duration within, @Nullable DeadLetterHook deadLetters, Surroundings surroundings) {
    /** The pauses between calls. */
    static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), 0.2);

    /**
     * What the client lends to it.
     *
     * @param clock what time it is
     * @param scheduler waits
     * @param random the chance in jitter
     */
    public record Surroundings(InstantSource clock, Scheduler scheduler, RandomGenerator random) {}
}
