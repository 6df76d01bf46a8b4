package io.github.conversations4j.internal.time;

import io.github.conversations4j.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A clock and a scheduler that stand still until {@link #advance} moves them. Thread-safe: any thread may read the time and
 * schedule. Tasks run on the thread that advances, one at a time, in the order in which they are due, and those that are due
 * at the same moment in the order in which they were scheduled.
 */
public final class SteppedTime implements InstantSource, Scheduler {
    /** Held while tasks run; never needed to read the time or to schedule. */
    private final ReentrantLock advancing = new ReentrantLock();

    // Guarded by this.
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::order));
    private Instant now;
    private long scheduled;

    private record Task(Instant due, long order, Runnable work) {}

    /**
     * Starts at a given moment.
     *
     * @param start what {@link #instant} says until the first advance
     */
    public SteppedTime(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A delay of zero or less makes the task due at once: it runs in the next {@link #advance}, be it by nothing.
     */
    @Override
    public synchronized Cancellable schedule(Runnable task, Duration delay) {
        Task entry = new Task(delay.isNegative() ? now : Deadline.end(now, delay), scheduled++, task);
        tasks.add(entry);
        return () -> cancel(entry);
    }

    private synchronized void cancel(Task entry) {
        tasks.remove(entry);
    }

    /**
     * Moves time forward and runs on the calling thread everything that falls due on the way, what those tasks schedule
     * included. While a task runs the clock shows the moment at which it was due; afterwards the whole duration has
     * passed.
     *
     * @param duration how far to move, not negative; zero runs what is due now
     * @throws RuntimeException what a task threw, once all due tasks have run; what further tasks threw is attached to it
     * @throws IllegalStateException if called by a task
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back, duration was " + duration);
        }
        if (advancing.isHeldByCurrentThread()) {
            throw new IllegalStateException("a scheduled task can not advance the time that is running it");
        }
        advancing.lock();
        try {
            Instant target = instant().plus(duration);
            List<Throwable> failures = new ArrayList<>();
            for (Task task = nextDue(target); task != null; task = nextDue(target)) {
                run(task, failures);
            }
            arriveAt(target);
            rethrow(failures);
        } finally {
            advancing.unlock();
        }
    }

    private synchronized @Nullable Task nextDue(Instant target) {
        Task next = tasks.peek();
        if (next == null || next.due().isAfter(target)) {
            return null;
        }
        arriveAt(next.due());
        return tasks.remove();
    }

    private synchronized void arriveAt(Instant moment) {
        if (moment.isAfter(now)) {
            now = moment;
        }
    }

    private static void run(Task task, List<Throwable> failures) {
        try {
            task.work().run();
        } catch (RuntimeException | Error failure) {
            failures.add(failure);
        }
    }

    private static void rethrow(List<Throwable> failures) {
        if (failures.isEmpty()) {
            return;
        }
        Throwable first = failures.get(0);
        failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) first;
    }

    /**
     * Counts the tasks that wait: scheduled, neither run nor cancelled.
     *
     * @return how many there are; zero after a clean {@code close()}
     */
    public synchronized int pending() {
        return tasks.size();
    }

    /**
     * Tells how long it is until the next task is due.
     *
     * @return the time left, zero if something is due now; empty if nothing is scheduled
     */
    public synchronized Optional<Duration> untilNext() {
        return Optional.ofNullable(tasks.peek()).map(task -> Duration.between(now, task.due()));
    }

    @Override
    public synchronized String toString() {
        return "SteppedTime[" + now + ", " + tasks.size() + " pending]";
    }
}
