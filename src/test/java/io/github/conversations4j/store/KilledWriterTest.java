package io.github.conversations4j.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that writes is killed with SIGKILL, again and again, on one and the same store. */
class KilledWriterTest {
    private static final long SEED = 20260304;
    private static final int DEATHS = 4;

    @TempDir
    private Path directory;

    /** What a child said before it died. */
    private record LastWords(long epoch, Map<String, Long> acknowledged) {}

    @ParameterizedTest
    @EnumSource(Durability.class)
    void losesNothingThatWasAcknowledged(Durability durability) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        long epoch = 0;
        Map<String, Long> acknowledged = new TreeMap<>(Map.of("CH0", -1L, "CH1", -1L));
        for (int death = 0; death < DEATHS; death++) {
            LastWords last = runAndKill(durability, random.nextInt(500, 4_000), random.nextInt(1, 400));
            acknowledged.putAll(last.acknowledged());
            String how = "seed " + SEED + ", death " + death + ", " + durability;

            assertThat(last.epoch()).as(how).isGreaterThan(epoch);
            epoch = last.epoch();
            Map<String, Long> stored = stored(epoch);
            // One state of each thread may be on the disk and not said yet.
            acknowledged.forEach((conversation, index) -> assertThat(stored.getOrDefault(conversation, -1L))
                    .as("%s, %s", how, conversation)
                    .isBetween(index, index + 1));
            acknowledged.putAll(stored);
        }
        assertThat(acknowledged.values())
                .as("seed %s", SEED)
                .allSatisfy(index -> assertThat(index).isNotNegative());
    }

    private Map<String, Long> stored(long epoch) {
        Map<String, Long> stored = new TreeMap<>();
        try (FileCursorStore store = FileCursorStore.open(directory)) {
            for (Cursor cursor : store.readAll(new Ownership("s", epoch))) {
                assertThat(cursor.version()).isEqualTo(cursor.index() + 1);
                stored.put(cursor.conversation(), cursor.index());
            }
        }
        return stored;
    }

    private LastWords runAndKill(Durability durability, int compactedAt, int lines)
            throws IOException, InterruptedException {
        Path errors = directory.resolve("errors.txt");
        Process child = new ProcessBuilder(command(durability, compactedAt))
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader said = child.inputReader()) {
            String first = said.readLine();
            assertThat(first)
                    .as(() -> "child said: " + text(errors))
                    .isNotNull()
                    .startsWith("epoch ");
            Map<String, Long> acknowledged = new TreeMap<>();
            for (int line = 1; ; line++) {
                if (line == lines) {
                    // By its handle, which leaves open what it has said already.
                    child.toHandle().destroyForcibly();
                }
                String text = said.readLine();
                if (text == null) {
                    break;
                }
                note(text, acknowledged);
            }
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return new LastWords(Long.parseLong(first.substring("epoch ".length())), acknowledged);
        } finally {
            child.destroyForcibly();
        }
    }

    /** The last line may have been cut off by the death. */
    private static void note(String line, Map<String, Long> acknowledged) {
        String[] words = line.split(" ");
        if (words.length == 2 && acknowledged.getOrDefault(words[0], -1L) < Long.parseLong(words[1])) {
            acknowledged.put(words[0], Long.parseLong(words[1]));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<String> command(Durability durability, int compactedAt) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                classes,
                CursorWriterMain.class.getName(),
                directory.toString(),
                durability.name(),
                Integer.toString(compactedAt));
    }
}
