package io.github.conversations4j.internal.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does things one at a time, in the order in which they were posted, on an executor. What is only touched by what is posted
 * here needs no lock. Thread-safe; posting never runs anything on the spot, unless the executor takes nothing any more because
 * the client is closing: nobody is to wait in vain.
 */
final class Mailbox {
    private final Executor executor;
    private final Consumer<Throwable> report;

    // Guarded by waiting.
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    Mailbox(Executor executor, Consumer<Throwable> report) {
        this.executor = executor;
        this.report = report;
    }

    void post(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            run();
        }
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (Throwable e) {
                // Errors too: what is posted later is to run all the same.
                report.accept(e);
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            Runnable task = waiting.poll();
            running = task != null;
            return task;
        }
    }
}
