package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.Sink.Offer;
import java.util.Set;

/**
 * Lets events through to their hooks, one after the other, as far as there is room. Used by one thread while it holds the
 * lock that guards their order; no hook is called before it has let go of that lock and ends its turn.
 */
interface Gate {
    /**
     * Lets an event through.
     *
     * @return ACCEPTED, DUPLICATE if hooks were called with it before, or REFUSED if there is no room
     */
    Offer pass(ConversationsEvent event);

    /**
     * Lets the next message of a conversation through.
     *
     * @param deliveredTo when hooks have taken it, they have taken all messages up to this index; -1 if that tells nothing
     * @return as {@link #pass(ConversationsEvent)}
     */
    Offer pass(MessageAdded event, int deliveredTo);

    /** Whether hooks were called with the removal of a message, and never with the message. */
    boolean isRemovedUntold(Message message);

    /** Whether hooks were called with the end of a conversation, after which nothing of it is told. */
    boolean isOver(String conversationSid);

    /** Says that there are no messages at some indexes, so that hooks will not be called for them. */
    void missed(String conversationSid, int first, int last);

    /** Says that hooks will not be called with some events of a conversation. */
    void missed(String conversationSid, Set<EventType<?>> types);

    /** Puts something off until the turn ends. */
    void after(Runnable action);

    /**
     * Ends the turn. To be called once, without a lock.
     *
     * @param offer what became of the event that the turn was for
     * @return the same, or REFUSED if it turns out now that there is no room
     */
    Offer end(Offer offer);
}
