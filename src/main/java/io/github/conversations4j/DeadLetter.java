package io.github.conversations4j;

import io.github.conversations4j.event.ConversationsEvent;

/**
 * An event that a hook has failed on for good. Immutable.
 *
 * @param event the event
 * @param hook which hook, as far as it has a name
 * @param calls how often it was called
 * @param cause what it threw the last time
 */
public record DeadLetter(ConversationsEvent event, String hook, int calls, Throwable cause) {
    /** Without the event, which may hold message texts. */
    @Override
    public String toString() {
        return hook + " failed " + calls + " times: " + cause.getClass().getName();
    }
}
