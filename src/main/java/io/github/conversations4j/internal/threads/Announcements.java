package io.github.conversations4j.internal.threads;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells one listener things in the order in which they were added, one at a time, on whichever thread comes first. So what
 * is decided under a lock and told outside of it is told in the order of the decisions. Thread-safe.
 *
 * @param <T> what is told
 */
public final class Announcements<T> {
    private final Consumer<? super T> listener;

    // Guarded by this.
    private final Queue<T> waiting = new ArrayDeque<>(1);
    private boolean telling;

    /**
     * Nothing to tell yet.
     *
     * @param listener is told everything, never under a lock of this; must not throw
     */
    public Announcements(Consumer<? super T> listener) {
        this.listener = listener;
    }

    /**
     * Adds something, and tells nobody: may be called under a lock, which fixes the order.
     *
     * @param news what is to be told
     */
    public synchronized void add(T news) {
        waiting.add(news);
    }

    /** Tells what was added, unless another thread, or this one further up, is about to. Not to be called under a lock. */
    public void tell() {
        for (T news = first(); news != null; news = next()) {
            listener.accept(news);
        }
    }

    private synchronized @Nullable T first() {
        return telling ? null : next();
    }

    private synchronized @Nullable T next() {
        T news = waiting.poll();
        telling = news != null;
        return news;
    }
}
