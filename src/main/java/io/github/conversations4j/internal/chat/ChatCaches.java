package io.github.conversations4j.internal.chat;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.internal.api.CallLimit;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.PageWalk;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.Participant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What all chat lists and open chats of a client read with: at most so many calls at once, who takes part in which
 * conversation, and the last messages of each. Thread-safe.
 */
public final class ChatCaches {
    private static final int LARGEST_PAGE = 100;
    private static final int MOST_PAGES = 1000;

    private final CallLimit limit;
    private final Cells<Roster> rosters;
    private final Cells<MessageWindow> windows;
    private final int messagesPerChat;

    /**
     * What may be kept.
     *
     * @param callsInFlight how many calls at once
     * @param participants how many participants in all; 0 for none
     * @param messagesPerChat how many messages of each conversation; 0 for none
     * @param characters how many characters of messages in all; 0 for none
     * @param lifetime how long after it was read
     */
    public record Limits(
            int callsInFlight, int participants, int messagesPerChat, long characters, Duration lifetime) {}

    /**
     * Nothing is known yet.
     *
     * @param limits what may be kept
     * @param clock what time it is
     */
    public ChatCaches(Limits limits, InstantSource clock) {
        this.limit = new CallLimit(limits.callsInFlight());
        this.messagesPerChat = limits.messagesPerChat();
        this.rosters = new Cells<>(
                new Cells.Limits(limits.participants(), limits.lifetime()),
                roster -> 1 + roster.size(),
                Roster::after,
                clock);
        this.windows = new Cells<>(
                new Cells.Limits(limits.characters(), limits.lifetime()),
                window -> 100 + window.weight(),
                MessageWindow::after,
                clock);
    }

    /**
     * Keeps up with what happened.
     *
     * @param event what happened
     */
    public void observe(ConversationScoped event) {
        rosters.observe(event);
        windows.observe(event);
    }

    CallLimit limit() {
        return limit;
    }

    CompletionStage<Roster> roster(ConversationsApi api, String sid) {
        return rosters.get(
                sid,
                any -> true,
                () -> all(page -> api.participants().list(sid, page), PageRequest.first(LARGEST_PAGE))
                        .thenApply((List<Participant> everybody) -> Roster.of(everybody)));
    }

    /** The last messages, at least as many as wanted if there are. */
    CompletionStage<MessageWindow> window(ConversationsApi api, String sid, int wanted) {
        int read = Math.max(wanted, messagesPerChat);
        return windows.get(
                sid,
                window -> window.holds(wanted),
                () -> limit.call(() -> api.messages().list(sid, Order.DESCENDING, null, PageRequest.first(read)))
                        .thenApply(page -> MessageWindow.of(page, read)));
    }

    /** What is the last message now, whatever is kept. */
    CompletionStage<MessageWindow> readWindow(ConversationsApi api, String sid, int wanted) {
        windows.forget(sid);
        return window(api, sid, wanted);
    }

    /** Reads a list to its end. */
    <T> CompletionStage<List<T>> all(
            Function<PageRequest, ? extends CompletionStage<Slice<T>>> list, PageRequest first) {
        List<T> items = new ArrayList<>();
        return pages(list, first, slice -> items.addAll(slice.items())).thenApply(end -> items);
    }

    /** Reads a list page by page; a link that comes again ends it. */
    <T> CompletionStage<Void> pages(
            Function<PageRequest, ? extends CompletionStage<Slice<T>>> list,
            PageRequest first,
            Consumer<Slice<T>> each) {
        AtomicInteger pages = new AtomicInteger();
        return PageWalk.find(page -> limit.call(() -> list.apply(page)), first, slice -> {
                    each.accept(slice);
                    return pages.incrementAndGet() > MOST_PAGES ? Optional.of(slice) : Optional.empty();
                })
                .thenApply(end -> null);
    }
}
