package io.github.conversations4j.testing;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.internal.time.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A clock and a scheduler that stand still until {@link #advance} moves them. Give it to the client's options and a test
 * lives through an hour of token refreshes or a typing timeout in no time, the same way on every run.
 *
 * <p>Thread-safe: any thread may read the time and schedule. Tasks run on the thread that advances, one at a time, in the
 * order in which they are due, and those that are due at the same moment in the order in which they were scheduled.
 */
public final class ManualTime implements InstantSource, Scheduler {
    private static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

    private final SteppedTime time;

    /** Starts at midnight (UTC) of 1 January 2026. */
    public ManualTime() {
        this(DEFAULT_START);
    }

    /**
     * Starts at a given moment.
     *
     * @param start what {@link #instant} says until the first advance
     */
    public ManualTime(Instant start) {
        this.time = new SteppedTime(start);
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A delay of zero or less makes the task due at once: it runs in the next {@link #advance}, be it by nothing.
     */
    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        return time.schedule(task, delay);
    }

    /**
     * Moves time forward and runs on the calling thread everything that falls due on the way, what those tasks schedule
     * included. While a task runs the clock shows the moment at which it was due; afterwards the whole duration has
     * passed.
     *
     * @param duration how far to move, not negative; zero runs what is due now
     * @throws RuntimeException what a task threw, once all due tasks have run; what further tasks threw is attached to it.
     *     A system scheduler would log it, but in a test it must not go unseen
     * @throws IllegalStateException if called by a task
     */
    public void advance(Duration duration) {
        time.advance(duration);
    }

    /**
     * Counts the tasks that wait: scheduled, neither run nor cancelled.
     *
     * @return how many there are; zero after a clean {@code close()}
     */
    public int pending() {
        return time.pending();
    }

    /**
     * Tells how long it is until the next task is due.
     *
     * @return the time left, zero if something is due now; empty if nothing is scheduled
     */
    public Optional<Duration> untilNext() {
        return time.untilNext();
    }

    @Override
    public String toString() {
        return "ManualTime[" + instant() + ", " + pending() + " pending]";
    }
}
