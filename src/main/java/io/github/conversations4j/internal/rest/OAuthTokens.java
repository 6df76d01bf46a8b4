package io.github.conversations4j.internal.rest;

import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bearer token of an OAuth client. Thread-safe; nobody blocks. Its states:
 *
 * <ul>
 *   <li>none: whoever wants it starts a fetch and waits for it
 *   <li>fresh: given at once
 *   <li>ageing, some minutes before its end: given at once, and a new one is fetched beside; if that fails it is tried
 *       again a little later
 *   <li>expired, or refused by Twilio: like none
 * </ul>
 *
 * <p>One fetch is under way at a time, and all who wait share it, its failure too; whoever comes after a failure starts
 * the next. The SDK's own keeper of tokens is tied to its static client, decodes the token (which is opaque to the client in
 * OAuth) and holds a lock for the whole process while it fetches.
 */
final class OAuthTokens {
    private static final Logger log = LoggerFactory.getLogger(OAuthTokens.class);
    private static final Duration EARLIEST = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int PART_OF_LIFE = 4;

    /**
     * A token as it was given.
     *
     * @param token the secret
     * @param life how long it is good from the moment it was asked for
     */
    record Given(String token, Duration life) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Given[token=***, life=" + life + ']';
        }
    }

    /** A token with the times of it. */
    private static final class Held {
        private final String header;
        private final Instant renewAt;
        private final Instant expiresAt;

        Held(Given given, Instant askedAt) {
            header = "Bearer " + given.token();
            expiresAt = askedAt.plus(given.life());
            Duration part = given.life().dividedBy(PART_OF_LIFE);
            renewAt = expiresAt.minus(part.compareTo(EARLIEST) < 0 ? part : EARLIEST);
        }
    }

    private final Supplier<CompletableFuture<Given>> fetch;
    private final InstantSource clock;

    // Guarded by this; nothing is called or completed under the lock.
    private @Nullable Held held;
    private @Nullable CompletableFuture<Held> fetching;
    private Instant notBefore = Instant.MIN;

    OAuthTokens(Supplier<CompletableFuture<Given>> fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = new SteadyTime(clock);
    }

    /** The value of the header {@code Authorization}, as soon as there is one. Cancelling it stops nobody else. */
    CompletableFuture<String> authorization() {
        CompletableFuture<Held> started = null;
        CompletableFuture<String> result;
        Instant now = clock.instant();
        synchronized (this) {
            Held present = held;
            boolean good = present != null && now.isBefore(present.expiresAt);
            boolean ageing = good && present != null && !now.isBefore(present.renewAt) && !now.isBefore(notBefore);
            if (fetching == null && (!good || ageing)) {
                started = new CompletableFuture<>();
                fetching = started;
            }
            if (good && present != null) {
                result = CompletableFuture.completedFuture(present.header);
            } else {
                CompletableFuture<Held> awaited = fetching;
                result = awaited == null
                        ? CompletableFuture.failedFuture(new IllegalStateException("no fetch was started"))
                        : awaited.thenApply(token -> token.header);
            }
        }
        if (started != null) {
            fetch(started, now);
        }
        return result;
    }

    private void fetch(CompletableFuture<Held> shared, Instant askedAt) {
        // As a stage of its own, so that a fetch that throws instead of failing leaves nobody waiting.
        CompletableFuture.completedFuture(askedAt)
                .thenCompose(start -> fetch.get())
                .thenApply(given -> new Held(given, askedAt))
                .whenComplete((fetched, failure) -> {
                    if (failure == null) {
                        ended(fetched, Instant.MIN);
                        log.debug("there is an OAuth token until {}", fetched.expiresAt);
                        shared.complete(fetched);
                    } else {
                        Throwable cause = Causes.of(failure);
                        ended(null, clock.instant().plus(PAUSE));
                        log.warn("no OAuth token could be fetched; the next call tries again", cause);
                        shared.completeExceptionally(cause);
                    }
                });
    }

    private synchronized void ended(@Nullable Held fetched, Instant nextNotBefore) {
        fetching = null;
        notBefore = nextNotBefore;
        if (fetched != null) {
            held = fetched;
        }
    }

    /**
     * Drops a token that Twilio refused, unless there is another one already.
     *
     * @param header as {@link #authorization} gave it
     */
    synchronized void refused(String header) {
        if (held != null && held.header.equals(header)) {
            held = null;
        }
    }
}
