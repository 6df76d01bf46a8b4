package io.github.conversations4j;

import io.github.conversations4j.internal.time.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * What all futures of a client share: brings answers from the threads that read them to the hook executor, where
 * everything runs that depends on them. Thread-safe.
 *
 * <p>Hook threads that wait may leave the executor none to run that on, if it is a small one. So a thread that waits
 * does meanwhile what depends on its own requests; that of others never, since it would find the locks of its caller
 * open.
 */
final class Answers {
    private static final Duration UNSEEN_AFTER = Duration.ofSeconds(1);

    private final ClientThreads threads;
    private final InstantSource clock;
    private final Duration timeLimit;
    private final BiConsumer<String, Throwable> report;

    // Added by reading threads before they look for one who waits; searched by those who wait after they were added.
    private final Set<Deferred<?>> arrived = ConcurrentHashMap.newKeySet();
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    /** Failures that somebody looked at or that were reported. */
    private final Set<Throwable> known = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    Answers(ClientThreads threads, InstantSource clock, Duration timeLimit, BiConsumer<String, Throwable> report) {
        this.threads = threads;
        this.clock = clock;
        this.timeLimit = timeLimit;
        this.report = report;
    }

    Executor executor() {
        return threads::runAnyway;
    }

    Duration timeLimit() {
        return timeLimit;
    }

    /** Hands a future over whose answer has come. */
    void arrived(Deferred<?> future) {
        arrived.add(future);
        threads.runAnyway(() -> settle(future));
        for (Waiting other : waiting) {
            if (future.wasAskedBy(other.thread)) {
                other.wake.release();
            }
        }
    }

    private void settle(Deferred<?> future) {
        if (arrived.remove(future)) {
            future.settle();
        }
    }

    /** Waits for the end of a future, and does meanwhile what depends on what the calling thread asked for. */
    void await(Deferred<?> end, Duration limit) throws InterruptedException, TimeoutException {
        Waiting me = new Waiting(Thread.currentThread(), new Semaphore(0));
        Deadline deadline = new Deadline(clock, limit);
        waiting.add(me);
        try {
            end.watch((value, failure) -> me.wake.release());
            settleFor(me.thread);
            while (!end.isDone()) {
                if (!me.wake.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                    throw new TimeoutException();
                }
                settleFor(me.thread);
            }
        } finally {
            waiting.remove(me);
        }
    }

    private void settleFor(Thread asker) {
        arrived.stream().filter(future -> future.wasAskedBy(asker)).forEach(this::settle);
    }

    /** Waits without limit; an interrupt is kept for later. */
    void awaitUninterruptibly(Deferred<?> end) {
        boolean interrupted = false;
        while (!end.isDone()) {
            try {
                await(end, Deferred.FOREVER);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException e) {
                throw new AssertionError("for ever has passed", e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs something a moment later. */
    void later(Runnable task) {
        threads.scheduler().schedule(task, UNSEEN_AFTER);
    }

    /** Reports a failure once, unless somebody looks at it within a moment, through whichever future. */
    void failed(String what, Throwable cause, BooleanSupplier seen) {
        if (seen.getAsBoolean()) {
            known.add(cause);
        } else {
            later(() -> {
                boolean lookedAt = seen.getAsBoolean();
                if (known.add(cause) && !lookedAt) {
                    report.accept(what + " failed and nobody looked at it", cause);
                }
            });
        }
    }

    /** A thread that waits. Compared by identity through its semaphore. */
    private record Waiting(Thread thread, Semaphore wake) {}
}
