package io.github.conversations4j.internal.poll;

import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.internal.threads.Announcements;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of a poller fare, and what follows from it. Thread-safe; nobody is told anything under its lock.
 *
 * <p>States, with the names of the connection: <em>connecting</em> from the start until the first pass is complete, and
 * while calls fail; <em>connected</em> while they succeed; <em>denied</em> while the credentials are refused. In the last
 * two of trouble everything pauses, longer each time, and is then tried again; so it does when Twilio asks for fewer
 * calls, which is no change of state, but makes every period longer for a while if Twilio soon does so again or wants a
 * long pause. A failure of one conversation only
 * is told and changes nothing else. Nothing is lost in any state, it is only noticed later.
 */
final class Health {
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2);
    private static final double MOST_SLOWDOWN = 16;
    /** What a call that succeeds leaves of a slowdown. */
    private static final double RECOVERY = 0.97;
    /** So many calls that succeed in a row show that the pause was enough, and that it need not go slower. */
    private static final int ENOUGH = 5;
    /** Who is to wait longer than this before the next call asks for far too much. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final InstantSource steady;
    private final RandomGenerator random;
    private final Consumer<Duration> pause;
    private final Announcements<ConversationsEvent> news;

    // Guarded by this.
    private Backoff pauses = PAUSES;
    private Instant pausedUntil = Instant.MIN;
    private double slowdown = 1;
    private int sinceTooMany;
    private @Nullable ConnectionState state;
    private boolean started;
    private int told;

    /**
     * Nothing was called yet.
     *
     * @param pause stops all calls for a while
     * @param tell takes connection events
     */
    Health(InstantSource clock, RandomGenerator random, Consumer<Duration> pause, Consumer<ConversationsEvent> tell) {
        this.clock = clock;
        this.steady = new SteadyTime(clock);
        this.random = random;
        this.pause = pause;
        this.news = new Announcements<>(tell);
    }

    /** The first pass is complete. */
    void started() {
        synchronized (this) {
            started = true;
        }
        moveTo(ConnectionState.CONNECTED);
    }

    void succeeded() {
        synchronized (this) {
            if (steady.instant().isBefore(pausedUntil)) {
                // It was under way when others failed.
                return;
            }
            slowdown = Math.max(1, slowdown * RECOVERY);
            sinceTooMany++;
            pauses = PAUSES;
            if (started) {
                move(ConnectionState.CONNECTED);
            }
        }
        news.tell();
    }

    void failed(Throwable cause) {
        if (cause instanceof RateLimitedException limited) {
            stop(cause, limited.retryAfter().orElse(Duration.ZERO), true);
        } else if (cause instanceof AccessDeniedException) {
            stop(cause, Duration.ZERO, false);
            moveTo(ConnectionState.DENIED);
        } else if (cause instanceof ConnectionFailedException
                || cause instanceof CallTimeoutException
                || cause instanceof TwilioApiException api && api.status() >= 500) {
            stop(cause, Duration.ZERO, false);
            moveTo(ConnectionState.CONNECTING);
        } else {
            news.add(new ConnectionError(nextMeta(), false, cause));
            news.tell();
        }
    }

    /** Several calls that were under way fail for one reason, which counts and is told once. */
    private void stop(Throwable cause, Duration atLeast, boolean tooMany) {
        Duration length;
        synchronized (this) {
            Instant now = steady.instant();
            if (now.isBefore(pausedUntil)) {
                return;
            }
            Backoff.Step step = pauses.next(random);
            pauses = step.then();
            length = atLeast.plus(step.delay());
            pausedUntil = now.plus(length);
            if (tooMany) {
                boolean slower = sinceTooMany < ENOUGH || atLeast.compareTo(LONG) > 0;
                slowdown = slower ? Math.min(MOST_SLOWDOWN, slowdown * 2) : slowdown;
                sinceTooMany = 0;
            }
            news.add(new ConnectionError(nextMeta(), false, cause));
        }
        pause.accept(length);
        news.tell();
    }

    void moveTo(ConnectionState next) {
        move(next);
        news.tell();
    }

    private synchronized void move(ConnectionState next) {
        boolean over = state == ConnectionState.DISCONNECTED
                || state == ConnectionState.DISCONNECTING && next != ConnectionState.DISCONNECTED;
        if (state != next && !over) {
            state = next;
            news.add(new ConnectionStateChanged(nextMeta(), next));
        }
    }

    /** By how much every period is longer than planned. */
    synchronized double slowdown() {
        return slowdown;
    }

    private synchronized EventMeta nextMeta() {
        return EventMeta.live(Teller.SOURCE + "-connection-" + ++told, clock.instant(), Teller.SOURCE);
    }
}
