package io.github.conversations4j;

import io.github.conversations4j.error.CallInterruptedException;
import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.threads.Causes;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer of Twilio that is still to come: a {@link CompletableFuture} that can also be waited for plainly.
 *
 * <p>{@link #await()} blocks, which is fine on a virtual thread and inside a hook. Stages that depend on this future run
 * on the hook executor, or on the thread that asked while it waits for something; never on a thread that reads from
 * Twilio. A failure that nobody looks at goes to the error handler of the client: nobody waited or asked, and no stage
 * took it ({@code handle}, {@code whenComplete}, {@code exceptionally}). A stage that only passes it on has not looked.
 *
 * <p>Completing or cancelling it by hand ends the waiting and does not take back what was sent.
 *
 * @param <T> the answer; {@code Void} for commands without one, which give null
 */
public final class Deferred<T extends @Nullable Object> extends CompletableFuture<T> {
    static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** How often a stage is looked for that was made when the answer was there already. */
    private static final int LOOKS = 60;

    private final String what;
    private final Answers answers;

    /** For an answer, complete as soon as that is read and with nothing of a user's depending on it; else this. */
    private final CompletableFuture<T> outcome;

    /** Who runs what depends on this while waiting; null if it is no answer. */
    private final @Nullable Thread asker;

    /** What was made to depend on this; asked whether somebody took a failure. */
    private final Queue<Deferred<?>> stages = new ConcurrentLinkedQueue<>();

    /** Whether somebody waited, asked, or took the failure. Goes to true once, on any thread. */
    private volatile boolean lookedAt;

    /** The thread that is making a stage for the library's own use. Written under the lock of this. */
    private volatile @Nullable Thread watcher;

    private Deferred(String what, Answers answers) {
        this.what = what;
        this.answers = answers;
        this.outcome = new CompletableFuture<>();
        this.asker = Thread.currentThread();
    }

    private Deferred(Deferred<?> parent) {
        this.what = parent.what;
        this.answers = parent.answers;
        this.outcome = this;
        this.asker = null;
    }

    /** Makes a future of what the library is about to be answered. */
    static <T extends @Nullable Object> Deferred<T> of(CompletionStage<T> stage, String what, Answers answers) {
        Deferred<T> deferred = new Deferred<>(what, answers);
        stage.whenComplete(deferred::answered);
        return deferred;
    }

    private void answered(T value, @Nullable Throwable failure) {
        boolean first = failure == null ? outcome.complete(value) : outcome.completeExceptionally(Causes.of(failure));
        if (first) {
            answers.arrived(this);
        }
    }

    /** Lets everything run that depends on an answer that is there. Idempotent. */
    void settle() {
        outcome.whenComplete((value, failure) -> {
            boolean first = failure == null ? super.complete(value) : super.completeExceptionally(failure);
            if (first) {
                ended();
            }
        });
    }

    boolean wasAskedBy(Thread thread) {
        return asker == thread;
    }

    /** Makes a stage that is no concern of a user's: nobody has looked at this because of it. */
    synchronized void watch(BiConsumer<? super T, ? super @Nullable Throwable> action) {
        watcher = Thread.currentThread();
        super.whenComplete(action);
        watcher = null;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        if (watcher == Thread.currentThread()) {
            return new CompletableFuture<>();
        }
        Deferred<U> stage = new Deferred<>(this);
        stages.add(stage);
        stage.watch((value, failure) -> stage.ended());
        if (super.isDone()) {
            // Then the stage is completed on the spot, which its watcher is not told.
            answers.later(() -> stage.lookForEnd(LOOKS));
        }
        return stage;
    }

    private void lookForEnd(int looks) {
        if (super.isDone()) {
            ended();
        } else if (looks > 1) {
            answers.later(() -> lookForEnd(looks - 1));
        }
    }

    /** Sees to it that a failure is reported unless somebody looks at it. */
    private void ended() {
        Throwable cause = failure();
        if (cause == null) {
            stages.clear();
        } else {
            answers.failed(what, cause, () -> isSeen(cause));
        }
    }

    /** Whether somebody looked at a failure of this, or took it in a stage, or in a stage of a stage. */
    private boolean isSeen(Throwable cause) {
        return lookedAt || stages.stream().anyMatch(stage -> stage.tookOrSaw(cause));
    }

    private boolean tookOrSaw(Throwable cause) {
        boolean passedOn = !super.isDone() || failure() == cause;
        return !passedOn || isSeen(cause);
    }

    /** What went wrong, if that is known and nobody gave up by hand. */
    private @Nullable Throwable failure() {
        try {
            super.getNow(null);
            return null;
        } catch (CompletionException e) {
            return Causes.of(e);
        } catch (CancellationException e) {
            return null;
        }
    }

    /**
     * Waits for the answer.
     *
     * @return the answer
     * @throws ConversationsException what went wrong, unwrapped; {@link CallTimeoutException} if the time limit of the
     *     client has passed, {@link CallInterruptedException} if the thread was interrupted, whose flag stays set. After
     *     both the outcome of a command is unknown
     * @throws CancellationException if it was cancelled
     */
    public T await() {
        return await(answers.timeLimit());
    }

    /**
     * Waits for the answer, with a time limit of its own.
     *
     * @param limit how long at most
     * @return the answer
     * @throws ConversationsException as {@link #await()}
     * @throws CancellationException if it was cancelled
     */
    public T await(Duration limit) {
        try {
            return waitFor(limit);
        } catch (ExecutionException e) {
            throw unchecked(Causes.of(e));
        } catch (TimeoutException e) {
            throw new CallTimeoutException(
                    what + ": no answer within " + limit
                            + "; the outcome is unknown. Look again, or raise ClientOptions.timeLimit",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    what + ": interrupted while waiting for the answer; the outcome is unknown", e);
        }
    }

    private RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException e
                ? e
                : new ConversationsException(what + " failed: " + failure.getMessage(), failure);
    }

    private T waitFor(Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
        lookedAt = true;
        if (outcome == this) {
            answers.await(this, limit);
            return super.get();
        }
        try {
            return outcome.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        } finally {
            settleIfAlone();
        }
    }

    /** Whoever waited finds this complete, unless the hook executor has something to run first. */
    private void settleIfAlone() {
        if (outcome.isDone() && getNumberOfDependents() == 0) {
            settle();
        }
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            return waitFor(FOREVER);
        } catch (TimeoutException e) {
            throw new AssertionError("for ever has passed", e);
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return waitFor(Duration.ofNanos(unit.toNanos(timeout)));
    }

    @Override
    public T join() {
        lookedAt = true;
        if (outcome == this) {
            answers.awaitUninterruptibly(this);
            return super.join();
        }
        try {
            return outcome.join();
        } finally {
            settleIfAlone();
        }
    }

    @Override
    public T getNow(T absent) {
        lookedAt = true;
        return outcome == this ? super.getNow(absent) : outcome.getNow(absent);
    }

    @Override
    public boolean complete(T value) {
        if (outcome == this) {
            return super.complete(value);
        }
        boolean first = outcome.complete(value);
        if (first) {
            super.complete(value);
        }
        return first;
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        // Whoever fails it by hand knows.
        lookedAt = true;
        if (outcome == this) {
            return super.completeExceptionally(failure);
        }
        boolean first = outcome.completeExceptionally(failure);
        if (first) {
            super.completeExceptionally(failure);
        }
        return first;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (outcome == this) {
            return super.cancel(mayInterruptIfRunning);
        }
        boolean cancelled = outcome.cancel(mayInterruptIfRunning);
        if (cancelled) {
            super.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }

    @Override
    public boolean isDone() {
        return outcome == this ? super.isDone() : outcome.isDone();
    }

    @Override
    public boolean isCancelled() {
        return outcome == this ? super.isCancelled() : outcome.isCancelled();
    }

    @Override
    public boolean isCompletedExceptionally() {
        lookedAt = true;
        return outcome == this ? super.isCompletedExceptionally() : outcome.isCompletedExceptionally();
    }

    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
        lookedAt = true;
        return super.whenComplete(action);
    }

    @Override
    public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action) {
        lookedAt = true;
        return super.whenCompleteAsync(action);
    }

    @Override
    public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action, Executor executor) {
        lookedAt = true;
        return super.whenCompleteAsync(action, executor);
    }

    @Override
    public Executor defaultExecutor() {
        return answers.executor();
    }
}
