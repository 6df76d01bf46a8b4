package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.delivery.MessageOrder.Open;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Compares the messages of a conversation: everything from the first one that was not delivered on. Thread-safe.
 *
 * @param asker asks Twilio
 * @param delivery knows what was delivered, and takes what was missed
 */
public record MessageReconciler(Asker asker, Delivery delivery) implements Reconciler {
    @Override
    public CompletionStage<Outcome> reconcile(String conversationSid, Reason reason) {
        if (!asker.canAsk()) {
            return CompletableFuture.failedFuture(new IllegalStateException("there is no connection to Twilio"));
        }
        Open open = delivery.open(conversationSid);
        CompletionStage<Reading> reading = open.from() < 0
                ? asker.lookBack(conversationSid, null)
                : asker.read(conversationSid, open.from(), null).thenApply(found -> found.reaching(open.atLeastTo()));
        return reading.thenCompose(found -> {
            if (!delivery.recover(found)) {
                return CompletableFuture.completedFuture(Outcome.NO_ROOM);
            }
            // What was delivered is behind us, so that this comes to an end.
            return found.isAll() ? CompletableFuture.completedFuture(Outcome.DONE) : reconcile(conversationSid, reason);
        });
    }

    @Override
    public Set<EventType<?>> recovers() {
        return Set.of(EventType.MESSAGE_ADDED);
    }
}
