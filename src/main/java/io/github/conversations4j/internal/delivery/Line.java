package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A sequence and what it is doing. Guarded by the lock of its conversation. */
final class Line {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2);

    final Sequence sequence;
    Backoff pauses = PAUSES;

    @Nullable
    Cancellable timer;

    private boolean asking;

    /** Whether the last question failed, so that there is a pause before the next. */
    private boolean failed;

    // Of the hole that Twilio is asked about, which ends there.
    private int holeTo;
    private boolean everFailed;
    private long answersBefore;

    /** Since when Twilio has been silent about it; null if it owes no answer. */
    private @Nullable Instant silentSince;

    Line(Sequence sequence) {
        this.sequence = sequence;
    }

    /** Whether it may be forgotten. */
    boolean isIdle() {
        return timer == null && !asking && !sequence.isHolding();
    }

    boolean isAsking() {
        return asking;
    }

    boolean hasFailed() {
        return failed;
    }

    /**
     * Twilio is asked about the first hole.
     *
     * @param answers how much it has answered until now
     */
    void asks(Instant now, long answers) {
        if (silentSince == null || holeTo != sequence.holeTo()) {
            silentSince = now;
            holeTo = sequence.holeTo();
            everFailed = false;
        }
        answersBefore = answers;
        asking = true;
    }

    /** The question was answered. */
    void answered() {
        asking = false;
        silentSince = null;
    }

    /** The question failed. What Twilio answers to others counts no longer: this one may fail for ever. */
    void failed(Instant now, long answers) {
        hearsOf(answers, now);
        asking = false;
        failed = true;
        everFailed = true;
    }

    /** Twilio is not silent if it has answered somebody since, as long as it has not failed this question. */
    void hearsOf(long answers, Instant now) {
        if (asking && !everFailed && answers > answersBefore) {
            answersBefore = answers;
            silentSince = now;
        }
    }

    /** When what is held goes on without an answer. Something must be held. */
    Instant givesUpAt(OrderLimits limits) {
        Instant end = sequence.heldSince().plus(limits.longestHold());
        // What had waited for room in hooks leaves Twilio as much time as what is asked about when patience ends.
        Instant answerable = silentSince == null
                ? end
                : silentSince.plus(limits.longestHold()).minus(limits.patience());
        return answerable.isAfter(end) ? answerable : end;
    }

    /** What failed may be asked again. */
    void pauseIsOver() {
        stopTimer();
        failed = false;
    }

    void flows() {
        pauseIsOver();
        pauses = PAUSES;
    }

    void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
