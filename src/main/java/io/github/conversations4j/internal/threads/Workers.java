package io.github.conversations4j.internal.threads;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for one purpose, made on demand, named, daemons, and ended by {@link #close}: a virtual one for each task
 * where the JVM has them (21 and later), else a {@linkplain GrowingPool pool that grows} to a cap and then queues.
 * Thread-safe.
 */
public final class Workers implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ExecutorService executor;

    // Each thread adds and removes itself.
    private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

    private Workers(String name, int cap, boolean virtual) {
        this.executor = virtual ? virtual(name, cap) : growing(name, cap);
    }

    /**
     * Makes threads of the best kind that this JVM has.
     *
     * @param name the prefix of their names
     * @param cap how many there may be, on a JVM without virtual ones
     * @return no thread yet
     */
    public static Workers create(String name, int cap) {
        return new Workers(name, cap, true);
    }

    /**
     * Makes platform threads, whatever the JVM has.
     *
     * @param name the prefix of their names
     * @param cap how many there may be
     * @return no thread yet
     */
    public static Workers platform(String name, int cap) {
        return new Workers(name, cap, false);
    }

    // Reflection because the library is compiled for Java 17, where none of this exists.
    private ExecutorService virtual(String name, int cap) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
            builder = type.getMethod("name", String.class, long.class).invoke(builder, name + "-", 0L);
            ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(builder);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, (ThreadFactory) task -> factory.newThread(() -> live(task)));
        } catch (ReflectiveOperationException e) {
            // Java 19 and 20 have the methods and refuse to run them unless a flag is set.
            LOG.debug("no virtual threads on this JVM, {} is a pool of up to {} threads", name, cap);
        }
        return growing(name, cap);
    }

    private ExecutorService growing(String name, int cap) {
        AtomicInteger count = new AtomicInteger();
        return new GrowingPool(name, cap, task -> {
            Thread thread = new Thread(() -> live(task), name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private void live(Runnable task) {
        alive.add(Thread.currentThread());
        try {
            task.run();
        } finally {
            alive.remove(Thread.currentThread());
        }
    }

    /**
     * Runs a task on one of the threads.
     *
     * @param task the task
     * @throws java.util.concurrent.RejectedExecutionException once {@link #close} was called
     */
    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /**
     * Whether a thread is one of these.
     *
     * @param thread any thread
     * @return whether it was made here and has not ended
     */
    public boolean contains(Thread thread) {
        return alive.contains(thread);
    }

    /**
     * How many threads there are.
     *
     * @return the number now
     */
    public int alive() {
        return alive.size();
    }

    /**
     * Takes no more tasks, lets those that were taken end as long as the limit allows, and interrupts the rest. Must not
     * be called by one of the threads.
     *
     * @param limit how long to wait
     * @return whether every thread had ended within the limit
     */
    public boolean close(Duration limit) {
        executor.shutdown();
        try {
            if (executor.awaitTermination(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
        return false;
    }
}
