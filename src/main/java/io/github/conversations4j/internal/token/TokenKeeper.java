package io.github.conversations4j.internal.token;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.TokenException;
import io.github.conversations4j.error.TokenException.Reason;
import io.github.conversations4j.internal.token.HeldToken.Phase;
import io.github.conversations4j.token.AccessToken;
import io.github.conversations4j.token.TokenProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one participant's access token fresh. It is a state machine over the token that it holds, which is one of
 *
 * <ul>
 *   <li><i>none</i>: nobody has asked yet, or no call of the token function has succeeded. Whoever asks waits for the next
 *       call to end.
 *   <li><i>fresh</i>: given out at once.
 *   <li><i>to be refreshed soon</i> (five minutes before its end, or in the last quarter of a short life): given out at
 *       once, while a call for the next one runs or waits for its turn. {@code aboutToExpire} is told when this begins.
 *   <li><i>must be refreshed</i> (in the last half minute): whoever asks waits for the call that is running, and gets the
 *       old token after all if that one fails, or if none is running because the last one did.
 *   <li><i>expired</i>, by the clock, or because the server said that it has or refused it: never given out again. Whoever
 *       asks waits for the next call to end. {@code expired} is told, unless it was refused.
 * </ul>
 *
 * <p>Any of them becomes fresh when a new token comes, from a call or from {@link #offer}: one that lives long enough to be
 * of use, is not the former one, and belongs to the same identity. Anything else counts as a failed call. A text that is
 * no readable token is fresh until the server says otherwise.
 *
 * <p>How the next one is got, one call at a time and with growing pauses after failures, is the state machine of
 * {@code TokenFetch}. It is started
 *
 * <ul>
 *   <li>at once, with short pauses again, when a token is to be refreshed, or the server warns of or ends one that has
 *       lived for half its life or for five minutes;
 *   <li>after a pause, and with pauses going on to grow, when the server refuses a token or ends a <i>younger</i> one:
 *       another one would probably go the same way. Of a warning about a younger one nothing comes but the event; whoever
 *       mints tokens that live for two minutes is warned of each as soon as it is used, and our own timer is right.
 * </ul>
 *
 * <p>So a client that is offline and asks at each of its reconnects, and one whose tokens are all refused, never become a
 * storm of requests.
 *
 * <p>After {@link #close} nothing is called or given out any more, and whoever waits gets an exception. What a call brings
 * after its time limit is lost, since another call may be under way.
 *
 * <p>Thread-safe. The token function is called on the given executor. Listener and waiting stages are called on whatever
 * thread brought the news (the scheduler's, the function's, or the caller of one of these methods), never under a lock.
 */
public final class TokenKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TokenKeeper.class);

    private final TokenListener listener;
    private final RefreshPolicy policy;
    private final Surroundings surroundings;
    private final Turns turns = new Turns();

    // Read and written only in turns.
    private final TokenFetch fetch;
    private @Nullable HeldToken held;
    private @Nullable Alarm lifeTimer;
    private @Nullable String identity;
    private CompletableFuture<AccessToken> next = new CompletableFuture<>();
    private boolean closed;

    /**
     * What a keeper needs from the client.
     *
     * @param clock tells which tokens have expired
     * @param scheduler runs timers
     * @param random spreads refreshes and pauses
     * @param executor calls the token function, which blocks
     */
    public record Surroundings(InstantSource clock, Scheduler scheduler, RandomGenerator random, Executor executor) {}

    /**
     * Makes a keeper, which does nothing until it is asked.
     *
     * @param provider the token function
     * @param listener hears what happens
     * @param policy when to refresh
     * @param surroundings clock, timers, chance and threads
     */
    public TokenKeeper(
            TokenProvider provider, TokenListener listener, RefreshPolicy policy, Surroundings surroundings) {
        this.listener = listener;
        this.policy = policy;
        this.surroundings = surroundings;
        this.fetch = new TokenFetch(provider, policy, surroundings, turns, this::fetched);
    }

    /**
     * Asks for a token to connect with.
     *
     * @return the token, now or when there is one; fails with a {@link TokenException} if the call that it waits for does,
     *     or with a {@link ClientClosedException}. Asking again after a failure is right, and paced by this class
     */
    public CompletionStage<AccessToken> current() {
        return turns.decide(() -> closed ? CompletableFuture.failedStage(closedException()) : ask());
    }

    private CompletionStage<AccessToken> ask() {
        HeldToken token = held;
        if (token == null) {
            fetch.callIfIdle();
            return next.minimalCompletionStage();
        }
        lookAtClock(token);
        Phase phase = token.phase(now());
        boolean wait = phase == Phase.EXPIRED || phase == Phase.MUST_REFRESH && fetch.isCalling();
        return wait ? next.minimalCompletionStage() : CompletableFuture.completedStage(token.token());
    }

    /**
     * The server warned that a token is about to expire.
     *
     * @param token the one that the server knows; a warning about another one than the latest means nothing any more
     */
    public void aboutToExpire(AccessToken token) {
        ifInUse(token, current -> {
            warn(current);
            if (!current.isYoung(now())) {
                fetch.startOver();
            } else if (!current.isReadable()) {
                fetch.pauseIfIdle();
            }
        });
    }

    /**
     * The server ended the connection because a token has expired.
     *
     * @param token the one that the server knows; news about another one than the latest mean nothing any more
     */
    public void expired(AccessToken token) {
        ifInUse(token, current -> {
            boolean young = current.isYoung(now());
            expire(current);
            if (young) {
                fetch.pauseIfIdle();
            } else {
                fetch.startOver();
            }
        });
    }

    /**
     * The server refused a token.
     *
     * @param token the one that it refused; news about another one than the latest mean nothing any more
     * @param reason the server's words and code
     */
    public void refused(AccessToken token, String reason) {
        ifInUse(token, current -> {
            current.end();
            fetch.pauseIfIdle();
            tell(
                    new TokenException(
                            Reason.REFUSED,
                            "Twilio refused the one of \"" + token.identity() + "\" with: " + reason
                                    + ". Do account, API key, secret, service and region that it is made with belong together?"));
        });
    }

    /**
     * Takes a token that the application brings by itself.
     *
     * @param text the token; the one that is in use changes nothing
     * @throws TokenException if it is of no use
     * @throws ClientClosedException if the keeper is closed
     */
    public void offer(String text) {
        turns.take(() -> {
            if (closed) {
                throw closedException();
            }
            HeldToken current = held;
            if (current == null || current.isDead() || !current.token().text().equals(text.strip())) {
                accept(check().read(text));
            }
        });
    }

    /** Stops all timers, interrupts the token function and fails whoever waits. Idempotent. */
    @Override
    public void close() {
        turns.take(() -> {
            closed = true;
            stopLifeTimer();
            fetch.stop();
            settle(waiting -> waiting.completeExceptionally(closedException()));
        });
    }

    private void ifInUse(AccessToken token, Consumer<HeldToken> decision) {
        turns.take(() -> {
            HeldToken current = held;
            if (!closed
                    && current != null
                    && !current.isDead()
                    && current.token().equals(token)) {
                decision.accept(current);
            }
        });
    }

    // All below is done in turns.

    private Instant now() {
        return surroundings.clock().instant();
    }

    /** Does what the clock asks for, whether a timer noticed or somebody who came by before it. */
    private void lookAtClock(HeldToken token) {
        Phase phase = token.phase(now());
        if (phase == Phase.FRESH) {
            return;
        }
        if (phase == Phase.EXPIRED) {
            expire(token);
        } else {
            warn(token);
        }
        fetch.startOver();
    }

    private void watch(HeldToken token) {
        Duration untilChange = token.untilChange(now());
        if (untilChange != null) {
            lifeTimer = new Alarm(turns, surroundings.scheduler(), untilChange, () -> {
                lookAtClock(token);
                watch(token);
            });
        }
    }

    private void stopLifeTimer() {
        if (lifeTimer != null) {
            lifeTimer.stop();
        }
    }

    private void warn(HeldToken token) {
        if (token.warn()) {
            turns.thenCall(() -> listener.aboutToExpire(token.token()));
        }
    }

    private void expire(HeldToken token) {
        if (token.end()) {
            turns.thenCall(() -> listener.expired(token.token()));
        }
    }

    private void tell(TokenException cause) {
        log.warn("{}", cause.getMessage());
        turns.thenCall(() -> listener.failed(cause));
    }

    private TokenCheck check() {
        HeldToken former = held;
        return new TokenCheck(now(), policy.backoff().base(), former == null ? null : former.token(), identity);
    }

    private void fetched(@Nullable String text, @Nullable TokenException failure) {
        if (failure != null) {
            goWithout(failure);
            return;
        }
        try {
            accept(check().read(text));
        } catch (TokenException unusable) {
            goWithout(unusable);
        }
    }

    private void goWithout(TokenException reason) {
        fetch.pauseIfIdle();
        tell(reason);
        HeldToken token = held;
        if (token != null && token.phase(now()) != Phase.EXPIRED) {
            settle(waiting -> waiting.complete(token.token()));
        } else {
            settle(waiting -> waiting.completeExceptionally(reason));
        }
    }

    private void accept(AccessToken token) {
        boolean replaces = held != null;
        HeldToken taken =
                new HeldToken(token, now(), policy.lead(), surroundings.random().nextDouble());
        held = taken;
        identity = identity == null ? token.identity() : identity;
        fetch.endPause();
        stopLifeTimer();
        watch(taken);
        settle(waiting -> waiting.complete(token));
        if (replaces) {
            turns.thenCall(() -> listener.renewed(token));
        }
    }

    private void settle(Consumer<CompletableFuture<AccessToken>> how) {
        CompletableFuture<AccessToken> waiting = next;
        next = new CompletableFuture<>();
        turns.thenCall(() -> how.accept(waiting));
    }

    private static ClientClosedException closedException() {
        return new ClientClosedException("get an access token");
    }
}
