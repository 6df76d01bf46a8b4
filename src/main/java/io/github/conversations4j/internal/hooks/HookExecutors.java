package io.github.conversations4j.internal.hooks;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the executor that hooks run on when the application brings none: a virtual thread per lane where the JVM has
 * them (21 and later), else a pool that grows to a cap and then queues.
 */
public final class HookExecutors {
    private static final Logger LOG = LoggerFactory.getLogger(HookExecutors.class);
    private static final int IDLE_SECONDS = 10;

    private HookExecutors() {}

    /**
     * Makes an executor; whoever asked for it shuts it down.
     *
     * @param name the prefix of its threads' names
     * @param cap how many platform threads there may be, on a JVM without virtual ones
     * @return a new executor of daemon threads
     */
    public static ExecutorService create(String name, int cap) {
        try {
            return virtual(name);
        } catch (ReflectiveOperationException e) {
            LOG.debug("no virtual threads on this JVM, hooks get a pool of up to {} threads", cap);
            return growing(name, cap);
        }
    }

    // Reflection because the library is compiled for Java 17, where none of this exists.
    private static ExecutorService virtual(String name) throws ReflectiveOperationException {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
            builder = type.getMethod("name", String.class, long.class).invoke(builder, name + "-", 0L);
            ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(builder);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (InvocationTargetException e) {
            // Java 19 and 20 have the methods and refuse to run them without a flag.
            throw new ReflectiveOperationException(e.getCause());
        }
    }

    static ExecutorService growing(String name, int cap) {
        AtomicInteger count = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        AtomicBoolean warned = new AtomicBoolean();
        return new ThreadPoolExecutor(0, cap, IDLE_SECONDS, TimeUnit.SECONDS, new HandOff(), factory, (task, pool) -> {
            if (pool.isShutdown()) {
                throw new RejectedExecutionException("the hook executor is shut down");
            }
            if (!warned.getAndSet(true)) {
                LOG.warn(
                        "all {} hook threads are busy; hooks of further conversations wait. Make hooks"
                                + " return sooner, raise ClientOptions.hookThreads, or run on Java 21 or later",
                        cap);
            }
            ((HandOff) pool.getQueue()).keep(task);
        });
    }

    /** Gives a task to a thread that is idle, and takes it in only when the pool has grown to its cap. */
    private static final class HandOff extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        void keep(Runnable task) {
            super.put(task);
        }
    }
}
