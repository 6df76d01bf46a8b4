package io.github.conversations4j.internal.realtime.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.OutcomeUnknownException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.api.Refusals;
import io.github.conversations4j.internal.json.ErrorBody;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Requests whose failures are exceptions, and which are tried again where that is right: three times in all, one and two
 * seconds apart, reads after an overload or a passing failure of the server, writes only when the server did not take
 * them on. Thread-safe.
 */
public final class Requests {
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final int TRIES = 3;
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4), 0.2);

    private final Session session;
    private final SessionContext context;
    private final Timers retries;

    /**
     * Requests over a session.
     *
     * @param session carries them
     * @param context its context
     */
    public Requests(Session session, SessionContext context) {
        this.session = session;
        this.context = context;
        this.retries = new Timers(context);
    }

    /** Waits no longer before it tries again: the session is closed, and everybody shall hear that now. */
    public void close() {
        context.exclusive().run(retries::runNow);
    }

    /**
     * Sends a request.
     *
     * @param action what it does, with the value that matters, for messages
     * @param request the request
     * @return the body of the answer; fails with an exception of the {@code error} package
     */
    public CompletionStage<JsonNode> send(String action, TunnelRequest request) {
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        attempt(new Call(action, request, result), 1, PAUSES);
        return result;
    }

    private record Call(String action, TunnelRequest request, CompletableFuture<JsonNode> result) {}

    private void attempt(Call call, int number, Backoff pauses) {
        session.request(call.request()).whenComplete((response, failure) -> {
            if (failure != null) {
                call.result().completeExceptionally(failure);
            } else if (response.isSuccess()) {
                call.result().complete(response.body());
            } else {
                refused(call, response, number, pauses);
            }
        });
    }

    private void refused(Call call, TunnelResponse response, int number, Backoff pauses) {
        ApiError error = error(response);
        boolean notTakenOn = Refusals.isRateLimit(error);
        if (number < TRIES && (notTakenOn || call.request().repeatable() && PASSING.contains(error.status()))) {
            context.exclusive().run(() -> {
                Backoff.Step step = pauses.next(context.random());
                retries.later(
                        step.delay(), () -> context.exclusive().after(() -> attempt(call, number + 1, step.then())));
            });
            return;
        }
        TwilioApiException refusal = Refusals.of(call.action(), error, null);
        boolean unknown = !call.request().repeatable() && error.status() >= 500;
        call.result()
                .completeExceptionally(
                        unknown
                                ? new OutcomeUnknownException(
                                        refusal.getMessage()
                                                + ". It may have been carried out: look before trying again",
                                        refusal)
                                : refusal);
    }

    /**
     * What a refusal says.
     *
     * @param response an answer without success
     * @return its status and whatever its body tells
     */
    public static ApiError error(TunnelResponse response) {
        ApiError said = ErrorBody.read(response.status(), response.body(), null);
        return said.message() != null
                ? said
                : new ApiError(said.status(), said.code(), response.reason(), said.moreInfo(), null);
    }
}
