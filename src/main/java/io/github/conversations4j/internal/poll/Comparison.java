package io.github.conversations4j.internal.poll;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.delivery.Reconciler;
import io.github.conversations4j.internal.threads.Causes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Compares a conversation when somebody asks for it: its new messages first, by whoever knows which were delivered; then,
 * by whoever polls, changes and removals of messages, the participants, and the conversation itself. After a start there
 * are new messages only, since nobody knows what the rest was like before. Thread-safe.
 *
 * @param messages compares new messages
 * @param poller compares the rest
 */
record Comparison(Reconciler messages, Poller poller) implements Reconciler {

    @Override
    public CompletionStage<Outcome> reconcile(String conversationSid, Reason reason) {
        return messages.reconcile(conversationSid, reason)
                .thenCompose(outcome -> outcome.end() == End.NO_ROOM || reason == Reason.START
                        ? CompletableFuture.completedFuture(outcome)
                        : poller.compare(conversationSid).handle(Comparison::outcome));
    }

    private static Outcome outcome(@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome != null) {
            return outcome;
        }
        Throwable cause = Causes.of(Objects.requireNonNull(failure));
        if (cause instanceof NoRoomException) {
            return Outcome.NO_ROOM;
        }
        throw cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }

    /** All that the lists show which are read; a removal as far back as its message is in the window. */
    @Override
    public Set<EventType<?>> recovers() {
        return poller.events();
    }
}
