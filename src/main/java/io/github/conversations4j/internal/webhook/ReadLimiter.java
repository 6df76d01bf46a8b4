package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.Scheduler.Cancellable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gives up requests that arrive too slowly, so that nobody holds a thread by sending a byte now and then. Runs the
 * exchanges of an HTTP server and interrupts the thread of one that is still reading when its time is over, which closes
 * the connection it reads from. The server of the JDK has a limit of its own only as a property of the whole JVM.
 *
 * <p>Counts in ticks of half the limit rather than by a clock, so an exchange ends after one to one and a half times the
 * limit. Thread-safe.
 */
final class ReadLimiter implements Executor {
    private static final int TICKS = 2;

    /** A limit that is shorter than it takes to look would do nothing but look. */
    private static final Duration SHORTEST_TICK = Duration.ofMillis(1);

    private final Executor threads;
    private final Scheduler scheduler;
    private final Duration tick;
    private final Map<Thread, Reading> readings = new ConcurrentHashMap<>();

    /** Written by the scheduler only. */
    private volatile long now;

    // Guarded by this.
    private boolean closed;
    private @Nullable Cancellable nextTick;

    ReadLimiter(Executor threads, Scheduler scheduler, Duration limit) {
        this.threads = threads;
        this.scheduler = scheduler;
        Duration part = limit.dividedBy(TICKS);
        this.tick = part.compareTo(SHORTEST_TICK) < 0 ? SHORTEST_TICK : part;
    }

    synchronized void start() {
        if (!closed) {
            nextTick = scheduler.schedule(this::tick, tick);
        }
    }

    synchronized void close() {
        closed = true;
        if (nextTick != null) {
            nextTick.cancel();
        }
    }

    @Override
    public void execute(Runnable exchange) {
        threads.execute(() -> run(exchange));
    }

    /** The request that the current thread reads is complete; it has all the time it wants from now on. */
    void arrived() {
        Reading reading = readings.remove(Thread.currentThread());
        if (reading != null && reading.end()) {
            // It came with the last byte; what is done with the request is not to be cut short.
            Thread.interrupted();
        }
    }

    private void run(Runnable exchange) {
        Thread thread = Thread.currentThread();
        Reading reading = new Reading(thread, now);
        readings.put(thread, reading);
        try {
            exchange.run();
        } finally {
            readings.remove(thread);
            if (reading.end()) {
                // The interrupt was for this exchange; the thread goes on to others.
                Thread.interrupted();
            }
        }
    }

    private void tick() {
        long next = now + 1;
        now = next;
        for (Reading reading : readings.values()) {
            if (next - reading.since > TICKS) {
                reading.interrupt();
            }
        }
        start();
    }

    private static final class Reading {
        private final Thread thread;
        private final long since;

        // Guarded by this.
        private boolean ended;
        private boolean interrupted;

        Reading(Thread thread, long since) {
            this.thread = thread;
            this.since = since;
        }

        synchronized void interrupt() {
            if (!ended && !interrupted) {
                interrupted = true;
                thread.interrupt();
            }
        }

        /** Protects the thread from now on; tells whether it was interrupted. */
        synchronized boolean end() {
            ended = true;
            return interrupted;
        }
    }
}
