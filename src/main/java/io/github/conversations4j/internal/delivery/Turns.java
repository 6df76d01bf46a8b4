package io.github.conversations4j.internal.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns of questions to Twilio: some at once, the others wait, first come, first served. A turn ends when its answer was
 * dealt with. Thread-safe; nothing is called under its lock.
 */
final class Turns {
    private final int atOnce;

    // Guarded by this.
    private final Deque<Turn<?>> waiting = new ArrayDeque<>();
    private int running;
    private boolean starting;

    Turns(int atOnce) {
        this.atOnce = atOnce;
    }

    /**
     * Asks when the turn has come.
     *
     * @param question asks
     * @return what comes of it
     */
    <T> CompletionStage<T> take(Supplier<CompletionStage<T>> question) {
        Turn<T> turn = new Turn<>(question, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(turn);
        }
        startNext();
        return turn.answer;
    }

    /** One thread at a time, since an answer that is there at once starts the next one. */
    private void startNext() {
        synchronized (this) {
            if (starting) {
                return;
            }
            starting = true;
        }
        for (Turn<?> next = next(); next != null; next = next()) {
            start(next);
        }
    }

    private synchronized @Nullable Turn<?> next() {
        Turn<?> next = running < atOnce ? waiting.poll() : null;
        if (next == null) {
            starting = false;
        } else {
            running++;
        }
        return next;
    }

    private <T> void start(Turn<T> turn) {
        CompletionStage<T> asked;
        try {
            asked = turn.question.get();
        } catch (RuntimeException | Error e) {
            asked = CompletableFuture.failedFuture(e);
        }
        asked.whenComplete((result, failure) -> {
            if (failure == null) {
                turn.answer.complete(result);
            } else {
                turn.answer.completeExceptionally(failure);
            }
            ended();
        });
    }

    private void ended() {
        synchronized (this) {
            running--;
        }
        startNext();
    }

    private record Turn<T>(Supplier<CompletionStage<T>> question, CompletableFuture<T> answer) {}
}
