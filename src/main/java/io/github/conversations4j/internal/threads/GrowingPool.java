package io.github.conversations4j.internal.threads;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool that gives a task to an idle thread, else to a new one, and lets it wait only when there are as many threads as
 * there may be; the JDK's own pools either queue before they grow or never queue. Warns once when it is full. Threads
 * end after {@value #IDLE_SECONDS} idle seconds. Thread-safe.
 */
final class GrowingPool extends ThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(GrowingPool.class);
    private static final int IDLE_SECONDS = 10;

    private final String name;
    private final AtomicBoolean warned = new AtomicBoolean();

    GrowingPool(String name, int cap, ThreadFactory threads) {
        super(0, cap, IDLE_SECONDS, TimeUnit.SECONDS, new HandOff(), threads);
        this.name = name;
        setThreadFactory(worker -> threads.newThread(() -> {
            try {
                worker.run();
            } finally {
                passOn();
            }
        }));
        setRejectedExecutionHandler((task, pool) -> keep(task));
    }

    /** Called when no thread is idle and none may be added, or when the pool is shut down. */
    private void keep(Runnable task) {
        if (isShutdown()) {
            throw new RejectedExecutionException(name + " is shut down");
        }
        if (!warned.getAndSet(true)) {
            LOG.warn(
                    "all {} threads of {} are busy, further work waits. If it is hooks: let them return sooner,"
                            + " raise ClientOptions.hookThreads, or run on Java 21 or later",
                    getMaximumPoolSize(),
                    name);
        }
        ((HandOff) getQueue()).keep(task);
        // An idle thread may have ended meanwhile, and those that are left may be busy for ever.
        if ((isShutdown() || getPoolSize() < getMaximumPoolSize()) && remove(task)) {
            execute(task);
        }
    }

    /**
     * Called by a thread that is no longer one of the pool. An idle one ends without another look at what waits, as long as
     * there are others; whoever stored something before that found the pool full. After a shutdown the others do the rest.
     */
    private void passOn() {
        Runnable left = isShutdown() ? null : getQueue().poll();
        if (left != null) {
            try {
                execute(left);
            } catch (RejectedExecutionException e) {
                // Shut down just now: it was taken on before, so it is to be done.
                left.run();
            }
        }
    }

    /** Passes a task on to a thread that waits for one, and stores it only when told to. */
    private static final class HandOff extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        // Not put(): later JDKs have it call offer().
        void keep(Runnable task) {
            super.offer(task);
        }
    }
}
