package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A sequence and what it is doing. Guarded by the lock of its conversation. */
final class Line {
    final Sequence sequence;
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2);

    Backoff pauses = PAUSES;
    boolean asking;
    boolean failed;

    /** When Twilio was asked first of what it has not answered since; null if it owes no answer. */
    @Nullable
    Instant unansweredSince;

    @Nullable
    Cancellable timer;

    Line(Sequence sequence) {
        this.sequence = sequence;
    }

    /** Whether it may be forgotten. */
    boolean isIdle() {
        return timer == null && !asking && !sequence.isHolding();
    }

    void flows() {
        stopTimer();
        failed = false;
        unansweredSince = null;
        pauses = PAUSES;
    }

    void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
