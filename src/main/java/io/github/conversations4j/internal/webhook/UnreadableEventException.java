package io.github.conversations4j.internal.webhook;

/** A signed event lacks what its record cannot do without. Becomes an {@code Unknown} event, so that it is not lost. */
final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message) {
        super(message, null, false, false);
    }
}
