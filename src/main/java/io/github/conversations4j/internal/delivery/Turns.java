package io.github.conversations4j.internal.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns of questions to Twilio: some at once, the others wait, first come, first served. Thread-safe; nothing is called under
 * its lock.
 */
final class Turns {
    private final int atOnce;

    // Guarded by this.
    private final Deque<Turn<?>> waiting = new ArrayDeque<>();
    private final Set<Turn<?>> running = new HashSet<>();
    private boolean starting;

    Turns(int atOnce) {
        this.atOnce = atOnce;
    }

    /**
     * Asks when the turn has come.
     *
     * @param question asks
     * @param heard told whenever Twilio has answered any question
     * @return what comes of it
     */
    <T> CompletionStage<T> take(Supplier<CompletionStage<T>> question, Runnable heard) {
        Turn<T> turn = new Turn<>(question, heard);
        synchronized (this) {
            waiting.add(turn);
        }
        startNext();
        return turn.answer;
    }

    /** Twilio has answered. */
    void goesWell() {
        List<Turn<?>> all;
        synchronized (this) {
            all = new ArrayList<>(running);
            all.addAll(waiting);
        }
        all.forEach(turn -> turn.heard.run());
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
            next.start(this);
        }
    }

    private synchronized @Nullable Turn<?> next() {
        Turn<?> next = running.size() < atOnce ? waiting.poll() : null;
        if (next == null) {
            starting = false;
        } else {
            running.add(next);
        }
        return next;
    }

    private void ended(Turn<?> turn) {
        synchronized (this) {
            running.remove(turn);
        }
        startNext();
    }

    /** One question. */
    private record Turn<T>(Supplier<CompletionStage<T>> question, Runnable heard, CompletableFuture<T> answer) {
        Turn(Supplier<CompletionStage<T>> question, Runnable heard) {
            this(question, heard, new CompletableFuture<>());
        }

        void start(Turns turns) {
            CompletionStage<T> asked;
            try {
                asked = question.get();
            } catch (RuntimeException | Error e) {
                asked = CompletableFuture.failedFuture(e);
            }
            asked.whenComplete((result, failure) -> {
                if (failure == null) {
                    answer.complete(result);
                } else {
                    answer.completeExceptionally(failure);
                }
                turns.ended(this);
            });
        }
    }
}
