package io.github.conversations4j.internal.token;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.error.TokenException;
import io.github.conversations4j.error.TokenException.Reason;
import io.github.conversations4j.token.TokenProvider;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One call of the token function with a time limit. Ends exactly once, with what the function returned or with why there
 * is nothing; a call that is overdue is interrupted and what it still brings is dropped. Thread-safe.
 */
final class ProviderCall {
    /** Where a call ends; called on the function's thread, or on the scheduler's when time is up. */
    interface End {
        void ended(ProviderCall call, @Nullable String text, @Nullable TokenException failure);
    }

    private final FutureTask<@Nullable String> task;
    private final AtomicInteger running;
    private final End end;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Cancellable limit;

    /**
     * Prepares a call.
     *
     * @param running counts the calls that have not returned, overdue ones included
     */
    ProviderCall(TokenProvider provider, AtomicInteger running, End end) {
        this.running = running;
        this.end = end;
        this.task = new FutureTask<>(() -> counted(provider)) {
            @Override
            protected void done() {
                if (!isCancelled()) {
                    returned(this);
                }
            }
        };
    }

    /** Starts it; nothing is called on this thread unless the executor does so. */
    void start(Executor executor, Scheduler scheduler, Duration callLimit) {
        limit = scheduler.schedule(() -> overdue(callLimit), callLimit);
        if (ended.get()) {
            stop();
            return;
        }
        try {
            executor.execute(task);
        } catch (RejectedExecutionException rejected) {
            end(null, new TokenException(Reason.FETCH_FAILED, "no thread to call the token function on", rejected));
        }
    }

    /** Ends it without a word, interrupting the function; also if it has not been started yet. */
    void abandon() {
        if (ended.compareAndSet(false, true)) {
            stop();
        }
    }

    private @Nullable String counted(TokenProvider provider) throws Exception {
        running.incrementAndGet();
        try {
            return provider.fetchToken();
        } finally {
            running.decrementAndGet();
        }
    }

    private void returned(FutureTask<@Nullable String> finished) {
        try {
            end(finished.get(), null);
        } catch (ExecutionException thrown) {
            end(null, failure(thrown.getCause()));
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }

    private static TokenException failure(@Nullable Throwable cause) {
        return new TokenException(
                Reason.FETCH_FAILED, "the token function failed with " + cause + "; it will be called again", cause);
    }

    private void overdue(Duration callLimit) {
        end(
                null,
                new TokenException(
                        Reason.FETCH_TIMED_OUT,
                        "the token function did not return within " + callLimit
                                + " and was interrupted; give its request a shorter time limit"));
    }

    private void end(@Nullable String text, @Nullable TokenException failure) {
        if (ended.compareAndSet(false, true)) {
            stop();
            end.ended(this, text, failure);
        }
    }

    private void stop() {
        Cancellable timer = limit;
        if (timer != null) {
            timer.cancel();
        }
        task.cancel(true);
    }
}
