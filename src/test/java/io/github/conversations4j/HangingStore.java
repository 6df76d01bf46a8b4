package io.github.conversations4j;

import io.github.conversations4j.error.CursorStoreException;
import io.github.conversations4j.store.Cursor;
import io.github.conversations4j.store.CursorStore;
import io.github.conversations4j.store.MemoryCursorStore;
import io.github.conversations4j.store.Ownership;
import io.github.conversations4j.tests.Patience;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A store that can be opened and never answers when the position of a conversation is to be saved. */
final class HangingStore implements CursorStore {
    /** Goes down when a position is to be saved. */
    final CountDownLatch asked = new CountDownLatch(1);

    private final MemoryCursorStore memory = new MemoryCursorStore();

    @Override
    public Ownership own(String scope) {
        return memory.own(scope);
    }

    @Override
    public List<Cursor> readAll(Ownership owner) {
        return memory.readAll(owner);
    }

    @Override
    public Optional<Cursor> read(Ownership owner, String conversation) {
        return memory.read(owner, conversation);
    }

    @Override
    public List<Cursor> save(Ownership owner, List<Cursor> cursors) {
        if (!cursors.get(0).conversation().equals(Cursor.WHOLE_SCOPE)) {
            asked.countDown();
            try {
                Patience.blockForEver();
            } catch (InterruptedException e) {
                throw new CursorStoreException("interrupted", e);
            }
        }
        return memory.save(owner, cursors);
    }

    @Override
    public void remove(Ownership owner, List<Cursor> cursors) {
        memory.remove(owner, cursors);
    }

    @Override
    public void close() {
        memory.close();
    }
}
