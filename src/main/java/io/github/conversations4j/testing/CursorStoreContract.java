package io.github.conversations4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conversations4j.error.CursorConflictException;
import io.github.conversations4j.error.CursorStoreException;
import io.github.conversations4j.error.OwnershipLostException;
import io.github.conversations4j.store.Cursor;
import io.github.conversations4j.store.CursorStore;
import io.github.conversations4j.store.Ownership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CursorStore} owes to delivery. Extend it in your tests, say how a store is opened, and run it like any
 * test class; it needs {@code junit-jupiter-api} and nothing else. {@link CursorStoreRaces} is the same for threads and
 * chance.
 *
 * <p>Every test begins with {@link #open} on data that no other test has seen: make the place for it, such as a directory
 * of {@code @TempDir}, in {@code @BeforeEach} or in a field.
 */
public abstract class CursorStoreContract {
    /** A moment with milliseconds, which every store must keep. */
    protected static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    private static final String SCOPE = "AC1/IS1";

    private CursorStore store;

    /** For subclasses. */
    protected CursorStoreContract() {}

    /**
     * Opens a store on the data of the running test. Called again after a store was closed, it finds what that one
     * left, if {@link #survivesClosing}.
     *
     * @return the store; closed by the suite
     */
    protected abstract CursorStore open();

    /**
     * Tells whether what was saved is there when the store is opened again.
     *
     * @return whether it is, as in all stores but those in memory
     */
    protected abstract boolean survivesClosing();

    @BeforeEach
    final void openFirst() {
        store = open();
    }

    @AfterEach
    final void closeLast() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = open();
    }

    private static Cursor fresh(String conversation, long index) {
        return Cursor.of(conversation, NOW).at(index, NOW);
    }

    private static Map<String, Cursor> byName(List<Cursor> cursors) {
        return cursors.stream().collect(Collectors.toMap(Cursor::conversation, cursor -> cursor));
    }

    @Test
    void everyOwnerHasAGreaterEpochThanThoseBefore() {
        Ownership first = store.own(SCOPE);
        Ownership second = store.own(SCOPE);

        assertEquals(SCOPE, first.scope());
        assertTrue(second.epoch() > first.epoch(), first + " then " + second);
    }

    @Test
    void scopesHaveTheirOwnOwnersAndCursors() {
        Ownership one = store.own("AC1/IS1");
        Ownership other = store.own("AC1/IS2");
        store.save(one, fresh("CH1", 4));
        store.save(other, fresh("CH1", 9));
        store.own("AC1/IS2");

        assertEquals(4, store.read(one, "CH1").orElseThrow().index());
        assertThrows(OwnershipLostException.class, () -> store.readAll(other));
    }

    @Test
    void aNewScopeIsEmpty() {
        Ownership owner = store.own(SCOPE);

        assertEquals(List.of(), store.readAll(owner));
        assertEquals(Optional.empty(), store.read(owner, "CH1"));
    }

    @Test
    void givesBackEverythingThatWasSaved() {
        Ownership owner = store.own(SCOPE);
        Cursor bare = Cursor.of("CH1", NOW);
        Cursor full = fresh("CH_-9", Long.MAX_VALUE);
        for (int i = 0; i < Cursor.MOST_FACTS; i++) {
            full = full.with("a-name-of-24-characters" + i, i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
        Cursor whole = new Cursor(Cursor.WHOLE_SCOPE, -1, 0, Instant.EPOCH.minusMillis(1), Map.of("since", -1L));

        List<Cursor> stored = store.save(owner, List.of(bare, full, whole));

        assertEquals(
                List.of(
                        new Cursor("CH1", -1, 1, NOW, Map.of()),
                        new Cursor("CH_-9", Long.MAX_VALUE, 1, NOW, full.facts()),
                        new Cursor("*", -1, 1, whole.time(), whole.facts())),
                stored);
        assertEquals(byName(stored), byName(store.readAll(owner)));
        assertEquals(stored.get(1), store.read(owner, "CH_-9").orElseThrow());
    }

    @Test
    void versionsGrowByOne() {
        Ownership owner = store.own(SCOPE);
        Cursor cursor = fresh("CH1", 0);
        for (long version = 1; version <= 5; version++) {
            cursor = store.save(owner, cursor.at(version * 10, NOW.plusSeconds(version)));
            assertEquals(version, cursor.version());
        }

        assertEquals(
                new Cursor("CH1", 50, 5, NOW.plusSeconds(5), Map.of()),
                store.read(owner, "CH1").orElseThrow());
    }

    @Test
    void aLaterOwnerFindsTheCursorsOfEarlierOnes() {
        Cursor saved = store.save(store.own(SCOPE), fresh("CH1", 3));

        Ownership owner = store.own(SCOPE);

        assertEquals(List.of(saved), store.readAll(owner));
        assertEquals(2, store.save(owner, saved.at(4, NOW)).version());
    }

    @Test
    void refusesAStateThatWasReplaced() {
        Ownership owner = store.own(SCOPE);
        Cursor first = store.save(owner, fresh("CH1", 1));
        Cursor second = store.save(owner, first.at(2, NOW));

        CursorConflictException refused =
                assertThrows(CursorConflictException.class, () -> store.save(owner, first.at(7, NOW)));

        assertEquals("CH1", refused.conversation());
        assertEquals(second, store.read(owner, "CH1").orElseThrow());
    }

    @Test
    void refusesAFirstStateWhereThereIsOne() {
        Ownership owner = store.own(SCOPE);
        Cursor stored = store.save(owner, fresh("CH1", 1));

        assertThrows(CursorConflictException.class, () -> store.save(owner, fresh("CH1", 2)));

        assertEquals(stored, store.read(owner, "CH1").orElseThrow());
    }

    @Test
    void refusesALaterStateWhereThereIsNone() {
        Ownership owner = store.own(SCOPE);
        Cursor strange = new Cursor("CH1", 1, 3, NOW, Map.of());

        assertThrows(CursorConflictException.class, () -> store.save(owner, strange));

        assertEquals(List.of(), store.readAll(owner));
    }

    @Test
    void savesAllOrNone() {
        Ownership owner = store.own(SCOPE);
        Cursor there = store.save(owner, fresh("CH2", 1));

        List<Cursor> mixed =
                List.of(fresh("CH1", 1), there.at(2, NOW), fresh("CH3", 1).at(2, NOW), stale(there));
        assertThrows(IllegalArgumentException.class, () -> store.save(owner, mixed));
        List<Cursor> conflicting = List.of(fresh("CH1", 1), fresh("CH3", 1), fresh("CH2", 1));
        assertThrows(CursorConflictException.class, () -> store.save(owner, conflicting));

        assertEquals(List.of(there), store.readAll(owner));
    }

    private static Cursor stale(Cursor cursor) {
        return new Cursor(cursor.conversation(), cursor.index(), 0, cursor.time(), cursor.facts());
    }

    @Test
    void removes() {
        Ownership owner = store.own(SCOPE);
        List<Cursor> stored = store.save(owner, List.of(fresh("CH1", 1), fresh("CH2", 1), fresh("CH3", 1)));

        store.remove(owner, stored.subList(0, 2));

        assertEquals(List.of(stored.get(2)), store.readAll(owner));
        assertEquals(1, store.save(owner, fresh("CH1", 8)).version());
    }

    @Test
    void removesAllOrNone() {
        Ownership owner = store.own(SCOPE);
        List<Cursor> stored = store.save(owner, List.of(fresh("CH1", 1), fresh("CH2", 1)));
        Cursor moved = store.save(owner, stored.get(1).at(2, NOW));

        assertThrows(CursorConflictException.class, () -> store.remove(owner, stored));
        assertThrows(CursorConflictException.class, () -> store.remove(owner, List.of(fresh("CH9", 1))));

        assertEquals(Map.of("CH1", stored.get(0), "CH2", moved), byName(store.readAll(owner)));
    }

    @Test
    void refusesAnEarlierOwnerWhateverItDoes() {
        Ownership former = store.own(SCOPE);
        Cursor stored = store.save(former, fresh("CH1", 1));
        Ownership present = store.own(SCOPE);

        OwnershipLostException refused =
                assertThrows(OwnershipLostException.class, () -> store.save(former, stored.at(2, NOW)));
        assertEquals(former.epoch(), refused.epoch());
        assertEquals(present.epoch(), refused.currentEpoch());
        assertThrows(OwnershipLostException.class, () -> store.save(former, fresh("CH2", 1)));
        assertThrows(OwnershipLostException.class, () -> store.save(former, List.of()));
        assertThrows(OwnershipLostException.class, () -> store.remove(former, List.of(stored)));
        assertThrows(OwnershipLostException.class, () -> store.readAll(former));
        assertThrows(OwnershipLostException.class, () -> store.read(former, "CH1"));

        assertEquals(List.of(stored), store.readAll(present));
    }

    @Test
    void refusesAnOwnerThatItNeverMade() {
        assertThrows(OwnershipLostException.class, () -> store.readAll(new Ownership("AC1/IS9", 1)));
        Ownership future = new Ownership(SCOPE, store.own(SCOPE).epoch() + 1);
        assertThrows(OwnershipLostException.class, () -> store.save(future, fresh("CH1", 1)));
    }

    @Test
    void keepsManyAtOnceAndRefusesMore() {
        Ownership owner = store.own(SCOPE);
        List<Cursor> most = IntStream.range(0, CursorStore.MOST_AT_ONCE)
                .mapToObj(i -> fresh("CH" + i, i).with("fact", i))
                .toList();
        List<Cursor> tooMany = new ArrayList<>(most);
        tooMany.add(fresh("CHx", 1));

        assertThrows(IllegalArgumentException.class, () -> store.save(owner, tooMany));
        assertEquals(List.of(), store.readAll(owner));
        List<Cursor> stored = store.save(owner, most);
        assertEquals(byName(stored), byName(store.readAll(owner)));
        assertThrows(IllegalArgumentException.class, () -> store.remove(owner, tooMany));
        store.remove(owner, stored);
        assertEquals(List.of(), store.readAll(owner));
    }

    @Test
    void refusesScopesThatNoStoreCouldKeep() {
        assertThrows(IllegalArgumentException.class, () -> store.own(""));
        assertThrows(IllegalArgumentException.class, () -> store.own("a b"));
        assertThrows(IllegalArgumentException.class, () -> store.own("x".repeat(129)));
        assertEquals(128, store.own("x".repeat(128)).scope().length());
    }

    @Test
    void doesNothingAnyMoreOnceClosed() {
        Ownership owner = store.own(SCOPE);
        Cursor stored = store.save(owner, fresh("CH1", 1));

        store.close();
        store.close();

        assertThrows(CursorStoreException.class, () -> store.own(SCOPE));
        assertThrows(CursorStoreException.class, () -> store.readAll(owner));
        assertThrows(CursorStoreException.class, () -> store.read(owner, "CH1"));
        assertThrows(CursorStoreException.class, () -> store.save(owner, stored));
        assertThrows(CursorStoreException.class, () -> store.remove(owner, List.of(stored)));
    }

    @Test
    void findsEverythingAgainAfterClosing() {
        if (!survivesClosing()) {
            return;
        }
        Ownership before = store.own(SCOPE);
        store.own("other");
        List<Cursor> stored = store.save(before, List.of(fresh("CH1", 1), fresh("CH2", 2), fresh("CH3", 3)));
        Cursor moved = store.save(before, stored.get(1).at(7, NOW.plusMillis(1)).with("fact", 5));
        store.remove(before, List.of(stored.get(0)));

        reopen();
        assertEquals(
                Map.of("CH2", moved, "CH3", stored.get(2)),
                byName(store.readAll(before)),
                "an owner keeps its right until somebody takes it, closing or not");
        Ownership after = store.own(SCOPE);

        assertTrue(after.epoch() > before.epoch(), before + " then " + after);
        assertEquals(Map.of("CH2", moved, "CH3", stored.get(2)), byName(store.readAll(after)));
        assertThrows(OwnershipLostException.class, () -> store.readAll(before));
        assertEquals(3, store.save(after, moved.at(8, NOW)).version());
    }
}
