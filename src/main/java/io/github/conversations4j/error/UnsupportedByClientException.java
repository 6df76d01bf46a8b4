package io.github.conversations4j.error;

/**
 * This kind of client can not do what was asked, and another kind can: only a participant can say that they are typing,
 * only a backend sees other people's conversations.
 */
public final class UnsupportedByClientException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param action what was tried
     * @param why why this kind of client can not, and which kind can
     */
    public UnsupportedByClientException(String action, String why) {
        super(action + ": " + why);
    }
}
