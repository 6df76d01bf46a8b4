package io.github.conversations4j.internal.rest;

import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a request may be sent again. Immutable; each {@link #next} gives the wait and the policy that follows.
 *
 * @param repeats how many more times, 0 for never
 * @param patience the longest wait that a server may ask for; if it asks for more, it is not asked again
 * @param backoff how long to wait if the server does not say
 */
record RetryPolicy(int repeats, Duration patience, Backoff backoff) {

    /**
     * A decision to send again.
     *
     * @param delay how long to wait before it
     * @param then the policy if that fails too
     */
    record Step(Duration delay, RetryPolicy then) {}

    /**
     * Decides about the next try.
     *
     * @param random the source of jitter
     * @param retryAfter how long the server wants to be left alone; null if it did not say. Never undercut, and
     *     lengthened by the jitter's part so that callers who were refused together do not come back together
     * @return what to do; empty to give up
     */
    Optional<Step> next(RandomGenerator random, @Nullable Duration retryAfter) {
        if (repeats == 0 || retryAfter != null && retryAfter.compareTo(patience) > 0) {
            return Optional.empty();
        }
        Backoff.Step step = backoff.next(random);
        Duration delay =
                retryAfter == null ? step.delay() : retryAfter.plus(step.delay().dividedBy(4));
        return Optional.of(new Step(delay, new RetryPolicy(repeats - 1, patience, step.then())));
    }
}
