package io.github.conversations4j.tests;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** An executor that does nothing until it is told to, and then on the thread that tells it. Thread-safe. */
public final class HandDriven implements Executor {
    // Guarded by this.
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    public synchronized int waiting() {
        return tasks.size();
    }

    /** Never runs what waits. */
    public synchronized void forget() {
        tasks.clear();
    }

    private synchronized Runnable next() {
        return tasks.remove();
    }

    /** Runs the task that waits longest. */
    public void runNext() {
        next().run();
    }

    /** Runs everything, what comes up on the way included. */
    public void runAll() {
        while (waiting() > 0) {
            runNext();
        }
    }
}
