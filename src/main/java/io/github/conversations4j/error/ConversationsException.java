package io.github.conversations4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that this library throws because something outside of the calling code failed. A message says
 * what failed, with which value, why, and what to do about it; it never holds a secret.
 *
 * <p>Wrong arguments are no concern of this type: they are refused with {@link IllegalArgumentException} before anything
 * is sent.
 */
public class ConversationsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what failed, why, and what to do
     */
    public ConversationsException(String message) {
        super(message);
    }

    /**
     * Makes an exception.
     *
     * @param message what failed, why, and what to do
     * @param cause what led to it; null if nothing was thrown
     */
    public ConversationsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
