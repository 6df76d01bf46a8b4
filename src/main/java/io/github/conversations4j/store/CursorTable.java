package io.github.conversations4j.store;

import io.github.conversations4j.error.CursorConflictException;
import io.github.conversations4j.error.OwnershipLostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All scopes with their epochs and cursors, and the rules by which they change. Not thread-safe. */
final class CursorTable {
    private final Map<String, Scope> scopes = new HashMap<>();

    private static final class Scope {
        private final Map<String, Cursor> cursors = new HashMap<>();
        private long epoch;
    }

    /** The epoch that the next owner of a scope gets. */
    long nextEpoch(String scope) {
        Scope known = scopes.get(scope);
        return known == null ? 1 : known.epoch + 1;
    }

    void own(String scope, long epoch) {
        scopes.computeIfAbsent(scope, name -> new Scope()).epoch = epoch;
    }

    private Scope scopeOf(Ownership owner) {
        Scope scope = scopes.get(owner.scope());
        if (scope == null || scope.epoch != owner.epoch()) {
            throw new OwnershipLostException(owner.scope(), owner.epoch(), scope == null ? 0 : scope.epoch);
        }
        return scope;
    }

    /** Refuses changes that were made from another state than the one that is here. */
    void require(Ownership owner, List<Cursor> cursors, boolean toBeThere) {
        Scope scope = scopeOf(owner);
        for (Cursor cursor : cursors) {
            Cursor present = scope.cursors.get(cursor.conversation());
            if ((present == null ? 0 : present.version()) != cursor.version() || toBeThere && present == null) {
                throw new CursorConflictException(owner.scope(), cursor.conversation(), cursor.version());
            }
        }
    }

    List<Cursor> all(Ownership owner) {
        return List.copyOf(scopeOf(owner).cursors.values());
    }

    Optional<Cursor> find(Ownership owner, String conversation) {
        return Optional.ofNullable(scopeOf(owner).cursors.get(conversation));
    }

    void put(Ownership owner, List<Cursor> stored) {
        Scope scope = scopeOf(owner);
        stored.forEach(cursor -> scope.cursors.put(cursor.conversation(), cursor));
    }

    void remove(Ownership owner, List<String> conversations) {
        Scope scope = scopeOf(owner);
        conversations.forEach(scope.cursors::remove);
    }

    boolean isOwner(Ownership owner) {
        Scope scope = scopes.get(owner.scope());
        return scope != null && scope.epoch == owner.epoch();
    }

    /** The shortest way to this table from an empty one. */
    List<LogRecord> records() {
        List<LogRecord> records = new ArrayList<>();
        scopes.forEach((name, scope) -> {
            Ownership owner = new Ownership(name, scope.epoch);
            records.add(new LogRecord.Owned(owner));
            List<Cursor> cursors = List.copyOf(scope.cursors.values());
            for (int from = 0; from < cursors.size(); from += CursorStore.MOST_AT_ONCE) {
                int to = Math.min(from + CursorStore.MOST_AT_ONCE, cursors.size());
                records.add(new LogRecord.Saved(owner, cursors.subList(from, to)));
            }
        });
        return records;
    }
}
