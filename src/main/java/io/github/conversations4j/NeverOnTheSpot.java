package io.github.conversations4j;

import java.util.concurrent.Executor;

/**
 * An executor of the application's, except that what it would run on a thread that is just handing it a task runs on one of
 * ours: that thread may be the one that brings the answers a hook waits for, or hold a lock. Not covered is an executor that
 * several clients share and that runs what one gave while another hands over. Thread-safe.
 */
final class NeverOnTheSpot implements Executor {
    private final Executor given;
    private final Executor ours;

    /** Set on a thread while it hands over a task. */
    private final ThreadLocal<Boolean> handingOver = new ThreadLocal<>();

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
        // A task of the application's that the executor runs meanwhile may hand over more.
        boolean isOutermost = handingOver.get() == null;
        handingOver.set(true);
        try {
            given.execute(() -> run(task));
        } finally {
            if (isOutermost) {
                handingOver.remove();
            }
        }
    }

    private void run(Runnable task) {
        if (handingOver.get() == null) {
            task.run();
        } else {
            ours.execute(task);
        }
    }
}
