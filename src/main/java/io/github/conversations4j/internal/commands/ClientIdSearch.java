package io.github.conversations4j.internal.commands;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.model.Message;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks for a message by the id that its sender gave it, newest messages first. Immutable.
 *
 * <p>The search ends at the first message that was there before the one looked for, or after {@value #MOST_PAGES} pages:
 * Twilio can not be asked for an id.
 *
 * @param messages where to look
 * @param conversationSid in which conversation
 * @param clientId what to look for
 * @param olderThan the index of a message that is certainly older; -1 if none is known
 */
public record ClientIdSearch(
        ConversationsApi.Messages messages, String conversationSid, String clientId, int olderThan) {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 5;

    /**
     * Searches once.
     *
     * @return the message; empty if it is not there, which does not say that it will not come
     */
    public CompletionStage<Optional<Message>> find() {
        return find(PageRequest.first(PAGE), MOST_PAGES);
    }

    private CompletionStage<Optional<Message>> find(PageRequest page, int pagesLeft) {
        return messages.list(conversationSid, Order.DESCENDING, null, page).thenCompose(slice -> {
            Optional<Message> found = slice.items().stream()
                    .filter(message ->
                            message.clientId().filter(clientId::equals).isPresent())
                    .findFirst();
            boolean past = slice.items().stream().anyMatch(message -> message.index() <= olderThan);
            String next = slice.next();
            return found.isPresent() || past || next == null || pagesLeft == 1
                    ? CompletableFuture.completedFuture(found)
                    : find(page.after(next), pagesLeft - 1);
        });
    }
}
