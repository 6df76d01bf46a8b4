package io.github.conversations4j.internal.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many calls be under way at once; the others wait in line. Thread-safe: a call is started by whoever asks for
 * it or by whatever thread ends one before it, never under the lock.
 */
public final class CallLimit {
    private final int most;

    // Guarded by waiting.
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean starting;

    /**
     * Nothing is under way yet.
     *
     * @param most how many calls at once, at least 1
     */
    public CallLimit(int most) {
        this.most = most;
    }

    /**
     * Makes a call as soon as there is room.
     *
     * @param call makes it; called once
     * @param <T> the answer
     * @return completes as the call does
     */
    public <T> CompletionStage<T> call(Supplier<? extends CompletionStage<T>> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        synchronized (waiting) {
            waiting.add(() -> make(call, answer));
        }
        startNext();
        return answer;
    }

    private <T> void make(Supplier<? extends CompletionStage<T>> call, CompletableFuture<T> answer) {
        CompletionStage<T> made;
        try {
            made = call.get();
        } catch (RuntimeException | Error e) {
            made = CompletableFuture.failedFuture(e);
        }
        made.whenComplete((value, failure) -> {
            ended();
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    private void ended() {
        synchronized (waiting) {
            underWay--;
        }
        startNext();
    }

    /** Starts what there is room for. One thread at a time does so, so that calls that end at once pile up no stack. */
    private void startNext() {
        synchronized (waiting) {
            if (starting) {
                return;
            }
            starting = true;
        }
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            Runnable next = underWay < most ? waiting.poll() : null;
            if (next == null) {
                starting = false;
            } else {
                underWay++;
            }
            return next;
        }
    }
}
