package io.github.conversations4j;

import io.github.conversations4j.internal.commands.Arguments;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The hooks on one object that changes, such as a message on its way or a chat list. Each is called with every value that
 * was fired while it was registered, in order, one at a time, never on the thread that fires unless the executor does so.
 * Thread-safe.
 *
 * <p>{@link #fire} only queues and may be called under a lock, which fixes the order; {@link #run} calls the hooks and must
 * not be.
 *
 * @param <T> what hooks are called with
 */
final class Watchers<T> {
    /** How many values may wait for a hook that can be told everything at once instead. */
    static final int MOST_BEHIND = 1000;

    private final Executor executor;
    private final Consumer<Throwable> report;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /**
     * No hooks yet.
     *
     * @param executor runs the hooks
     * @param report is told what they throw
     */
    Watchers(Executor executor, Consumer<Throwable> report) {
        this.executor = executor;
        this.report = report;
    }

    /** Adds a hook, with a value that it is called with first; null for none. */
    Subscription add(Hook<? super T> hook, @Nullable T first) {
        Watcher watcher = new Watcher(Arguments.given("hook", hook));
        if (first != null) {
            watcher.offer(first);
        }
        watchers.add(watcher);
        return watcher;
    }

    void fire(T value) {
        watchers.forEach(watcher -> watcher.offer(value));
    }

    /** Fires a value that depends on those before it; a hook that is far behind gets one that stands for all of them. */
    void fire(T value, Supplier<? extends T> whole) {
        watchers.forEach(watcher -> watcher.offer(value, whole));
    }

    void run() {
        watchers.forEach(Watcher::schedule);
    }

    void clear() {
        watchers.forEach(Watcher::unsubscribe);
    }

    /** One hook and what it has not been called with yet. Thread-safe. */
    private final class Watcher implements Subscription, Runnable {
        private final Hook<? super T> hook;

        // Guarded by waiting.
        private final Deque<T> waiting = new ArrayDeque<>();
        private boolean scheduled;
        private boolean stopped;

        Watcher(Hook<? super T> hook) {
            this.hook = hook;
        }

        void offer(T value) {
            synchronized (waiting) {
                if (!stopped) {
                    waiting.add(value);
                }
            }
        }

        void offer(T value, Supplier<? extends T> whole) {
            synchronized (waiting) {
                if (waiting.size() < MOST_BEHIND) {
                    offer(value);
                } else {
                    waiting.clear();
                    offer(whole.get());
                }
            }
        }

        void schedule() {
            synchronized (waiting) {
                if (scheduled || waiting.isEmpty()) {
                    return;
                }
                scheduled = true;
            }
            executor.execute(this);
        }

        @Override
        public void run() {
            for (T value = take(); value != null; value = take()) {
                try {
                    hook.on(value);
                } catch (Throwable e) {
                    report.accept(e);
                }
            }
        }

        private @Nullable T take() {
            synchronized (waiting) {
                T value = waiting.poll();
                scheduled = value != null;
                return value;
            }
        }

        @Override
        public void unsubscribe() {
            watchers.remove(this);
            synchronized (waiting) {
                stopped = true;
                waiting.clear();
            }
        }

        @Override
        public boolean isActive() {
            synchronized (waiting) {
                return !stopped;
            }
        }
    }
}
