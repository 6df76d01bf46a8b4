package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.DeadLetter;
import io.github.conversations4j.DeadLetterHook;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One hook and one event that it failed on. The hook is called again, after growing pauses, until it succeeds or is given
 * up: because it was called often enough, because its lane would be held up for too long, because it was unsubscribed or
 * interrupted, or because the executor takes no work. One call at a time, each on a thread of the executor.
 */
final class HookAttempts implements Runnable {
    private final HookCaller caller;
    private final HookRetries retries;
    private final Registration hook;
    private final ConversationsEvent event;
    private final Instant limit;
    private final CompletableFuture<?> end = new CompletableFuture<>();

    // Handed from one call to the next by the scheduler.
    private Backoff pauses = HookRetries.PAUSES;
    private int calls = 1;

    HookAttempts(HookCaller caller, HookRetries retries, Registration hook, ConversationsEvent event) {
        this.caller = caller;
        this.retries = retries;
        this.hook = hook;
        this.event = event;
        this.limit = retries.surroundings().clock().instant().plus(retries.within());
    }

    /** Completes, never exceptionally, when the hook has succeeded or was given up. */
    CompletableFuture<?> end() {
        return end;
    }

    /** The last call failed. */
    void failed(Throwable failure) {
        Throwable cause = Causes.of(failure);
        Backoff.Step step = pauses.next(retries.surroundings().random());
        pauses = step.then();
        boolean inTime =
                !retries.surroundings().clock().instant().plus(step.delay()).isAfter(limit);
        if (calls <= retries.times() && inTime && hook.isActive() && !(cause instanceof InterruptedException)) {
            retries.surroundings().scheduler().schedule(() -> callAgain(cause), step.delay());
        } else {
            giveUp(cause);
        }
    }

    private void callAgain(Throwable cause) {
        try {
            retries.surroundings().executor().execute(this);
        } catch (RuntimeException | OutOfMemoryError e) {
            cause.addSuppressed(e);
            giveUp(cause);
        }
    }

    @Override
    public void run() {
        calls++;
        try {
            CompletionStage<?> stage = hook.call(event);
            if (stage == null) {
                end.complete(null);
            } else {
                stage.whenComplete((done, failure) -> {
                    if (failure == null) {
                        end.complete(null);
                    } else {
                        failed(failure);
                    }
                });
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void giveUp(Throwable cause) {
        caller.report(event, calls == 1 ? hook + " failed" : hook + " failed " + calls + " times", cause);
        DeadLetterHook deadLetters = retries.deadLetters();
        if (deadLetters != null) {
            try {
                deadLetters.on(new DeadLetter(event, hook.toString(), calls, cause));
            } catch (Throwable e) {
                caller.report(event, "the dead letter hook failed", e);
            }
        }
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        end.complete(null);
    }
}
