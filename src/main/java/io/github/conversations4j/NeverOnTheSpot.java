package io.github.conversations4j;

import java.util.concurrent.Executor;

/**
 * An executor of the application's, except that what it would run on the calling thread runs on one of ours: the caller
 * may be the thread that brings the answers a hook waits for, or hold a lock. Thread-safe.
 */
final class NeverOnTheSpot implements Executor {
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
    public void execute(Runnable work) {
        Task task = new Task(work, ours, Thread.currentThread());
        given.execute(task);
        task.isGiven = true;
    }

    private static final class Task implements Runnable {
        private final Runnable work;
        private final Executor ours;
        private final Thread giver;

        /** Read and written by the giver only, which may be a thread of the executor and run this later. */
        private boolean isGiven;

        Task(Runnable work, Executor ours, Thread giver) {
            this.work = work;
            this.ours = ours;
            this.giver = giver;
        }

        @Override
        public void run() {
            if (Thread.currentThread() == giver && !isGiven) {
                ours.execute(work);
            } else {
                work.run();
            }
        }
    }
}
