package io.github.conversations4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The waiting thread was interrupted, and its interrupt flag is set again. A write may have been carried out all the same.
 */
public final class CallInterruptedException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what failed, why, and what to do
     * @param cause what led to it; null if nothing was thrown
     */
    public CallInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
