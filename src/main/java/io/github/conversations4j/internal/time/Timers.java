package io.github.conversations4j.internal.time;

import io.github.conversations4j.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler that lasts as long as its client, on one that may go on: what has not run when it is closed is cancelled, and
 * what comes later never runs. Thread-safe.
 */
public final class Timers implements Scheduler {
    private final Scheduler scheduler;

    // Each timer adds and removes itself.
    private final Set<Timer> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Without timers.
     *
     * @param scheduler sets them
     */
    public Timers(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        Timer timer = new Timer(task);
        waiting.add(timer);
        if (closed) {
            timer.cancel();
        } else {
            timer.isSet(scheduler.schedule(timer, delay));
        }
        return timer;
    }

    /** Cancels what has not run. */
    public void close() {
        closed = true;
        RuntimeException failure = null;
        for (Timer timer : List.copyOf(waiting)) {
            try {
                timer.cancel();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private final class Timer implements Runnable, Cancellable {
        private final Runnable task;

        // Guarded by this.
        private @Nullable Cancellable handle;
        private boolean over;

        Timer(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (end()) {
                task.run();
            }
        }

        /** Whoever comes first ends it. */
        private boolean end() {
            waiting.remove(this);
            synchronized (this) {
                boolean first = !over;
                over = true;
                return first;
            }
        }

        @Override
        public void cancel() {
            end();
            Cancellable set;
            synchronized (this) {
                set = handle;
            }
            if (set != null) {
                set.cancel();
            }
        }

        void isSet(Cancellable by) {
            boolean late;
            synchronized (this) {
                handle = by;
                late = over;
            }
            // It may have run as well, which does no harm.
            if (late) {
                by.cancel();
            }
        }
    }
}
