package io.github.conversations4j.source;

import io.github.conversations4j.event.ConversationsEvent;

/**
 * Where a source puts its events. Thread-safe; never blocks and never calls a hook on the calling thread (unless the
 * client was given an executor that does).
 */
public interface Sink {
    /**
     * Offers one event. Events of one conversation are to be offered in order as far as the source knows it.
     *
     * @param event the event
     * @return what became of it
     * @throws IllegalArgumentException if it is one that only the client itself fires, {@code Initialized} or
     *     {@code InitFailed}
     */
    Offer offer(ConversationsEvent event);

    /**
     * Says that events of a conversation were or may have been lost at the door, so that it is compared with what
     * Twilio holds as soon as there is room.
     *
     * @param conversationSid the conversation, {@code CH…}
     */
    void markIncomplete(String conversationSid);

    /** What became of an offered event. */
    enum Offer {
        /** Taken; it reaches the hooks. */
        ACCEPTED,
        /** Seen before; it was dropped, which is as good as taken. */
        DUPLICATE,
        /** There is no room now: offer it again later, or let the sender know. */
        REFUSED,
        /** The client is closed: stop. */
        CLOSED
    }
}
