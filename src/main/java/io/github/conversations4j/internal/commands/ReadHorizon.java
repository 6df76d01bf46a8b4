package io.github.conversations4j.internal.commands;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.UserConversation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How far one user has read one conversation. Immutable.
 *
 * <p>Twilio only knows setting the horizon. Never going back is done here: read where it is, and set it only forwards. Two
 * processes that do this at the same time can still leave the lower of their two indexes, which is higher than the one
 * before; within a process the steps take turns.
 *
 * @param api the way to Twilio
 * @param turns keeps the steps of one horizon apart
 * @param identity the user, on a backend; null for the user of the access token
 * @param conversationSid the conversation
 */
public record ReadHorizon(
        ConversationsApi api, Turns turns, @Nullable String identity, String conversationSid) {
    /** What steps of the same horizon have in common. */
    private record Place(@Nullable String identity, String conversationSid) {}

    /**
     * What is unread.
     *
     * @return the count as Twilio has it now
     */
    public CompletionStage<Unread> unread() {
        return mine().fetch(conversationSid).thenApply(UserConversation::unread);
    }

    /**
     * Sets the horizon, forwards or backwards.
     *
     * @param index the last message read; null for none
     * @return what is unread then
     */
    public CompletionStage<Unread> set(@Nullable Integer index) {
        return turns.take(place(), () -> mine().setLastReadMessageIndex(conversationSid, index));
    }

    /**
     * Sets the horizon unless it is there or further.
     *
     * @param index the last message read
     * @return what is unread then
     */
    public CompletionStage<Unread> advance(int index) {
        return turns.take(
                place(),
                () -> mine().fetch(conversationSid).thenCompose(now -> {
                    Integer present = lastRead(now);
                    return present != null && present >= index
                            ? CompletableFuture.completedFuture(now.unread())
                            : mine().setLastReadMessageIndex(conversationSid, index);
                }));
    }

    /**
     * Moves the horizon to the last message.
     *
     * @return what is unread then
     */
    public CompletionStage<Unread> advanceToEnd() {
        return api.messages()
                .list(conversationSid, Order.DESCENDING, null, PageRequest.first(1))
                .thenCompose(last -> last.items().isEmpty()
                        ? unread()
                        : advance(last.items().get(0).index()));
    }

    private static @Nullable Integer lastRead(UserConversation now) {
        var mine = now.conversation().mine();
        return mine == null ? null : mine.lastReadMessageIndex();
    }

    private ConversationsApi.Mine mine() {
        return api.mine(identity);
    }

    private Place place() {
        return new Place(identity, conversationSid);
    }
}
