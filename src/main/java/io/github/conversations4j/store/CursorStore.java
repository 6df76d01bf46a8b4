package io.github.conversations4j.store;

import io.github.conversations4j.error.CursorConflictException;
import io.github.conversations4j.error.CursorStoreException;
import io.github.conversations4j.error.OwnershipLostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where delivery remembers how far it has come, so that a restart goes on there. {@link MemoryCursorStore}, {@link
 * FileCursorStore} and {@link JdbcCursorStore} ship with the library; one of your own is right if it passes {@code
 * testing.CursorStoreContract} and {@code testing.CursorStoreRaces}.
 *
 * <p><b>Scopes and owners.</b> Cursors belong to a scope, for example a service of an account. A client takes a scope with
 * {@link #own}, which gives it an {@linkplain Ownership#epoch() epoch} that no owner had before. From then on whatever
 * earlier owners read or write is refused with {@link OwnershipLostException}: two processes on one store notice each
 * other, and the one that came first learns that it must stop.
 *
 * <p><b>Compare and set.</b> A cursor is saved only over the state that it was made from, its
 * {@linkplain Cursor#version() version}; otherwise the call fails with {@link CursorConflictException}.
 *
 * <p><b>Durability.</b> When {@link #own}, {@link #save} or {@link #remove} returns, the change is as safe as the store makes
 * anything; each store says how safe that is. When it throws anything but the two exceptions above and
 * {@link IllegalArgumentException}, the change may have been stored or not; a client then reads the cursors concerned again
 * before it saves them anew. Several cursors in one call are stored all or none, and cost hardly more than one.
 *
 * <p><b>Threads.</b> Thread-safe. Every call may block, for as long as a disk or a database takes: call it from a thread
 * that may wait, never from one that reads from the network.
 */
public interface CursorStore extends AutoCloseable {
    /** How many cursors one call may save or remove. */
    int MOST_AT_ONCE = 1_000;

    /**
     * Takes a scope over. Earlier owners lose it.
     *
     * @param scope 1 to 128 letters, digits and characters of {@code ._:/@+-}; {@link CursorStore} gives it no meaning
     * @return what gives access to its cursors, with an epoch greater than all before it
     * @throws CursorStoreException if the store failed or is closed
     */
    Ownership own(String scope);

    /**
     * Reads all cursors of a scope, for a start.
     *
     * @param owner who asks
     * @return the cursors as last saved, in no particular order
     * @throws OwnershipLostException if there is a later owner
     * @throws CursorStoreException if the store failed or is closed
     */
    List<Cursor> readAll(Ownership owner);

    /**
     * Reads the cursor of one conversation.
     *
     * @param owner who asks
     * @param conversation whose cursor
     * @return the cursor as last saved; empty if there is none
     * @throws OwnershipLostException if there is a later owner
     * @throws CursorStoreException if the store failed or is closed
     */
    Optional<Cursor> read(Ownership owner, String conversation);

    /**
     * Saves cursors over those that they were made from, or as the first of their conversations if their version is 0.
     *
     * @param owner who saves
     * @param cursors at most {@value #MOST_AT_ONCE}, of different conversations
     * @return the cursors as stored, in the same order; each is what its next state is to be made from
     * @throws OwnershipLostException if there is a later owner; nothing was stored
     * @throws CursorConflictException if one of them was made from another state than the stored one; nothing was stored
     * @throws CursorStoreException if the store failed or is closed
     */
    List<Cursor> save(Ownership owner, List<Cursor> cursors);

    /**
     * Saves one cursor.
     *
     * @param owner who saves
     * @param cursor the cursor
     * @return the cursor as stored
     * @throws OwnershipLostException if there is a later owner; nothing was stored
     * @throws CursorConflictException if it was made from another state than the stored one; nothing was stored
     * @throws CursorStoreException if the store failed or is closed
     */
    default Cursor save(Ownership owner, Cursor cursor) {
        return save(owner, List.of(cursor)).get(0);
    }

    /**
     * Removes cursors, of conversations that are gone. A cursor saved for one of them later begins with version 0.
     *
     * @param owner who removes
     * @param cursors the cursors as last stored, at most {@value #MOST_AT_ONCE}, of different conversations
     * @throws OwnershipLostException if there is a later owner; nothing was removed
     * @throws CursorConflictException if one of them is not the stored one; nothing was removed
     * @throws CursorStoreException if the store failed or is closed
     */
    void remove(Ownership owner, List<Cursor> cursors);

    /** Waits for calls that are under way, and takes no more. What was acknowledged stays. Further calls do nothing. */
    @Override
    void close();

    /**
     * Checks what {@link #save} and {@link #remove} are given, for stores.
     *
     * @param cursors the cursors
     * @throws IllegalArgumentException if there are too many, or two of one conversation
     */
    static void requireBatch(List<Cursor> cursors) {
        if (cursors.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "cursors: at most " + MOST_AT_ONCE + " in one call, were " + cursors.size());
        }
        Set<String> conversations = new HashSet<>();
        for (Cursor cursor : cursors) {
            if (!conversations.add(cursor.conversation())) {
                throw new IllegalArgumentException("cursors: there are two of " + cursor.conversation());
            }
        }
    }
}
