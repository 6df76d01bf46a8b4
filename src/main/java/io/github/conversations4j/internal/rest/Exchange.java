package io.github.conversations4j.internal.rest;

import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.TooManyWritesException;
import io.github.conversations4j.internal.rest.WriteLimiter.Entry;
import io.github.conversations4j.internal.threads.Causes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call with its repeats. Thread-safe. Its states:
 *
 * <ul>
 *   <li>in line: it waits for its turn, if it is a write, then for a token, if one has to be fetched. Nothing is on the
 *       wire; goes on to attempting
 *   <li>attempting: a request is in OkHttp's queue, being sent, or being answered. An answer that is worth a repeat, or a
 *       failure that is, moves to waiting; a token that is refused for the first time back into line; anything else to done
 *   <li>waiting: the scheduler will put it in line again. Nothing is on the wire
 *   <li>done: the result is complete, timers and calls are cancelled. Whatever still comes is dropped
 * </ul>
 *
 * <p>Time limit, cancellation of the result and closing lead to done from anywhere. A read is repeated after a broken
 * connection, a missing answer and the statuses 408, 429 and 5xx; a write after 429, which means that nothing was done, and
 * after a failure to connect, when not a byte of it was written. Whoever asked may not want it repeated after 429. A write
 * that was sent and whose answer did not come ends as outcome unknown, in whatever way it ends.
 */
final class Exchange implements Callback {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    /** How long the line of a write stands still after a 429 that does not say how long, and at most. */
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Exchanges owner;
    private final Outgoing outgoing;
    private final Instant deadline;
    private final CompletableFuture<Answer> result = new CompletableFuture<>();

    // Guarded by this; the result is completed outside of the lock.
    private boolean done;
    private RetryPolicy policy;
    private @Nullable Call call;
    private @Nullable Attempt attempt;
    private @Nullable Cancellable timeLimit;
    private @Nullable Cancellable repeat;
    private @Nullable Cancellable turn;
    private boolean isRepeat;
    private boolean tokenRenewed;

    Exchange(Exchanges owner, Outgoing outgoing, RetryPolicy policy) {
        this.owner = owner;
        this.outgoing = outgoing;
        this.policy = policy;
        this.deadline = owner.steadyNow().plus(outgoing.limit());
    }

    CompletableFuture<Answer> start() {
        result.whenComplete((answer, failure) -> finish());
        Cancellable limit = owner.schedule(
                () -> abort(new CallTimeoutException(
                        outgoing.action() + ": no answer from " + outgoing.origin() + " within " + outgoing.limit()
                                + ", repeats included",
                        null)),
                outgoing.limit());
        synchronized (this) {
            timeLimit = limit;
        }
        getInLine();
        return result;
    }

    private void getInLine() {
        boolean again;
        synchronized (this) {
            if (done) {
                return;
            }
            again = isRepeat;
            repeat = null;
        }
        try {
            Cancellable place = owner.limiter()
                    .line(new Entry(outgoing.action(), outgoing.writeKey(), again, deadline), this::authorize);
            synchronized (this) {
                turn = place;
                if (done) {
                    place.cancel();
                }
            }
        } catch (TooManyWritesException refused) {
            result.completeExceptionally(refused);
        }
    }

    private void authorize() {
        OAuthTokens tokens = owner.tokens();
        if (tokens == null || !outgoing.needsCredentials()) {
            attempt(null);
            return;
        }
        tokens.authorization().whenComplete((authorization, failure) -> {
            if (failure == null) {
                attempt(authorization);
            } else {
                result.completeExceptionally(Causes.of(failure));
            }
        });
    }

    private void attempt(@Nullable String authorization) {
        Call next;
        synchronized (this) {
            if (done) {
                return;
            }
            owner.tally().sent(isRepeat);
            isRepeat = true;
            attempt = new Attempt(authorization);
            next = owner.newCall(
                    outgoing.request().newBuilder().tag(Attempt.class, attempt).build());
            call = next;
        }
        next.enqueue(this);
    }

