package io.github.conversations4j.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.store.FileCursorStore.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log is worth after a process died in the middle of a write, or a disk went bad. */
class TornLogTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Settings SETTINGS = new Settings(Durability.SYSTEM, false, 1 << 20);

    @TempDir
    private Path directory;

    /** The state after a record, and where the record ends. */
    private record State(int end, Map<String, Cursor> cursors) {}

    private Path log() {
        return directory.resolve("cursors.log");
    }

    /** Writes a log of a seed, with what was acknowledged after every record of it. */
    private List<State> write(long seed, int records) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<State> states = new ArrayList<>();
        try (FileCursorStore store = FileCursorStore.open(directory, SETTINGS)) {
            Ownership owner = store.own("s");
            Map<String, Cursor> cursors = new TreeMap<>();
            states.add(new State((int) Files.size(log()), Map.of()));
            while (states.size() <= records) {
                String name = "CH" + random.nextInt(4);
                Cursor known = cursors.get(name);
                if (known != null && random.nextInt(4) == 0) {
                    store.remove(owner, List.of(known));
                    cursors.remove(name);
                } else {
                    Cursor from = known == null ? Cursor.of(name, NOW) : known;
                    cursors.put(
                            name,
                            store.save(owner, from.at(random.nextInt(99), NOW).with("f", random.nextInt())));
                }
                states.add(new State((int) Files.size(log()), Map.copyOf(cursors)));
            }
        }
        return states;
    }

    private static State lastBefore(List<State> states, int offset) {
        State last = null;
        for (State state : states) {
            last = state.end() <= offset ? state : last;
        }
        return last;
    }

    /** Opens what is there, compares, and goes on working with it. */
    private void assertRecovered(State expected, String how) throws IOException {
        Ownership former = new Ownership("s", 1);
        Cursor more;
        try (FileCursorStore store = FileCursorStore.open(directory, SETTINGS)) {
            assertThat(byName(store.readAll(former))).as(how).isEqualTo(expected.cursors());
            more = store.save(store.own("s"), Cursor.of("CHnew", NOW));
        }
        try (FileCursorStore store = FileCursorStore.open(directory, SETTINGS)) {
            Map<String, Cursor> all = new TreeMap<>(expected.cursors());
            all.put("CHnew", more);
            assertThat(byName(store.readAll(store.own("s")))).as(how).isEqualTo(all);
        }
    }

    private static Map<String, Cursor> byName(List<Cursor> cursors) {
        Map<String, Cursor> map = new TreeMap<>();
        cursors.forEach(cursor -> map.put(cursor.conversation(), cursor));
        return map;
    }

    @Test
    void cutAtEveryByteOfTheLastRecords() throws IOException {
        List<State> states = write(11, 8);
        byte[] whole = Files.readAllBytes(log());
        for (int cut = states.get(4).end(); cut < whole.length; cut++) {
            Files.write(log(), Arrays.copyOf(whole, cut));

            assertRecovered(lastBefore(states, cut), "cut at byte " + cut + " of " + whole.length);
        }
    }

    @Test
    void everyByteOfTheLastRecordTorn() throws IOException {
        List<State> states = write(12, 6);
        byte[] whole = Files.readAllBytes(log());
        State before = states.get(5);
        for (int at = before.end(); at < whole.length; at++) {
            for (int bit : new int[] {0, 7}) {
                byte[] torn = whole.clone();
                torn[at] ^= (byte) (1 << bit);
                Files.write(log(), torn);

                assertRecovered(before, "bit " + bit + " of byte " + at + " turned");
            }
        }
        assertThat(directory.resolve("cursors.log.damaged")).doesNotExist();
    }

    @Test
    void theLastPagesLeftEmptyByAPowerFailure() throws IOException {
        List<State> states = write(13, 6);
        byte[] whole = Files.readAllBytes(log());
        for (int from = states.get(3).end(); from < whole.length; from++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, from, torn.length, (byte) 0);
            Files.write(log(), Arrays.copyOf(torn, torn.length + 4096));

            assertRecovered(lastBefore(states, from), "zeros from byte " + from);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void deathAtRandomMoments(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<State> states = write(seed, 40);
        byte[] whole = Files.readAllBytes(log());
        for (int death = 0; death < 20; death++) {
            int cut = random.nextInt(states.get(0).end(), whole.length + 1);
            byte[] left = Arrays.copyOf(whole, cut + random.nextInt(40));
            for (int i = cut; i < left.length; i++) {
                left[i] = (byte) random.nextInt();
            }
            Files.write(log(), left);

            assertRecovered(
                    lastBefore(states, cut), "seed " + seed + ", rubbish from byte " + cut + " to " + left.length);
        }
    }

    @Test
    void aDamagedMiddleFallsBackAndIsKept() throws IOException {
        List<State> states = write(14, 10);
        byte[] damaged = Files.readAllBytes(log());
        damaged[states.get(4).end() + 20] ^= 1;
        Files.write(log(), damaged);

        assertRecovered(states.get(4), "damaged after record 4");
        assertThat(directory.resolve("cursors.log.damaged")).hasBinaryContent(damaged);
    }
}
