package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.OutcomeUnknownException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.realtime.session.Requests;
import io.github.conversations4j.internal.realtime.session.SessionContext;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import io.github.conversations4j.internal.realtime.sync.SyncReader;
import io.github.conversations4j.internal.threads.Causes;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all commands and queries through the tunnel share. Thread-safe.
 *
 * @param context time, chance and the lock
 * @param startup tells where things are, once that is known
 * @param requests carries requests
 * @param reader reads Sync objects
 * @param waitLimit how long a call may wait for the client to be connected
 */
record TunnelCalls(SessionContext context, Startup startup, Requests requests, SyncReader reader, Duration waitLimit) {
    private static final String MUTATION = "X-Twilio-Mutation-Id";

    /** Does something as soon as it is known where things are. */
    <T> CompletionStage<T> withAccount(String action, Function<Account, CompletionStage<T>> call) {
        CompletableFuture<Account> account =
                inside(() -> startup.accountWithin(action, waitLimit)).thenCompose(Function.identity());
        return account.thenCompose(call);
    }

    /** Looks something up inside the lock. */
    <T extends @Nullable Object> CompletableFuture<T> inside(Supplier<T> lookUp) {
        CompletableFuture<T> result = new CompletableFuture<>();
        context.exclusive().run(() -> {
            T found = lookUp.get();
            context.exclusive().after(() -> result.complete(found));
        });
        return result;
    }

    /** Reads something. */
    <T> CompletionStage<T> read(String action, String url, Function<JsonNode, T> decoder) {
        return requests.send(action, TunnelRequest.get(url)).thenApply(answer -> {
            try {
                return decoder.apply(answer);
            } catch (MalformedResourceException e) {
                throw new ConversationsException(action + ": " + e.getMessage(), e);
            }
        });
    }

    /** What a command without an answer gives: null, the only value that {@code Void} has. */
    // NullAway knows no way to say that.
    @SuppressWarnings("NullAway")
    static Void nothing(JsonNode answer) {
        return null;
    }

    /** A write that must not be carried out twice. */
    <T extends @Nullable Object> CompletionStage<T> write(
            String action, String method, String url, ObjectNode body, Function<JsonNode, T> decoder) {
        return write(action, TunnelRequest.write(method, url, body.toString(), false), newMutation(), decoder);
    }

    /** A write that does no harm when it is carried out twice. */
    <T extends @Nullable Object> CompletionStage<T> set(
            String action, String url, ObjectNode body, Function<JsonNode, T> decoder) {
        return write(action, TunnelRequest.write("POST", url, body.toString(), true), newMutation(), decoder);
    }

    /**
     * A write under a given mutation id. A service that has seen the id before answers with the address of what it did
     * then, which is read in place of the answer; an answer without one that can be read stands for itself. If the reading
     * fails, the write was carried out all the same.
     */
    <T extends @Nullable Object> CompletionStage<T> write(
            String action, TunnelRequest request, String mutationId, Function<JsonNode, T> decoder) {
        return requests.send(action, request.with(MUTATION, mutationId))
                .thenCompose(answer -> {
                    String before = answer.path("resource_url").asText();
                    return TunnelRequest.isAbsolute(before)
                            ? afterwards(action, requests.send(action, TunnelRequest.get(before)))
                            : CompletableFuture.completedFuture(answer);
                })
                .thenApply(answer -> decoded(action, answer, decoder));
    }

    /** A read that shows what a write has done; if it fails, that was done all the same. */
    static <T> CompletionStage<T> afterwards(String action, CompletionStage<T> read) {
        return read.exceptionallyCompose(failure -> CompletableFuture.failedFuture(done(action, Causes.of(failure))));
    }

    private static <T extends @Nullable Object> T decoded(
            String action, JsonNode answer, Function<JsonNode, T> decoder) {
        try {
            return decoder.apply(answer);
        } catch (MalformedResourceException e) {
            throw done(action, e);
        }
    }

    /** What was done has an outcome, whatever it is that nobody could read. */
    private static OutcomeUnknownException done(String action, Throwable failure) {
        return new OutcomeUnknownException(
                action + ": it was carried out, but " + failure.getMessage() + ". Look before trying again", failure);
    }

    private String newMutation() {
        return inside(() ->
                        new UUID(context.random().nextLong(), context.random().nextLong()).toString())
                .join();
    }

    /** What can not be done as a participant. */
    static <T> CompletionStage<T> unsupported(String action, String why) {
        return CompletableFuture.failedFuture(new UnsupportedByClientException(action, why));
    }

    static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String conversationUrl(Account account, String conversationSid, String... more) {
        StringBuilder url = new StringBuilder(account.configuration().links().conversations());
        url.append('/').append(TunnelRequest.encode(conversationSid));
        for (String segment : more) {
            url.append('/').append(TunnelRequest.encode(segment));
        }
        return url.toString();
    }

    static String myUrl(Account account, String sidOrUniqueName) {
        return account.configuration().links().myConversations() + '/' + TunnelRequest.encode(sidOrUniqueName);
    }
}
