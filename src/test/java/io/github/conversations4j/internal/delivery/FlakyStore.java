package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.error.CursorStoreException;
import io.github.conversations4j.store.Cursor;
import io.github.conversations4j.store.CursorStore;
import io.github.conversations4j.store.MemoryCursorStore;
import io.github.conversations4j.store.Ownership;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store in memory that fails when it is told to. */
final class FlakyStore implements CursorStore {
    final MemoryCursorStore memory = new MemoryCursorStore();
    /** How often something was to be read or written by whoever owns a scope. */
    int asked;

    private Failing failing = Failing.NOT;

    /** When it fails. */
    enum Failing {
        NOT,
        /** Before anything is read or written. */
        BEFORE,
        /** After it was done: the answer got lost. */
        AFTER,
        /** By no exception, but an error. */
        BADLY
    }

    void fails(Failing how) {
        failing = how;
    }

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
        return ask(() -> memory.read(owner, conversation));
    }

    @Override
    public List<Cursor> save(Ownership owner, List<Cursor> cursors) {
        return ask(() -> memory.save(owner, cursors));
    }

    @Override
    public void remove(Ownership owner, List<Cursor> cursors) {
        ask(() -> {
            memory.remove(owner, cursors);
            return cursors;
        });
    }

    private <T> T ask(Supplier<T> call) {
        asked++;
        if (failing == Failing.BADLY) {
            throw new NoClassDefFoundError("org/example/Driver");
        }
        if (failing == Failing.BEFORE) {
            throw new CursorStoreException("the disk is full");
        }
        T answer = call.get();
        if (failing == Failing.AFTER) {
            throw new CursorStoreException("the connection broke");
        }
        return answer;
    }

    @Override
    public void close() {
        memory.close();
    }
}
