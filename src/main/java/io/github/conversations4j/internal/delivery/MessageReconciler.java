package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.Sink.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the latest messages of a conversation, those of one page. Thread-safe.
 *
 * @param api gives the way to Twilio, or null as long as there is none
 * @param sink where events go
 * @param since messages written before are history, not events
 */
public record MessageReconciler(Supplier<@Nullable ConversationsApi> api, Sink sink, Instant since)
        implements Reconciler {
    private static final int PAGE = 100;

    @Override
    public CompletionStage<Outcome> reconcile(String conversationSid, Reason reason) {
        ConversationsApi twilio = api.get();
        if (twilio == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("there is no connection to Twilio yet"));
        }
        return twilio.messages()
                .list(conversationSid, Order.DESCENDING, null, PageRequest.first(PAGE))
                .thenApply(page -> offer(page.items()));
    }

    private Outcome offer(List<Message> newestFirst) {
        List<Message> messages = new ArrayList<>(newestFirst);
        Collections.reverse(messages);
        for (Message message : messages) {
            boolean history =
                    message.dateCreated() != null && message.dateCreated().isBefore(since);
            if (!history && offer(message) == Offer.REFUSED) {
                return Outcome.NO_ROOM;
            }
        }
        return Outcome.DONE;
    }

    private Offer offer(Message message) {
        Offer added = sink.offer(
                new MessageAdded(meta(EventIds.once(EventType.MESSAGE_ADDED, message.sid()), message), message));
        return added != Offer.DUPLICATE
                ? added
                : sink.offer(new MessageUpdated(
                        meta(EventIds.updated(message), message), message, Set.of(MessageUpdateReason.UNKNOWN)));
    }

    private EventMeta meta(String id, Message message) {
        Instant time = message.dateUpdated() != null ? message.dateUpdated() : message.dateCreated();
        return new EventMeta(id, time == null ? since : time, "poll", true, false, null, null);
    }

    @Override
    public Set<EventType<?>> recovers() {
        return Set.of(EventType.MESSAGE_ADDED, EventType.MESSAGE_UPDATED);
    }
}
