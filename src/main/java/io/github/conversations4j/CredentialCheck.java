package io.github.conversations4j;

import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Asks Twilio whether it accepts the credentials of a back end, by reading one conversation. A refusal is final; anything
 * else (no connection, Twilio in trouble) is told through {@code onConnectionError} and tried again with growing pauses.
 * Used once; thread-safe.
 */
final class CredentialCheck {
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2);

    private final ConversationsApi api;
    private final Dispatcher dispatcher;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final CompletableFuture<Void> accepted = new CompletableFuture<>();

    CredentialCheck(
            ConversationsApi api,
            Dispatcher dispatcher,
            InstantSource clock,
            Scheduler scheduler,
            RandomGenerator random) {
        this.api = api;
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.scheduler = scheduler;
        this.random = random;
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
            if (cause instanceof AccessDeniedException) {
                accepted.completeExceptionally(cause);
                return;
            }
            EventMeta meta = EventMeta.live("connectionError", clock.instant(), EventMeta.CLIENT);
            dispatcher.dispatchAlways(new ConnectionError(meta, false, cause));
            Backoff.Step step = pauses.next(random);
            scheduler.schedule(() -> ask(step.then()), step.delay());
        });
    }
}
