package io.github.conversations4j.error;

import org.jspecify.annotations.Nullable;

/**
 * Twilio could not be reached, or the connection broke while reading. Nothing was changed by the failed call: a write whose
 * fate is not known is an {@link OutcomeUnknownException}.
 */
public final class ConnectionFailedException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what failed, why, and what to do
     * @param cause what led to it; null if nothing was thrown
     */
    public ConnectionFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
