package io.github.conversations4j.internal.commands;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.PageWalk;
import io.github.conversations4j.model.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Reads the messages around an index. Indexes may skip numbers and pages may come short, so both sides are read until there are
 * enough. Immutable.
 *
 * @param messages where to read
 * @param conversationSid in which conversation
 * @param each how many on each side
 */
public record MessagesAround(ConversationsApi.Messages messages, String conversationSid, int each) {
    /**
     * Reads them.
     *
     * @param index the middle
     * @return the messages, oldest first, with the one in the middle if it is there
     */
    public CompletionStage<List<Message>> find(int index) {
        return side(Order.DESCENDING, index, each + 1)
                .thenCombine(side(Order.ASCENDING, index + 1, each), (upTo, behind) -> joined(index, upTo, behind));
    }

    private CompletionStage<List<Message>> side(Order order, int from, int enough) {
        List<Message> found = new ArrayList<>();
        return PageWalk.find(
                        page -> messages.list(conversationSid, order, from, page), PageRequest.first(enough), slice -> {
                            found.addAll(slice.items());
                            return found.size() < enough ? Optional.empty() : Optional.of(found);
                        })
                .thenApply(end -> found.subList(0, Math.min(enough, found.size())));
    }

    private List<Message> joined(int index, List<Message> newestFirst, List<Message> oldestFirst) {
        boolean middle = !newestFirst.isEmpty() && newestFirst.get(0).index() == index;
        List<Message> all =
                new ArrayList<>(newestFirst.subList(0, Math.min(newestFirst.size(), middle ? each + 1 : each)));
        Collections.reverse(all);
        all.addAll(oldestFirst);
        return List.copyOf(all);
    }
}
