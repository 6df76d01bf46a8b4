package io.github.conversations4j.internal.realtime.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next connection. Starts over once a connection has lasted longer than the wait before it, so
 * that a server that takes connections and drops them at once is not run down. Confined to the session's
 * {@link Exclusive}.
 */
final class Reconnects {
    private final Backoff first;
    private final RandomGenerator random;
    private Backoff next;
    private Duration lastWait = Duration.ZERO;
    private @Nullable Instant connectedAt;

    Reconnects(Backoff first, RandomGenerator random) {
        this.first = first;
        this.random = random;
        this.next = first;
    }

    void connected(Instant now) {
        connectedAt = now;
    }

    /**
     * Decides the wait.
     *
     * @param atLeast what the server asked for, zero for nothing
     */
    Duration wait(Instant now, Duration atLeast) {
        if (connectedAt != null && Duration.between(connectedAt, now).compareTo(lastWait) > 0) {
            next = first;
        }
        connectedAt = null;
        Backoff.Step step = next.next(random);
        next = step.then();
        // Many clients are sent away with the same number, so the jitter goes on top of it.
        lastWait = atLeast.isZero() ? step.delay() : atLeast.plus(step.delay().dividedBy(4));
        return lastWait;
    }

    /** The wait after a connection that ended for a good reason: none, if it had lasted. */
    Duration soon(Instant now) {
        boolean lasted =
                connectedAt != null && Duration.between(connectedAt, now).compareTo(first.base()) > 0;
        Duration wait = wait(now, Duration.ZERO);
        if (lasted) {
            next = first;
            lastWait = Duration.ZERO;
        }
        return lasted ? Duration.ZERO : wait;
    }

    /** What {@code {"backoff_policy":{"reconnect_min_ms":N}}} asks for; an hour at most. */
    static Duration asked(JsonNode payload) {
        long millis = payload.path("backoff_policy").path("reconnect_min_ms").asLong(0);
        return Duration.ofMillis(
                Math.max(0, Math.min(millis, Duration.ofHours(1).toMillis())));
    }
}
