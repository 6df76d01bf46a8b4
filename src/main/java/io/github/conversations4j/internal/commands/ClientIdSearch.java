package io.github.conversations4j.internal.commands;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.PageWalk;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.Message;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Looks for a message by the id that its sender gave it, newest messages first. Immutable.
 *
 * <p>Twilio can not be asked for an id. The search ends at the first message that was there before the one looked for, or after
 * {@value #FOREIGN_PAGES} pages on top of what the sender itself has sent since.
 *
 * @param messages where to look
 * @param conversationSid in which conversation
 * @param clientId what to look for
 * @param reach how far back
 */
public record ClientIdSearch(ConversationsApi.Messages messages, String conversationSid, String clientId, Reach reach) {
    private static final int PAGE = 100;
    private static final int FOREIGN_PAGES = 5;

    /**
     * How far back a message can be.
     *
     * @param olderThan the index of a message that is certainly older; -1 if none is known
     * @param sentSince how many messages the sender has sent after it; asked for each page, as it goes on sending
     */
    public record Reach(int olderThan, LongSupplier sentSince) {
        private boolean covers(int pages) {
            return pages < FOREIGN_PAGES + sentSince.getAsLong() / PAGE;
        }
    }

    /**
     * Searches once.
     *
     * @return the message; empty if it is not there, which does not say that it will not come
     */
    public CompletionStage<Optional<Message>> find() {
        AtomicInteger pages = new AtomicInteger();
        return PageWalk.find(
                        page -> messages.list(conversationSid, Order.DESCENDING, null, page),
                        PageRequest.first(PAGE),
                        slice -> look(slice, pages.incrementAndGet()))
                .thenApply(ended -> ended.flatMap(Function.identity()));
    }

    /** What ends the search: the message, or that it is on no page behind this one. */
    private Optional<Optional<Message>> look(Slice<Message> slice, int pages) {
        Optional<Message> found = slice.items().stream()
                .filter(message -> message.clientId().filter(clientId::equals).isPresent())
                .findFirst();
        boolean past = slice.items().stream().anyMatch(message -> message.index() <= reach.olderThan());
        return found.isPresent() || past || !reach.covers(pages) ? Optional.of(found) : Optional.empty();
    }
}
