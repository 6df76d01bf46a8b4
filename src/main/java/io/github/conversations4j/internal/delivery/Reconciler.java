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
     * What it brings back, so that everything else of which a mark knows is reported as missed; of messages that changed or
     * were removed, those that the outcome includes.
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

    /**
     * What came of a comparison. Immutable.
     *
     * @param end how it ended
     * @param reach of which changed and removed messages it told, if it tells of those
     */
    record Outcome(End end, Reach reach) {
        /** Everything was compared. */
        public static final Outcome DONE = new Outcome(End.DONE, Reach.ALL);

        /** There are too many conversations to compare more of this one. */
        public static final Outcome MESSAGES_DONE = new Outcome(End.MESSAGES_DONE, Reach.ALL);

        /** There was no room. */
        public static final Outcome NO_ROOM = new Outcome(End.NO_ROOM, Reach.ALL);
    }

    /** How a comparison ended. */
    enum End {
        /** Everything that was found was taken. */
        DONE,
        /** New messages were found and taken, and nothing else was compared. */
        MESSAGES_DONE,
        /** Hooks had no room for all of it; it is to be compared again soon. */
        NO_ROOM
    }
}
