package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.DeadLetter;
import io.github.conversations4j.DeadLetterHook;
import io.github.conversations4j.internal.hooks.Lane.Work;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One hook and one event that it failed on. The hook is called again, after growing pauses, until it succeeds or is given
 * up: because it was called often enough, because its lane would be held up for too long, because it was unsubscribed or
 * interrupted, or because its event is abandoned, which makes no dead letter of it. One call at a time, each on a thread of
 * the executor, which is waited for as long as it takes no work: the threads that wait are not made for hooks.
 */
final class HookAttempts {
    private final HookCaller caller;
    private final HookRetries how;
    private final Lanes lanes;
    private final Surroundings surroundings;
    private final Registration hook;
    private final Work work;
    private final Instant limit;
    private final CompletableFuture<?> end = new CompletableFuture<>();

    // Handed from one step to the next by scheduler and executor.
    private Backoff pauses = HookThreads.PAUSES;
    private int calls = 1;

    HookAttempts(HookCaller caller, Means means, Registration hook, Work work) {
        this.caller = caller;
        this.how = means.how();
        this.lanes = means.lanes();
        this.surroundings = means.surroundings();
        this.hook = hook;
        this.work = work;
        this.limit = surroundings.clock().instant().plus(how.within());
    }

    /** Completes, never exceptionally, when the hook has succeeded or was given up. */
    CompletableFuture<?> end() {
        return end;
    }

    /** The last call threw; to be told where hooks run. */
    void threw(Throwable failure) {
        Throwable cause = Causes.of(failure);
        if (!willCallAgain(cause)) {
            giveUp(cause);
        }
    }

    /** The stage of the last call failed; may be told anywhere. */
    void stageFailed(Throwable failure) {
        Throwable cause = Causes.of(failure);
        if (!willCallAgain(cause)) {
            proceed(() -> giveUp(cause));
        }
    }

    private boolean willCallAgain(Throwable cause) {
        Duration pause = nextPause();
        boolean inTime = !surroundings.clock().instant().plus(pause).isAfter(limit);
        boolean again = calls <= how.times() && inTime && isWanted() && !(cause instanceof InterruptedException);
        if (again) {
            surroundings.scheduler().schedule(() -> proceed(() -> callAgain(cause)), pause);
        }
        return again;
    }

    private boolean isWanted() {
        return hook.isActive() && !lanes.isAbandoned(work);
    }

    private Duration nextPause() {
        Backoff.Step step = pauses.next(surroundings.random());
        pauses = step.then();
        return step.delay();
    }

    /** Goes on where hooks run, as soon as there is a thread for it. */
    private void proceed(Runnable step) {
        if (lanes.beside(Lanes.keyOf(work.event()), step)) {
            return;
        }
        if (lanes.isAbandoned(work)) {
            end.complete(null);
        } else {
            surroundings.scheduler().schedule(() -> proceed(step), nextPause());
        }
    }

    private void callAgain(Throwable before) {
        if (!isWanted()) {
            giveUp(before);
            return;
        }
        calls++;
        try {
            CompletionStage<?> stage = hook.call(work.event());
            if (stage == null) {
                end.complete(null);
            } else {
                stage.whenComplete((done, failure) -> {
                    if (failure == null) {
                        end.complete(null);
                    } else {
                        stageFailed(failure);
                    }
                });
            }
        } catch (Throwable e) {
            threw(e);
        }
    }

    private void giveUp(Throwable cause) {
        caller.report(work.event(), calls == 1 ? hook + " failed" : hook + " failed " + calls + " times", cause);
        DeadLetterHook deadLetters = how.deadLetters();
        if (deadLetters != null && !lanes.isAbandoned(work)) {
            try {
                deadLetters.on(new DeadLetter(work.event(), hook.toString(), calls, cause));
            } catch (Throwable e) {
                caller.report(work.event(), "the dead letter hook failed", e);
            }
        }
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        end.complete(null);
    }

    /**
     * By what hooks are called again.
     *
     * @param how when, and how often
     * @param lanes where
     * @param surroundings what waits
     */
    record Means(HookRetries how, Lanes lanes, Surroundings surroundings) {}
}
