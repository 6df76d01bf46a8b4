package io.github.conversations4j;

/**
 * The chat list of one person, kept right by events until it is closed: last messages, unread, order, names, who comes and
 * goes, who reads and, on a participant's client, who types. For a screen, or a stream of server-sent events. Thread-safe.
 *
 * <p>It follows what the event source of the client sees. On a backend no webhook tells of changed notification levels: they
 * stay as they were read.
 */
public final class LiveChatList implements AutoCloseable {
    private final Following<ChatList, ChatListChange> following;

    LiveChatList(ChatList first, Following.Surroundings surroundings, Runnable onClose) {
        this.following = new Following<>(
                first, new Following.Changes<>(ChatList::after, ChatListChange.All::new), surroundings, onClose);
    }

    void changed(ChatListChange change) {
        following.changed(change);
    }

    /**
     * The list as it is now; after {@link #close} as it was last.
     *
     * @return the list
     */
    public ChatList snapshot() {
        return following.current();
    }

    /**
     * Follows the list: the hook is called with the {@linkplain ChatListChange.All whole list} first, and then with every change
     * of it, in order, one at a time, on the hook executor. {@link ChatList#after} applies a change. A hook that is more than 1000
     * changes behind gets the whole list again in place of them.
     *
     * @param hook called with each change
     * @return a handle that stops it
     */
    public Subscription onChange(Hook<? super ChatListChange> hook) {
        return following.onChange(hook);
    }

    /** Ends it: hooks are called no more. Idempotent; a hook that runs meanwhile may still be running. */
    @Override
    public void close() {
        following.close();
    }
}
