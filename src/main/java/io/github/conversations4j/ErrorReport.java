package io.github.conversations4j;

import io.github.conversations4j.event.ConversationsEvent;
import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong and that nobody waits for. Immutable.
 *
 * @param what what failed, in words, without secrets and message texts
 * @param event the event that was being handled; null if it was none
 * @param cause why
 */
public record ErrorReport(String what, @Nullable ConversationsEvent event, Throwable cause) {
    /** The words only: an event may hold message texts. */
    @Override
    public String toString() {
        return what + ": " + cause.getClass().getName();
    }
}
