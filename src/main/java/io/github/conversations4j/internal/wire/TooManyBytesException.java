package io.github.conversations4j.internal.wire;

import java.io.IOException;

/** The other side sent more bytes than a {@link ReadBudget} allows before a message was complete. */
public final class TooManyBytesException extends IOException {
    private static final long serialVersionUID = 1L;

    TooManyBytesException() {
        super("the other side sent too many bytes that were no complete message");
    }
}
