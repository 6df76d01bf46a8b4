package io.github.conversations4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conversations4j.error.CursorConflictException;
import io.github.conversations4j.error.OwnershipLostException;
import io.github.conversations4j.store.Cursor;
import io.github.conversations4j.store.CursorStore;
import io.github.conversations4j.store.Ownership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CursorStore} owes to several threads, to owners that race for one scope, and to a long life of chance.
 * Extend it like {@link CursorStoreContract}. Every failure names the seed that leads to it.
 */
public abstract class CursorStoreRaces {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final String SCOPE = "AC1/IS1";
    private static final int THREADS = 4;

    private CursorStore store;
    private ExecutorService threads;

    /** For subclasses. */
    protected CursorStoreRaces() {}

    /**
     * Opens a store on the data of the running test.
     *
     * @return the store; closed by the suite
     */
    protected abstract CursorStore open();

    /**
     * Opens a second store on the same data while the first one is open, as another process would. Stores that can not,
     * such as those that lock their files, give the first one.
     *
     * @param first the store that is open
     * @return the store that the rival uses; closed by the suite
     */
    protected abstract CursorStore openForRival(CursorStore first);

    /**
     * The seed of the run, for chance; another one is another run.
     *
     * @return 1 unless overridden
     */
    protected long seed() {
        return 1;
    }

    @BeforeEach
    final void openFirst() {
        store = open();
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "conversations4j-contract");
            thread.setDaemon(true);
            return thread;
        });
    }

    @AfterEach
    final void closeAll() {
        threads.shutdownNow();
        store.close();
    }

    private <T> List<T> together(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        for (Future<T> done : threads.invokeAll(tasks)) {
            results.add(done.get());
        }
        return results;
    }

    @Test
    void threadsOfOneOwnerDoNotDisturbEachOther() throws Exception {
        Ownership owner = store.own(SCOPE);
        List<Callable<Cursor>> tasks = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            String conversation = "CH" + t;
            tasks.add(() -> {
                Cursor cursor = Cursor.of(conversation, NOW);
                for (int i = 0; i < 50; i++) {
                    cursor = store.save(owner, cursor.at(i, NOW));
                }
                return cursor;
            });
        }

        Map<String, Cursor> last =
                together(tasks).stream().collect(Collectors.toMap(Cursor::conversation, cursor -> cursor));

        assertEquals(
                last, store.readAll(owner).stream().collect(Collectors.toMap(Cursor::conversation, cursor -> cursor)));
        last.values().forEach(cursor -> assertEquals(50, cursor.version()));
    }

    @Test
    void ofThreadsThatChangeOneCursorAtATimeOneWins() throws Exception {
        Ownership owner = store.own(SCOPE);
        store.save(owner, Cursor.of("CH1", NOW));
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            tasks.add(() -> {
                int won = 0;
                for (int i = 0; i < 50; i++) {
                    Cursor seen = store.read(owner, "CH1").orElseThrow();
                    won += saves(owner, seen.at(seen.index() + 1, NOW)) ? 1 : 0;
                }
                return won;
            });
        }

        int won = together(tasks).stream().mapToInt(Integer::intValue).sum();

        Cursor last = store.read(owner, "CH1").orElseThrow();
        assertEquals(won, last.index() + 1, "each that won is counted once");
        assertEquals(won + 1, last.version());
    }

    private boolean saves(Ownership owner, Cursor cursor) {
        try {
            store.save(owner, cursor);
            return true;
        } catch (CursorConflictException lost) {
            return false;
        }
    }

    /** What a store has acknowledged to an owner. */
    private record Acknowledged(long epoch, long version) {}

    @Test
    void ownersThatRaceNeverBothMove() throws Exception {
        try (CursorStore rival = openForRival(store)) {
            List<Acknowledged> all = together(List.<Callable<List<Acknowledged>>>of(
                            () -> takeAndMove(store, new SplittableRandom(seed())),
                            () -> takeAndMove(rival, new SplittableRandom(~seed()))))
                    .stream()
                    .flatMap(List::stream)
                    .toList();

            Map<Long, Long> epochByVersion = new TreeMap<>();
            for (Acknowledged each : all) {
                assertEquals(
                        null,
                        epochByVersion.put(each.version(), each.epoch()),
                        "seed " + seed() + ": version " + each.version() + " was given to two");
            }
            long before = 0;
            for (Map.Entry<Long, Long> entry : epochByVersion.entrySet()) {
                assertTrue(
                        entry.getValue() >= before,
                        "seed " + seed() + ": version " + entry.getKey() + " is of epoch " + entry.getValue()
                                + ", after one of epoch " + before);
                before = entry.getValue();
            }
            assertEquals(
                    all.size(),
                    store.read(store.own(SCOPE), "CH1").map(Cursor::version).orElse(0L),
                    "seed " + seed() + ": every acknowledged state counts, and no other");
        }
    }

    private static List<Acknowledged> takeAndMove(CursorStore store, RandomGenerator random) {
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (int life = 0; life < 20; life++) {
            Ownership owner = store.own(SCOPE);
            try {
                Cursor cursor = store.read(owner, "CH1").orElse(Cursor.of("CH1", NOW));
                for (int i = random.nextInt(8); i >= 0; i--) {
                    cursor = store.save(owner, cursor.at(cursor.index() + 1, NOW));
                    acknowledged.add(new Acknowledged(owner.epoch(), cursor.version()));
                }
            } catch (OwnershipLostException taken) {
                assertTrue(taken.currentEpoch() > owner.epoch(), String.valueOf(taken.getMessage()));
            }
        }
        return acknowledged;
    }

    @Test
    void aLongLifeOfChanceLeavesWhatWasAcknowledged() {
        RandomGenerator random = new SplittableRandom(seed());
        Ownership owner = store.own(SCOPE);
        Map<String, Cursor> expected = new TreeMap<>();
        for (int step = 0; step < 400; step++) {
            String conversation = "CH" + random.nextInt(20);
            Cursor known = expected.get(conversation);
            if (random.nextInt(50) == 0) {
                owner = store.own(SCOPE);
            } else if (known != null && random.nextInt(5) == 0) {
                store.remove(owner, List.of(known));
                expected.remove(conversation);
            } else {
                Cursor from = known == null ? Cursor.of(conversation, NOW) : known;
                Cursor next =
                        from.at(random.nextInt(1_000), NOW.plusMillis(step)).with("f" + random.nextInt(8), step);
                expected.put(conversation, store.save(owner, next));
            }
        }

        Map<String, Cursor> found =
                store.readAll(owner).stream().collect(Collectors.toMap(Cursor::conversation, cursor -> cursor));
        assertEquals(expected, new TreeMap<>(found), "seed " + seed());
    }
}
