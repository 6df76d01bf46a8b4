package io.github.conversations4j.error;

import org.jspecify.annotations.Nullable;

/**
 * A write was sent and its answer was lost, or was a server error: it may have been carried out or not. Look before trying
 * again; the library never repeats such a write by itself, because Twilio has no key that would make it safe.
 *
 * <p>{@link #getCause()} is a {@link TwilioApiException} if there was an answer.
 */
public final class OutcomeUnknownException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what failed, why, and what to do
     * @param cause what led to it; null if nothing was thrown
     */
    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
