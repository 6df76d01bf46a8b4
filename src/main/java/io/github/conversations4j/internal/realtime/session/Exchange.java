package io.github.conversations4j.internal.realtime.session;

import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.OutcomeUnknownException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request on its way and the future of its answer. Confined to the session's {@link Exclusive}. */
final class Exchange {
    final TunnelRequest request;
    final CompletableFuture<TunnelResponse> answer = new CompletableFuture<>();

    /** When it is given up: waiting to be sent, or waiting for its answer. */
    Instant deadline = Instant.MAX;

    Exchange(TunnelRequest request) {
        this.request = request;
    }

    /** Why it fails when it was never sent. */
    ConversationsException notSent(Duration limit) {
        return new CallTimeoutException(
                request.describe() + ": there was no connection for " + limit.toSeconds() + " s. Nothing was sent",
                null);
    }

    /** Why it fails when its answer did not come in time. */
    ConversationsException unanswered(Duration limit) {
        String what = request.describe() + ": no answer for " + limit.toSeconds() + " s";
        return request.repeatable()
                ? new CallTimeoutException(what, null)
                : new OutcomeUnknownException(what + ". It may have been carried out: look before trying again", null);
    }

    /** Why it fails when it was sent and can not be sent again. */
    ConversationsException cutOff(@Nullable Throwable cause) {
        String what = request.describe() + ": the connection was lost before the answer";
        return request.repeatable()
                ? new ConnectionFailedException(what, cause)
                : new OutcomeUnknownException(what + ". It may have been carried out: look before trying again", cause);
    }
}
