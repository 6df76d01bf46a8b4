package io.github.conversations4j.error;

/** The client was closed, so nothing more can be asked of it. A call that was under way was given up. */
public final class ClientClosedException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param action what was tried
     */
    public ClientClosedException(String action) {
        super(action + ": the client is closed. Start a new one");
    }
}
