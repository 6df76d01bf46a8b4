package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.store.Cursor;
import io.github.conversations4j.store.CursorStore;
import io.github.conversations4j.store.Ownership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cursors of a scope as its store holds them, all of them: whoever asks where a conversation is cannot wait for a store.
 * Reading is thread-safe; one thread at a time may write.
 *
 * <p>A write that fails may have been stored or not, and a change made from a state that is not the stored one is refused for
 * good. So what a failed write was about is read again before the next one.
 */
final class StoredCursors {
    private static final Logger LOG = LoggerFactory.getLogger(StoredCursors.class);

    private final CursorStore store;
    private final Ownership owner;
    private final Map<String, Cursor> cursors = new ConcurrentHashMap<>();

    /** Whose cursors were being written when the store failed. Used by whoever writes. */
    private final Set<String> unsure = new HashSet<>();

    /**
     * What is to be written.
     *
     * @param positions up to where hooks have taken the messages, by conversation
     * @param ended conversations that need no cursor any more, others than these
     */
    record Changes(Map<String, Integer> positions, Set<String> ended) {
        boolean isEmpty() {
            return positions.isEmpty() && ended.isEmpty();
        }
    }

    private StoredCursors(CursorStore store, Ownership owner) {
        this.store = store;
        this.owner = owner;
    }

    /** Takes a scope over and reads its cursors. Blocks. */
    static StoredCursors takeOver(CursorStore store, String scope) {
        StoredCursors taken = new StoredCursors(store, store.own(scope));
        taken.store.readAll(taken.owner).forEach(taken::keep);
        return taken;
    }

    private void keep(Cursor stored) {
        cursors.put(stored.conversation(), stored);
    }

    @Nullable
    Cursor find(String conversation) {
        return cursors.get(conversation);
    }

    List<String> conversations() {
        return cursors.keySet().stream()
                .filter(name -> !name.equals(Cursor.WHOLE_SCOPE))
                .toList();
    }

    /** Saves one that was made from the one that is here. Blocks. */
    Cursor save(Cursor next) {
        Cursor stored = store.save(owner, next);
        keep(stored);
        return stored;
    }

    /** Writes changes, at most {@link CursorStore#MOST_AT_ONCE} of a kind. Blocks. */
    void write(Changes changes, Instant now) {
        readUnsure();
        List<Cursor> next = new ArrayList<>();
        changes.positions().forEach((conversation, index) -> {
            Cursor before = before(conversation, now);
            if (before != null && index > before.index()) {
                next.add(before.at(index, now));
            }
        });
        if (!next.isEmpty()) {
            next.forEach(cursor -> unsure.add(cursor.conversation()));
            store.save(owner, next).forEach(this::keep);
        }
        List<Cursor> gone = changes.ended().stream()
                .map(cursors::get)
                .filter(Objects::nonNull)
                .toList();
        if (!gone.isEmpty()) {
            gone.forEach(cursor -> unsure.add(cursor.conversation()));
            store.remove(owner, gone);
            gone.forEach(cursor -> cursors.remove(cursor.conversation()));
        }
        unsure.clear();
    }

    private void readUnsure() {
        for (Iterator<String> all = unsure.iterator(); all.hasNext(); all.remove()) {
            String conversation = all.next();
            store.read(owner, conversation).ifPresentOrElse(this::keep, () -> cursors.remove(conversation));
        }
    }

    private @Nullable Cursor before(String conversation, Instant now) {
        Cursor known = cursors.get(conversation);
        try {
            return known == null ? Cursor.of(conversation, now) : known;
        } catch (IllegalArgumentException e) {
            // Whoever made such a name must not keep the others from being saved.
            LOG.warn("no cursor can be kept: {}", e.getMessage());
            return null;
        }
    }
}
