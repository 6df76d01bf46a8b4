package io.github.conversations4j.error;

/**
 * A cursor was to be changed that is not the stored one any more: the same owner changed it in between. Nothing was
 * written; read it again and decide anew.
 */
public final class CursorConflictException extends CursorStoreException {
    private static final long serialVersionUID = 1L;

    /** Whose cursor it is. */
    private final String conversation;

    /**
     * Makes an exception.
     *
     * @param scope whose cursors were to be written
     * @param conversation whose cursor is another now
     * @param expectedVersion the version that was to be replaced
     */
    public CursorConflictException(String scope, String conversation, long expectedVersion) {
        super("cursor of " + conversation + " in " + scope + ": version " + expectedVersion
                + " is not the stored one any more. Nothing was written; read it again");
        this.conversation = conversation;
    }

    /**
     * Whose cursor is another now.
     *
     * @return the conversation
     */
    public String conversation() {
        return conversation;
    }
}
