package io.github.conversations4j.internal.commands;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.PageWalk;
import io.github.conversations4j.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads the messages around an index. Indexes may skip numbers and pages may come short, so both sides are read until there are
 * enough: each by itself where a list can begin in the middle, else both on one way from the nearer end. Immutable.
 *
 * @param messages where to read
 * @param conversationSid in which conversation
 * @param each how many on each side
 */
public record MessagesAround(ConversationsApi.Messages messages, String conversationSid, int each) {
    private static final int LARGEST_PAGE = 100;

    /**
     * Reads them.
     *
     * @param index the middle
     * @return the messages, oldest first, with the one in the middle if it is there
     */
    public CompletionStage<List<Message>> find(int index) {
        return messages.beginsAnywhere() ? fromTheMiddle(index) : fromNewest(index);
    }

    private CompletionStage<List<Message>> fromTheMiddle(int index) {
        // Nothing is behind the last index that there can be.
        CompletionStage<List<Message>> rest = index == Integer.MAX_VALUE
                ? CompletableFuture.completedFuture(List.of())
                : side(Order.ASCENDING, index + 1, each);
        return side(Order.DESCENDING, index, each + 1).thenCombine(rest, (upTo, behind) -> {
            Window window = new Window(index, each);
            window.add(upTo);
            window.add(behind);
            return window.messages();
        });
    }

    private CompletionStage<List<Message>> side(Order order, int from, int enough) {
        List<Message> found = new ArrayList<>();
        return PageWalk.find(
                        page -> messages.list(conversationSid, order, from, page), PageRequest.first(enough), slice -> {
                            found.addAll(slice.items());
                            return found.size() < enough ? Optional.empty() : Optional.of(found);
                        })
                .thenApply(end -> found);
    }

    /** Turns round when a page shows that the oldest message is nearer. */
    private CompletionStage<List<Message>> fromNewest(int index) {
        Window window = new Window(index, each);
        return PageWalk.find(
                        page -> messages.list(conversationSid, Order.DESCENDING, null, page),
                        PageRequest.first(LARGEST_PAGE),
                        slice -> {
                            window.add(slice.items());
                            boolean turns = !slice.items().isEmpty()
                                    && slice.items()
                                                    .get(slice.items().size() - 1)
                                                    .index()
                                            > 2L * index;
                            return turns || window.isFullUpTo() ? Optional.of(turns) : Optional.empty();
                        })
                .thenCompose(turned -> turned.orElse(false)
                        ? fromOldest(index)
                        : CompletableFuture.completedFuture(window.messages()));
    }

    private CompletionStage<List<Message>> fromOldest(int index) {
        Window window = new Window(index, each);
        return PageWalk.find(
                        page -> messages.list(conversationSid, Order.ASCENDING, null, page),
                        PageRequest.first(LARGEST_PAGE),
                        slice -> {
                            window.add(slice.items());
                            return window.isFullBehind() ? Optional.of(window) : Optional.empty();
                        })
                .thenApply(end -> window.messages());
    }

    /** The nearest of the messages that were passed. Touched by one page at a time. */
    private static final class Window {
        private final int middle;
        private final int each;
        private final TreeMap<Integer, Message> held = new TreeMap<>();

        Window(int middle, int each) {
            this.middle = middle;
            this.each = each;
        }

        void add(List<Message> passed) {
            passed.forEach(message -> held.put(message.index(), message));
            while (upTo() > each + 1) {
                held.pollFirstEntry();
            }
            while (behind() > each) {
                held.pollLastEntry();
            }
        }

        private int upTo() {
            return held.headMap(middle, true).size();
        }

        private int behind() {
            return held.tailMap(middle, false).size();
        }

        boolean isFullUpTo() {
            return upTo() > each;
        }

        boolean isFullBehind() {
            return behind() >= each;
        }

        List<Message> messages() {
            if (!held.containsKey(middle) && isFullUpTo()) {
                held.pollFirstEntry();
            }
            return List.copyOf(held.values());
        }
    }
}
