package io.github.conversations4j;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.Surroundings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Twilio whether it accepts the credentials of a back end, by reading one conversation. A refusal is final, and so is
 * an answer that is not Twilio's, as from a wrong base URL. Anything else (no connection, Twilio in trouble) is logged once,
 * told through {@code onConnectionError} each time, and tried again with growing pauses. Used once; thread-safe.
 */
final class CredentialCheck {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialCheck.class);
    private static final int TIMED_OUT = 408;
    private static final int SERVER_ERROR = 500;
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2);

    private final ConversationsApi api;
    private final Dispatcher dispatcher;
    private final Surroundings surroundings;
    private final CompletableFuture<Void> accepted = new CompletableFuture<>();

    /** How often nobody could be asked. */
    private final AtomicInteger failures = new AtomicInteger();

    CredentialCheck(ConversationsApi api, Dispatcher dispatcher, Surroundings surroundings) {
        this.api = api;
        this.dispatcher = dispatcher;
        this.surroundings = surroundings;
    }

    /**
     * Begins to ask.
     *
     * @return completes when the credentials were accepted, fails when they were refused
     */
    CompletionStage<Void> run() {
        ask(PAUSES);
        return accepted;
    }

    /** Asks no more. */
    void stop() {
        accepted.cancel(false);
    }

    private void ask(Backoff pauses) {
        if (accepted.isDone()) {
            return;
        }
        api.conversations().list(PageRequest.first(1)).whenComplete((page, failure) -> {
            if (failure == null) {
                accepted.complete(null);
                return;
            }
            Throwable cause = Causes.of(failure);
            if (isFinal(cause)) {
                accepted.completeExceptionally(explained(cause));
            } else {
                askLater(cause, pauses.next(surroundings.random()));
            }
        });
    }

    /** Whether asking again would bring the same answer. */
    private static boolean isFinal(Throwable cause) {
        return cause instanceof TwilioApiException refusal
                && !(cause instanceof RateLimitedException)
                && refusal.status() != TIMED_OUT
                && refusal.status() < SERVER_ERROR;
    }

    /** What is not found is none of the things that somebody asked for, so the message has to say what it was. */
    private static Throwable explained(Throwable cause) {
        return cause instanceof NotFoundException missing
                ? new NotFoundException(
                        "start (are the service SID of the credentials and the base URL right?)", missing.error())
                : cause;
    }

    private void askLater(Throwable cause, Backoff.Step step) {
        int number = failures.incrementAndGet();
        if (number == 1) {
            LOG.warn("Twilio cannot be asked whether it accepts the credentials; the client goes on asking", cause);
        }
        EventMeta meta =
                EventMeta.live("credentials-" + number, surroundings.clock().instant(), EventMeta.CLIENT);
        dispatcher.dispatchAlways(new ConnectionError(meta, false, cause));
        surroundings.scheduler().schedule(() -> ask(step.then()), step.delay());
    }
}
