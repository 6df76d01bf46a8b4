package io.github.conversations4j.store;

import io.github.conversations4j.error.CursorStoreException;
import java.util.List;
import java.util.Optional;

/**
 * A store that lives as long as its process. Thread-safe; never blocks.
 *
 * <p>Nothing survives a restart: a client on a new one begins as on its first start. Two clients of one process can share
 * it, and notice each other; those of several processes can not.
 */
public final class MemoryCursorStore implements CursorStore {
    // Guarded by this.
    private final CursorTable table = new CursorTable();
    private boolean closed;

    /** Makes an empty store. */
    public MemoryCursorStore() {}

    @Override
    public synchronized Ownership own(String scope) {
        Ownership.requireScope(scope);
        requireOpen();
        Ownership owner = new Ownership(scope, table.nextEpoch(scope));
        table.own(scope, owner.epoch());
        return owner;
    }

    @Override
    public synchronized List<Cursor> readAll(Ownership owner) {
        requireOpen();
        return table.all(owner);
    }

    @Override
    public synchronized Optional<Cursor> read(Ownership owner, String conversation) {
        requireOpen();
        return table.find(owner, conversation);
    }

    @Override
    public synchronized List<Cursor> save(Ownership owner, List<Cursor> cursors) {
        CursorStore.requireBatch(cursors);
        requireOpen();
        table.require(owner, cursors, false);
        List<Cursor> stored = cursors.stream().map(Cursor::stored).toList();
        table.put(owner, stored);
        return stored;
    }

    @Override
    public synchronized void remove(Ownership owner, List<Cursor> cursors) {
        CursorStore.requireBatch(cursors);
        requireOpen();
        table.require(owner, cursors, true);
        table.remove(owner, cursors.stream().map(Cursor::conversation).toList());
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new CursorStoreException("cursor store in memory: it is closed. Make a new one");
        }
    }
}
