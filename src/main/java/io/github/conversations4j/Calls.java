package io.github.conversations4j;

import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.DirectConversations;
import io.github.conversations4j.internal.commands.MediaLinks;
import io.github.conversations4j.internal.commands.Turns;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all commands and queries of one client share: the way to Twilio, futures for users, pages, and the turns in which
 * changes of one thing are made. Thread-safe.
 */
final class Calls {
    private static final int LARGEST_PAGE = 100;

    private final ClientRuntime runtime;
    private final Supplier<@Nullable ConversationsApi> way;
    private final Turns turns = new Turns();
    private final Outbox outbox;
    private final MediaLinks links;
    private final Chats chats;

    Calls(ClientRuntime runtime, Supplier<@Nullable ConversationsApi> way, OwnMessages own) {
        this.runtime = runtime;
        this.way = way;
        this.outbox = new Outbox(runtime, this, own);
        this.links = new MediaLinks(runtime.clock());
        this.chats = new Chats(runtime, this);
    }

    /**
     * The way to Twilio.
     *
     * @throws UnsupportedByClientException if this client has none
     */
    ConversationsApi api() {
        ConversationsApi api = way.get();
        if (api == null) {
            runtime.requireOpen("call Twilio");
            throw new UnsupportedByClientException(
                    "call Twilio", "this client has neither REST credentials nor a realtime session");
        }
        return api;
    }

    Turns turns() {
        return turns;
    }

    MediaLinks links() {
        return links;
    }

    DirectConversations directConversations(ConversationsApi api) {
        return new DirectConversations(api, turns, runtime.threads().scheduler());
    }

    /** The identity given, and without one that of the user of this client, as soon as it is known. */
    CompletionStage<String> identity(@Nullable String given) {
        return given == null ? runtime.identity() : CompletableFuture.completedFuture(given);
    }

    Outbox outbox() {
        return outbox;
    }

    Chats chats() {
        return chats;
    }

    /**
     * Asks something.
     *
     * @param what what is asked, for messages
     * @param question asks it; that this kind of client can not answer counts as an answer
     */
    <T extends @Nullable Object> Deferred<T> ask(
            String what, Function<ConversationsApi, ? extends CompletionStage<T>> question) {
        CompletionStage<T> answer;
        try {
            answer = question.apply(api());
        } catch (UnsupportedByClientException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return runtime.deferred(what, answer);
    }

    /** Asks for the first page of a list. */
    <T> Deferred<Page<T>> page(
            String what,
            int pageSize,
            BiFunction<ConversationsApi, PageRequest, ? extends CompletionStage<Slice<T>>> list) {
        Arguments.range("page size", 1, LARGEST_PAGE, pageSize);
        return page(what, PageRequest.first(pageSize), list);
    }

    private <T> Deferred<Page<T>> page(
            String what,
            PageRequest request,
            BiFunction<ConversationsApi, PageRequest, ? extends CompletionStage<Slice<T>>> list) {
        return ask(
                what,
                api -> list.apply(api, request)
                        .thenApply(slice -> new Page<>(slice, token -> page(what, request.after(token), list))));
    }
}
