package io.github.conversations4j.error;

import org.jspecify.annotations.Nullable;

/**
 * A cursor store could not do what was asked: its disk or database failed, its files are foreign or newer, somebody else
 * uses it, or it is closed. Unless a subclass says otherwise, whether the call took effect is not known; nothing that was
 * acknowledged before is lost by it.
 */
public class CursorStoreException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what failed, why, and what to do
     */
    public CursorStoreException(String message) {
        super(message);
    }

    /**
     * Makes an exception.
     *
     * @param message what failed, why, and what to do
     * @param cause what led to it; null if nothing was thrown
     */
    public CursorStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
