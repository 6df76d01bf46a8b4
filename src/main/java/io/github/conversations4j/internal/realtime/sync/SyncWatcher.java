package io.github.conversations4j.internal.realtime.sync;

import io.github.conversations4j.error.ConversationsException;

/** Follows one Sync object. Called inside the lock of the session: it must be short and call no foreign code. */
public interface SyncWatcher {
    /**
     * The object was read; its events follow. Called once, before anything else but {@link #gone} and {@link #failed}.
     *
     * @param root the object
     */
    void opened(SyncRoot root);

    /**
     * The object was read anew, because the server did not send the events since the last one: what they did shows in the
     * difference to what was known. More events follow. Never called before {@link #opened}.
     *
     * @param root the object as it is now
     */
    void reopened(SyncRoot root);

    /**
     * Something happened. Called in the order of the events, and once for each that is taken.
     *
     * @param change what happened
     * @param recovered whether it was not seen when it happened
     * @return false if there is no room for it now: it comes again after {@link SyncObject#room} or a pause, before any later
     *     one. The server keeps it that long, not we
     */
    boolean changed(SyncChange change, boolean recovered);

    /** The object does not exist, or no longer. Called at most once, and nothing after it. */
    void gone();

    /**
     * The object cannot be read or followed, and events may be missing; it is tried again, at the latest with the next
     * connection. Said once for each time that it was followed before.
     *
     * @param why why
     */
    void failed(ConversationsException why);
}
