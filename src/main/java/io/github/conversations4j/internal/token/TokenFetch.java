package io.github.conversations4j.internal.token;

import io.github.conversations4j.error.TokenException;
import io.github.conversations4j.error.TokenException.Reason;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.token.TokenKeeper.Surroundings;
import io.github.conversations4j.token.TokenProvider;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gets the next token: a state machine that is <i>idle</i>, <i>calling</i> the token function, or <i>pausing</i> before it
 * calls again. Never two of these, so that all who wait share one call, and nothing leads from pausing to calling but the
 * end of the pause: asking more often asks the token server no more often.
 *
 * <p>The pauses grow until {@link #startOver} is called, which is for a token that served its time. Used only in the turns
 * of its keeper.
 */
final class TokenFetch {
    /** Calls that ignore their interrupt pile up threads; with this many of them no further one is made. */
    private static final int MAX_UNRETURNED = 3;

    /** Hears in a turn how a call ended; one of the two is null, or both if the token function returned null. */
    interface Outcome {
        void fetched(@Nullable String text, @Nullable TokenException failure);
    }

    private final TokenProvider provider;
    private final RefreshPolicy policy;
    private final Surroundings surroundings;
    private final Turns turns;
    private final Outcome outcome;
    private final AtomicInteger unreturned = new AtomicInteger();

    // At most one of the two is there.
    private @Nullable ProviderCall call;
    private @Nullable Alarm pause;

    private Backoff backoff;

    TokenFetch(TokenProvider provider, RefreshPolicy policy, Surroundings surroundings, Turns turns, Outcome outcome) {
        this.provider = provider;
        this.policy = policy;
        this.surroundings = surroundings;
        this.turns = turns;
        this.outcome = outcome;
        this.backoff = policy.backoff();
    }

    boolean isCalling() {
        return call != null;
    }

    private boolean isIdle() {
        return call == null && pause == null;
    }

    /** From idle to calling. */
    void callIfIdle() {
        if (!isIdle()) {
            return;
        }
        if (unreturned.get() >= MAX_UNRETURNED) {
            String why = unreturned
                    + " calls of the token function have not returned; before one does it is not called again";
            outcome.fetched(null, new TokenException(Reason.FETCH_TIMED_OUT, why));
            return;
        }
        ProviderCall started = new ProviderCall(provider, unreturned, this::ended);
        call = started;
        turns.thenCall(() -> started.start(surroundings.executor(), surroundings.scheduler(), policy.callLimit()));
    }

    /** From idle to calling, with short pauses again if that should fail. */
    void startOver() {
        if (isIdle()) {
            backoff = policy.backoff();
            callIfIdle();
        }
    }

    /** From idle to pausing. */
    void pauseIfIdle() {
        if (isIdle()) {
            Backoff.Step step = backoff.next(surroundings.random());
            backoff = step.then();
            pause = new Alarm(turns, surroundings.scheduler(), step.delay(), () -> {
                pause = null;
                callIfIdle();
            });
        }
    }

    /** From pausing to idle, because there is a token by other means; a call that is under way goes on. */
    void endPause() {
        Alarm ended = pause;
        if (ended != null) {
            pause = null;
            ended.stop();
        }
    }

    /** To idle from wherever it is; a call is interrupted and its outcome dropped. */
    void stop() {
        endPause();
        ProviderCall abandoned = call;
        if (abandoned != null) {
            call = null;
            abandoned.abandon();
        }
    }

    private void ended(ProviderCall which, @Nullable String text, @Nullable TokenException failure) {
        turns.take(() -> {
            // It is another one if this one was given up while it was on its way here.
            if (which == call) {
                call = null;
                outcome.fetched(text, failure);
            }
        });
    }
}
