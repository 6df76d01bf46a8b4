package io.github.conversations4j.error;

import org.jspecify.annotations.Nullable;

/**
 * An answer did not come in time. Nothing was changed by the failed call: a write whose fate is not known is an
 * {@link OutcomeUnknownException}.
 */
public final class CallTimeoutException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what failed, why, and what to do
     * @param cause what led to it; null if nothing was thrown
     */
    public CallTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
