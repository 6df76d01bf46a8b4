package io.github.conversations4j;

import io.github.conversations4j.error.CallInterruptedException;
import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ConversationsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer of Twilio that is still to come: a {@link CompletableFuture} that can also be waited for plainly.
 *
 * <p>{@link #await()} blocks, which is fine on a virtual thread and inside a hook. Stages that depend on this future run
 * on the hook executor, never on a thread that reads from Twilio. A failure that nobody looks at (no stage depends on
 * it, nobody waits) goes to the error handler of the client.
 *
 * <p>Completing or cancelling it by hand ends the waiting and does not take back what was sent.
 *
 * @param <T> the answer; {@code Void} for commands without one, which give null
 */
public final class Deferred<T extends @Nullable Object> extends CompletableFuture<T> {
    private final Terms terms;
    private final CompletableFuture<T> answer;

    /** Whether somebody waited, asked, or made a stage depend on this. Goes to true once, on any thread. */
    private volatile boolean lookedAt;

    private Deferred(Terms terms, @Nullable CompletableFuture<T> answer) {
        this.terms = terms;
        this.answer = answer == null ? this : answer;
    }

    /** Makes a future of what the library is about to be answered. */
    static <T extends @Nullable Object> Deferred<T> of(CompletionStage<T> stage, Terms terms) {
        CompletableFuture<T> answer = stage.toCompletableFuture().copy();
        Deferred<T> deferred = new Deferred<>(terms, answer);
        // Handed over, so that what depends on it runs over there; whoever waits does so on the answer itself.
        answer.whenComplete((value, failure) -> terms.executor().execute(() -> deferred.settle(value, failure)));
        return deferred;
    }

    private void settle(T value, @Nullable Throwable failure) {
        if (failure == null) {
            super.complete(value);
            return;
        }
        Throwable cause = Failures.unwrap(failure);
        super.completeExceptionally(cause);
        if (!lookedAt) {
            // Whoever is just about to look gets a moment to do so.
            terms.later().accept(() -> {
                if (!lookedAt) {
                    terms.unseen().accept(cause);
                }
            });
        }
    }

    /**
     * Waits for the answer.
     *
     * @return the answer
     * @throws ConversationsException what went wrong, unwrapped; {@link CallTimeoutException} if the time limit of the
     *     client has passed, {@link CallInterruptedException} if the thread was interrupted, whose flag stays set. After
     *     both the outcome of a command is unknown
     */
    public T await() {
        return await(terms.timeLimit());
    }

    /**
     * Waits for the answer, with a time limit of its own.
     *
     * @param limit how long at most
     * @return the answer
     * @throws ConversationsException as {@link #await()}
     */
    public T await(Duration limit) {
        lookedAt = true;
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unchecked(Failures.unwrap(e));
        } catch (TimeoutException e) {
            throw new CallTimeoutException(
                    terms.what() + ": no answer within " + limit
                            + "; the outcome is unknown. Look again, or raise ClientOptions.timeLimit",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    terms.what() + ": interrupted while waiting for the answer; the outcome is unknown", e);
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException e
                ? e
                : new ConversationsException("the call failed: " + failure.getMessage(), failure);
    }

    @Override
    public boolean complete(T value) {
        boolean first = super.complete(value);
        return answer == this ? first : answer.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        boolean first = super.completeExceptionally(failure);
        return answer == this ? first : answer.completeExceptionally(failure);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        return answer == this ? cancelled : answer.cancel(mayInterruptIfRunning);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        lookedAt = true;
        return answer == this ? super.get() : answer.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        lookedAt = true;
        return answer == this ? super.get(timeout, unit) : answer.get(timeout, unit);
    }

    @Override
    public T join() {
        lookedAt = true;
        return answer == this ? super.join() : answer.join();
    }

    @Override
    public boolean isCompletedExceptionally() {
        lookedAt = true;
        return super.isCompletedExceptionally();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        lookedAt = true;
        return new Deferred<>(terms, null);
    }

    @Override
    public Executor defaultExecutor() {
        return terms.executor();
    }

    /**
     * What all futures of a client share, and what each is about. Immutable.
     *
     * @param what what was asked, for messages
     * @param executor runs what depends on the answer
     * @param timeLimit how long {@link #await()} waits
     * @param later runs something a moment later
     * @param unseen is told a failure that nobody looked at
     */
    record Terms(
            String what, Executor executor, Duration timeLimit, Consumer<Runnable> later, Consumer<Throwable> unseen) {}
}
