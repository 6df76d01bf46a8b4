package io.github.conversations4j;

import java.util.concurrent.Executor;

/**
 * An executor of the application's, except that what it would run on a thread that is just handing it a task runs on one of
 * ours: that thread may be the one that brings the answers a hook waits for, or hold a lock. Thread-safe.
 */
final class NeverOnTheSpot implements Executor {
    /** Set on a thread while it hands over a task of any client: several may share an executor. */
    private static final ThreadLocal<Boolean> HANDING_OVER = new ThreadLocal<>();

    private final Executor given;
    private final Executor ours;

    /**
     * Changes nothing about the executors.
     *
     * @param given runs tasks, maybe on the spot
     * @param ours runs those, on other threads
     */
    NeverOnTheSpot(Executor given, Executor ours) {
        this.given = given;
        this.ours = ours;
    }

    @Override
    public void execute(Runnable task) {
        if (HANDING_OVER.get() != null) {
            // By a task of the application's that the executor runs meanwhile.
            given.execute(() -> run(task));
            return;
        }
        HANDING_OVER.set(true);
        try {
            given.execute(() -> run(task));
        } finally {
            HANDING_OVER.remove();
        }
    }

    private void run(Runnable task) {
        if (HANDING_OVER.get() == null) {
            task.run();
        } else {
            ours.execute(task);
        }
    }
}
