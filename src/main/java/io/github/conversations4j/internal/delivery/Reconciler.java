package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.EventType;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Compares one conversation with what Twilio holds and offers to the sink what was missed, marked as recovered. Called by
 * {@link Reconciliation}, never twice at a time for one conversation. Thread-safe.
 */
public interface Reconciler {
    /**
     * Compares a conversation. Must not block.
     *
     * @param conversationSid the conversation, {@code CH…}
     * @param reason why
     * @return what came of it; fails if Twilio could not be asked, and is then called again after a pause
     */
    CompletionStage<Outcome> reconcile(String conversationSid, Reason reason);

    /**
     * What it brings back, so that everything else of which a mark knows is reported as missed.
     *
     * @return kinds of event
     */
    Set<EventType<?>> recovers();

    /** Why a conversation is compared. The first is the most urgent. */
    enum Reason {
        /** Events were refused, or lost at the door. */
        INCOMPLETE,
        /** The client has just started, and knows no former state: only new messages can be told. */
        START
    }

    /** What came of a comparison. */
    enum Outcome {
        /** Everything that was found was taken. */
        DONE,
        /** New messages were found and taken; there are too many conversations to compare more of this one. */
        MESSAGES_DONE,
        /** Hooks had no room for all of it; it is to be compared again soon. */
        NO_ROOM
    }
}
