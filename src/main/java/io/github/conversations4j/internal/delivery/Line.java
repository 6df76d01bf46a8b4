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

    // Of the hole that Twilio was asked about last, which ends there.
    private int holeTo;
    private boolean everFailed;

    private long pagesBefore;

    /** Since when Twilio has been silent, as far as somebody has looked; null if it owes no answer. */
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
     * @param pages how many pages it has given until now
     */
    void asks(Instant now, long pages) {
        if (silentSince == null || holeTo != sequence.holeTo()) {
            silentSince = now;
            holeTo = sequence.holeTo();
            everFailed = false;
        }
        pagesBefore = pages;
        asking = true;
    }

    /** The question was answered. */
    void answered() {
        asking = false;
        silentSince = null;
    }

    /** The question failed. It may do so for ever, so that what Twilio gives to others counts no longer. */
    void failed(Instant now, long pages) {
        hearsOf(pages, now);
        asking = false;
        failed = true;
        everFailed = true;
    }

    /** Twilio is not silent if it has given somebody a page since, unless it has failed a question about this hole. */
    void hearsOf(long pages, Instant now) {
        boolean isDoubtful = everFailed && sequence.isHolding() && holeTo == sequence.holeTo();
        if (asking && !isDoubtful && pages > pagesBefore) {
            pagesBefore = pages;
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

    /** Nothing is waited for: what failed may be asked again. */
    void goesOn() {
        stopTimer();
        failed = false;
    }

    void flows() {
        goesOn();
        pauses = PAUSES;
    }

    void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
