package io.github.conversations4j;

import io.github.conversations4j.internal.threads.Workers;
import io.github.conversations4j.internal.time.Deadline;
import io.github.conversations4j.internal.time.SystemScheduler;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a client runs things on: executors and a scheduler, made here unless the application brought its own. Only what
 * was made here is ever ended. Thread-safe.
 */
final class ClientThreads {
    private static final int IO_THREADS = 64;
    private static final int RECEIVING_THREADS = 64;

    private final Executor hooks;
    private final Scheduler scheduler;
    private final Workers io = Workers.create("conversations4j-io", IO_THREADS);
    private final Workers receiving = Workers.create("conversations4j-webhook", RECEIVING_THREADS);

    /** Has no thread as long as an executor of the application's runs all hooks. */
    private final Workers ownHooks;

    // Null where the application brought its own.
    private final @Nullable SystemScheduler ownScheduler;

    ClientThreads(ClientOptions options) {
        this.ownHooks = Workers.create("conversations4j-hook", options.hookThreads);
        if (options.hookExecutor == null) {
            this.hooks = ownHooks;
        } else {
            // A participant's events and answers come on one thread, which holds the lock of the session.
            this.hooks =
                    options.isParticipant() ? new NeverOnTheSpot(options.hookExecutor, ownHooks) : options.hookExecutor;
        }
        if (options.scheduler == null) {
            this.ownScheduler = new SystemScheduler("timer");
            this.scheduler = ownScheduler;
        } else {
            this.ownScheduler = null;
            this.scheduler = options.scheduler;
        }
    }

    /** Runs hooks. */
    Executor hooks() {
        return hooks;
    }

    /** Runs what depends on answers where hooks run, and here if that takes no more: nobody is to wait in vain. */
    void runAnyway(Runnable task) {
        try {
            hooks.execute(task);
        } catch (RuntimeException | OutOfMemoryError e) {
            task.run();
        }
    }

    /** Runs blocking work of the library. */
    Executor io() {
        return io;
    }

    /**
     * Reads and answers webhooks. They may wait for senders and for hooks, and hooks for answers from Twilio, which {@link #io}
     * brings: so these are threads of their own.
     */
    Executor receiving() {
        return receiving;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** Whether a thread would wait for itself if it waited for these to end. */
    boolean contains(Thread thread) {
        return io.contains(thread) || receiving.contains(thread) || ownHooks.contains(thread);
    }

    /**
     * Ends what was made here: lets tasks finish, then interrupts them.
     *
     * @return whether every thread had ended in time
     */
    boolean close(Deadline deadline) {
        if (ownScheduler != null) {
            ownScheduler.close();
        }
        boolean ended = receiving.close(deadline.left());
        ended &= io.close(deadline.left());
        return ownHooks.close(deadline.left()) && ended;
    }
}
