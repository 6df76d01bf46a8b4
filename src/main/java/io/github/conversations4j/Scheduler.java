package io.github.conversations4j;

import java.time.Duration;

/**
 * Runs things later. Everything in this library that waits (token refresh, back-off, typing timeouts, sweeps) waits
 * through the scheduler of its client, so a test can move time by hand with {@code testing.ManualTime}.
 *
 * <p>Implementations are thread-safe. A task must be short: it may start work elsewhere, never do it.
 */
@FunctionalInterface
public interface Scheduler {
    /**
     * Runs a task once, after a delay.
     *
     * @param task what to run; what it throws is logged and goes no further
     * @param delay how long to wait; zero or less means as soon as possible, still not on the calling thread
     * @return a handle that keeps the task from starting
     */
    Cancellable schedule(Runnable task, Duration delay);

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Cancellable {
        /** Keeps the task from starting. Does nothing if it has started, ended or was cancelled. */
        void cancel();
    }
}
