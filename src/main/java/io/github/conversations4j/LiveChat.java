package io.github.conversations4j;

/**
 * An open chat: the last messages of a conversation with the profiles of their authors, kept right by events until it is
 * closed. Thread-safe. It holds up to 1000 messages; older ones are let go as new ones come.
 */
public final class LiveChat implements AutoCloseable {
    private final Following<Chat, ChatChange> following;

    LiveChat(Chat first, Following.Surroundings surroundings, Runnable onClose) {
        this.following = new Following<>(
                first, new Following.Changes<>(Chat::after, ChatChange.All::new), surroundings, onClose);
    }

    void changed(ChatChange change) {
        following.changed(change);
    }

    /**
     * The chat as it is now; after {@link #close} as it was last.
     *
     * @return the chat
     */
    public Chat snapshot() {
        return following.current();
    }

    /**
     * Follows the chat: the hook is called with the {@linkplain ChatChange.All whole chat} first, and then with every change of
     * it, in order, one at a time, on the hook executor. {@link Chat#after} applies a change. A hook that is more than 1000
     * changes behind gets the whole chat again in place of them.
     *
     * @param hook called with each change
     * @return a handle that stops it
     */
    public Subscription onChange(Hook<? super ChatChange> hook) {
        return following.onChange(hook);
    }

    /** Ends it: hooks are called no more. Idempotent; a hook that runs meanwhile may still be running. */
    @Override
    public void close() {
        following.close();
    }
}
