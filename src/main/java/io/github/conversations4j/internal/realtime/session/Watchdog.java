package io.github.conversations4j.internal.realtime.session;

import io.github.conversations4j.Scheduler;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a connection has gone silent. After a limit without any packet it asks for a sign of life, after half as
 * long again without one it barks. Asking first matters because nobody has promised that the server speaks by itself.
 * Confined to the session's {@link Exclusive}; off until it is started.
 */
final class Watchdog {
    private final Duration limit;
    private final SessionContext context;
    private final Runnable ask;
    private final Runnable bark;

    private Scheduler.@Nullable Cancellable timer;
    private Instant lastHeard = Instant.MIN;
    private boolean asked;

    Watchdog(Duration limit, SessionContext context, Runnable ask, Runnable bark) {
        this.limit = limit;
        this.context = context;
        this.ask = ask;
        this.bark = bark;
    }

    void start() {
        stop();
        heard();
        wakeIn(limit);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    void heard() {
        lastHeard = context.steadyNow();
        asked = false;
    }

    private void wakeIn(Duration delay) {
        timer = context.later(delay, this::wake);
    }

    private void wake() {
        Duration silence = Duration.between(lastHeard, context.steadyNow());
        Duration patience = asked ? limit.plus(limit.dividedBy(2)) : limit;
        if (silence.compareTo(patience) < 0) {
            wakeIn(patience.minus(silence));
        } else if (asked) {
            timer = null;
            bark.run();
        } else {
            asked = true;
            wakeIn(limit.dividedBy(2));
            ask.run();
        }
    }
}
