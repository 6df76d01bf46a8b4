package io.github.conversations4j.internal.realtime.session;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.internal.time.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What everything in one realtime session shares: time, chance and the lock. Confined to the lock where it says so. */
public final class SessionContext {
    private static final HexFormat HEX = HexFormat.of();

    private final Exclusive exclusive = new Exclusive();
    private final OddInput oddInput = new OddInput();
    private final InstantSource clock;
    private final InstantSource steady;
    private final Scheduler scheduler;

    /** Confined to the lock: generators need not be thread-safe, so the caller's is not used any further. */
    private final RandomGenerator random;

    /**
     * A context with a lock of its own.
     *
     * @param clock tells the time
     * @param scheduler runs things later
     * @param random a seed is taken from it
     */
    public SessionContext(InstantSource clock, Scheduler scheduler, RandomGenerator random) {
        this.clock = clock;
        this.steady = new SteadyTime(clock);
        this.scheduler = scheduler;
        this.random = new SplittableRandom(random.nextLong());
    }

    /**
     * The lock.
     *
     * @return the same each time
     */
    public Exclusive exclusive() {
        return exclusive;
    }

    /**
     * What came and was of no use.
     *
     * @return the same each time
     */
    public OddInput oddInput() {
        return oddInput;
    }

    /**
     * Time that never goes back, for measuring how long something takes.
     *
     * @return now, to be compared with earlier answers of this method only
     */
    public Instant steadyNow() {
        return steady.instant();
    }

    /**
     * The time, as it is shown.
     *
     * @return now
     */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Runs something later, inside the lock. To be called inside the lock.
     *
     * @param delay how much later
     * @param task what to run
     * @return cancels it, for certain if called inside the lock
     */
    public Scheduler.Cancellable later(Duration delay, Runnable task) {
        exclusive.checkInside();
        Timer timer = new Timer(task);
        Scheduler.Cancellable scheduled = scheduler.schedule(() -> exclusive.run(timer::fire), delay);
        return () -> {
            timer.cancelled = true;
            scheduled.cancel();
        };
    }

    /**
     * Chance. To be used inside the lock.
     *
     * @return the generator of this session
     */
    public RandomGenerator random() {
        return random;
    }

    /**
     * A new id.
     *
     * @param prefix what it begins with
     * @return the prefix and 32 hexadecimal digits; to be called inside the lock
     */
    public String newId(String prefix) {
        return prefix + HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }

    /** A scheduler may be too late to keep a cancelled task from starting, when that waits for the lock already. */
    private static final class Timer {
        private final Runnable task;
        private boolean cancelled;

        Timer(Runnable task) {
            this.task = task;
        }

        void fire() {
            if (!cancelled) {
                task.run();
            }
        }
    }
}