    @Override
    public void onResponse(Call answered, Response response) {
        Attempt current = attemptOf(answered);
        try {
            Answer answer = Answer.read(response, current, owner.maxAnswerBytes());
            if (answer.status() == 429) {
                refusedForItsRate(answer.retryAfter(owner.now()));
            }
            if (answer.status() == 401 && isTokenRenewed(current)) {
                authorize();
            } else if (!isWorthARepeat(answer.status())
                    || !repeatAfter(answer.retryAfter(owner.now()), "HTTP " + answer.status())) {
                result.complete(answer);
            }
        } catch (IOException e) {
            failed(current, e, response.code());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private void refusedForItsRate(@Nullable Duration retryAfter) {
        owner.tally().tooMany();
        Duration pause = retryAfter == null ? SHORT_PAUSE : retryAfter;
        owner.limiter().pause(outgoing.writeKey(), pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    /** Gives a refused token up, once: nothing was done with it, so a write may go out again too. */
    private boolean isTokenRenewed(Attempt refused) {
        OAuthTokens tokens = owner.tokens();
        String authorization = refused.authorization();
        if (tokens == null || authorization == null) {
            return false;
        }
        synchronized (this) {
            if (done || tokenRenewed) {
                return false;
            }
            tokenRenewed = true;
            attempt = null;
            call = null;
        }
        tokens.refused(authorization);
        return true;
    }

    @Override
    public void onFailure(Call failed, IOException e) {
        failed(attemptOf(failed), e, 0);
    }

    private static Attempt attemptOf(Call call) {
        Attempt attempt = call.request().tag(Attempt.class);
        if (attempt == null) {
            throw new IllegalStateException("a call without its attempt");
        }
        return attempt;
    }

    private void failed(Attempt failed, IOException e, int status) {
        Failures failures = new Failures(outgoing, owner.attemptTimeout());
        boolean tooLarge = e instanceof Answer.TooLargeException;
        boolean harmless = outgoing.isRead() || !failed.wasSent();
        if (harmless && !tooLarge && repeatAfter(null, e.getClass().getSimpleName())) {
            return;
        }
        result.completeExceptionally(failures.of(e, failed.wasSent(), status));
    }

    private boolean isWorthARepeat(int status) {
        return status == 429 && outgoing.repeatedAfter429()
                || outgoing.isRead() && (status == 408 || status >= 500 && status != 501);
    }

    /** Plans the next attempt; false if there is none, or if it would come after the time limit. */
    private boolean repeatAfter(@Nullable Duration retryAfter, String why) {
        Duration delay;
        synchronized (this) {
            Optional<RetryPolicy.Step> step = owner.next(policy, retryAfter);
            if (done
                    || step.isEmpty()
                    || !owner.steadyNow().plus(step.get().delay()).isBefore(deadline)) {
                return false;
            }
            delay = step.get().delay();
            policy = step.get().then();
            attempt = null;
            call = null;
            repeat = owner.schedule(this::getInLine, delay);
        }
        log.warn("{}: {}, sending again in {}", outgoing.action(), why, delay);
        return true;
    }

    /** Gives the call up, wherever it stands. */
    void abort(ConversationsException reason) {
        Call running;
        Attempt open;
        synchronized (this) {
            done = true;
            running = call;
            open = attempt;
        }
        boolean maybeDone = open != null && !open.abandon() && !outgoing.isRead();
        result.completeExceptionally(maybeDone ? Failures.unknown(outgoing.action(), reason) : reason);
        if (running != null) {
            running.cancel();
        }
    }

    void abortBecauseClosed() {
        abort(new ClientClosedException(outgoing.action()));
    }

    /** Runs once, when the result is complete, in whatever way. */
    private void finish() {
        Call running;
        synchronized (this) {
            done = true;
            running = call;
            cancel(timeLimit);
            cancel(repeat);
            cancel(turn);
        }
        owner.forget(this);
        if (running != null && result.isCancelled()) {
            running.cancel();
        }
    }

    private static void cancel(@Nullable Cancellable timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
