package io.github.conversations4j.internal.commands;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets asynchronous work on one thing happen one after the other, in the order in which it was asked for, while work on
 * different things goes on side by side. Thread-safe; things that nobody works on take no memory.
 */
public final class Turns {
    // Guarded by this: what the next one on a thing has to wait for.
    private final Map<Object, CompletableFuture<?>> last = new HashMap<>();

    /** Nothing is under way yet. */
    public Turns() {}

    /**
     * Does something when everything that was asked for before on the same thing has ended, in whatever way.
     *
     * @param thing what it is done on
     * @param work starts it
     * @param <T> the result
     * @return completes as the work does
     */
    public <T> CompletionStage<T> take(Object thing, Supplier<? extends CompletionStage<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<?> before;
        synchronized (this) {
            before = last.put(thing, result);
        }
        result.whenComplete((value, failure) -> forget(thing, result));
        if (before == null) {
            start(work, result);
        } else {
            before.whenComplete((value, failure) -> start(work, result));
        }
        return result;
    }

    private static <T> void start(Supplier<? extends CompletionStage<T>> work, CompletableFuture<T> result) {
        try {
            work.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private synchronized void forget(Object thing, CompletableFuture<?> ended) {
        last.remove(thing, ended);
    }
}
