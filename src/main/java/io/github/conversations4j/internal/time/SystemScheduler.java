package io.github.conversations4j.internal.time;

import io.github.conversations4j.Scheduler;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler of real life: one daemon thread, started with the first task. Delays are measured by the system's
 * monotonic clock, so setting the wall clock does not move them. Thread-safe.
 *
 * <p>After {@link #close} nothing starts any more and {@link #schedule} does nothing: whoever is still shutting down may
 * schedule without having to know whether it is late.
 */
public final class SystemScheduler implements Scheduler, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SystemScheduler.class);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor executor;
    private final String threadName;
    /** Written by the pool when it starts its only thread, read by {@link #close}. */
    private volatile @Nullable Thread worker;

    /**
     * Makes a scheduler.
     *
     * @param name what it serves; its thread is called {@code conversations4j-<name>}
     */
    public SystemScheduler(String name) {
        this.threadName = "conversations4j-" + name;
        this.executor = new ScheduledThreadPoolExecutor(1, this::thread, (task, pool) -> {});
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, threadName);
        thread.setDaemon(true);
        worker = thread;
        return thread;
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(delay));
        ScheduledFuture<?> future = executor.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Catches errors too: the thread must outlive every task, and a pool's future would swallow them unseen. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            log.error("A scheduled task failed", failure);
        }
    }

    /**
     * Forgets what has not started, interrupts what is running and waits, for at most a second, until the thread is
     * gone. Called by one of its own tasks it does not wait.
     */
    @Override
    public void close() {
        executor.shutdownNow();
        if (Thread.currentThread() == worker) {
            return;
        }
        try {
            if (!executor.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("A scheduled task on thread {} still runs after {} of waiting", threadName, CLOSING);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
