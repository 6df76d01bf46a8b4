package io.github.conversations4j.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.conversations4j.error.CursorStoreException;
import io.github.conversations4j.error.OwnershipLostException;
import io.github.conversations4j.store.FileCursorStore.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileCursorStoreTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Settings UNLOCKED = new Settings(Durability.SYSTEM, false, 1 << 20);

    @TempDir
    private Path parent;

    private Path directory() {
        return parent.resolve("a").resolve("cursors");
    }

    private Path log() {
        return directory().resolve("cursors.log");
    }

    private void writeLog(byte[] bytes) throws IOException {
        Files.createDirectories(directory());
        Files.write(log(), bytes);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no POSIX permissions")
    void isForItsOwnerOnly() throws IOException {
        writeLog(LogFormat.header());
        Files.setPosixFilePermissions(log(), PosixFilePermissions.fromString("rw-r--r--"));
        FileCursorStore.open(directory()).close();
        Path made = parent.resolve("made");
        FileCursorStore.open(made).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Stream.concat(Files.list(made), Files.list(directory()))) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void isOpenOnceAtATime() {
        try (FileCursorStore first = FileCursorStore.open(directory())) {
            Cursor saved = first.save(first.own("s"), Cursor.of("CH1", NOW));
            assertThatExceptionOfType(CursorStoreException.class)
                    .isThrownBy(() -> FileCursorStore.open(directory()))
                    .withMessageContaining("in use by this process");
            assertThat(saved.version()).isEqualTo(1);
        }
        FileCursorStore.open(directory()).close();
    }

    @Test
    void whoWasOvertakenNoticesWhereLocksDoNotHold() {
        try (FileCursorStore first = FileCursorStore.open(directory(), UNLOCKED);
                FileCursorStore second = FileCursorStore.open(directory(), UNLOCKED)) {
            Ownership former = first.own("s");
            Cursor saved = first.save(former, Cursor.of("CH1", NOW).at(3, NOW));
            Ownership present = second.own("s");

            assertThatExceptionOfType(OwnershipLostException.class)
                    .isThrownBy(() -> first.save(former, saved.at(4, NOW)))
                    .satisfies(lost -> assertThat(lost.currentEpoch()).isEqualTo(present.epoch()));
            assertThat(present.epoch()).isGreaterThan(former.epoch());
            assertThat(second.readAll(present)).containsExactly(saved);
            assertThat(second.save(present, saved.at(5, NOW)).version()).isEqualTo(2);
        }
    }

    @Test
    void noticesThatTheLogWasReplaced() throws IOException {
        Settings small = new Settings(Durability.SYSTEM, false, 200);
        try (FileCursorStore first = FileCursorStore.open(directory(), UNLOCKED);
                FileCursorStore second = FileCursorStore.open(directory(), small)) {
            Ownership former = first.own("s");
            Ownership present = second.own("s");
            Cursor cursor = Cursor.of("CH1", NOW);
            for (int i = 0; i < 50; i++) {
                cursor = second.save(present, cursor.at(i, NOW));
            }

            assertThatExceptionOfType(OwnershipLostException.class).isThrownBy(() -> first.readAll(former));
            assertThat(first.readAll(present)).containsExactly(cursor);
        }
    }

    @Test
    void whoWasOvertakenDoesNotWriteTheLogAnewWithoutItsNewOwner() throws IOException {
        Settings small = new Settings(Durability.SYSTEM, false, 200);
        try (FileCursorStore first = FileCursorStore.open(directory(), small);
                FileCursorStore second = FileCursorStore.open(directory(), UNLOCKED)) {
            Ownership former = first.own("s");
            Cursor cursor = Cursor.of("CH1", NOW);
            while (Files.size(log()) < 200) {
                cursor = first.save(former, cursor.at(cursor.index() + 1, NOW));
            }
            Ownership present = second.own("s");
            Cursor last = cursor;

            assertThatExceptionOfType(OwnershipLostException.class)
                    .isThrownBy(() -> first.save(former, last.at(99, NOW)));
            assertThat(second.readAll(present)).containsExactly(last);
        }
    }

    @Test
    void refusesForeignFilesAndLeavesThemAlone() throws IOException {
        byte[] foreign = "bookkeeping of somebody else".getBytes(StandardCharsets.UTF_8);
        for (byte[] content : List.of(foreign, new byte[] {'x'}, new byte[64])) {
            writeLog(content);

            assertThatExceptionOfType(CursorStoreException.class)
                    .isThrownBy(() -> FileCursorStore.open(directory()))
                    .withMessageContaining("is no log of cursors and is left as it is");
            assertThat(Files.readAllBytes(log())).isEqualTo(content);
        }
    }

    @Test
    void refusesNewerFormatsAndLeavesThemAlone() throws IOException {
        byte[] newerFormat = LogFormat.header(LogFormat.VERSION + 1);
        byte[] unknown = ByteBuffer.allocate(LogFormat.HEADER + 9)
                .put(LogFormat.header())
                .putInt(1)
                .putInt(checksum(new byte[] {0, 0, 0, 1, 99}))
                .put((byte) 99)
                .array();
        for (byte[] content : List.of(newerFormat, unknown)) {
            writeLog(content);

            assertThatExceptionOfType(CursorStoreException.class)
                    .isThrownBy(() -> FileCursorStore.open(directory()))
                    .withMessageContaining("newer version");
            assertThat(Files.readAllBytes(log())).isEqualTo(content);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Test
    void beginsAnewInAFileThatLostItsHeader() throws IOException {
        for (int left = 0; left < LogFormat.HEADER; left++) {
            writeLog(Arrays.copyOf(LogFormat.header(), left));
            try (FileCursorStore store = FileCursorStore.open(directory(), Durability.SYSTEM)) {
                Ownership owner = store.own("s");
                assertThat(store.readAll(owner)).isEmpty();
                store.save(owner, Cursor.of("CH1", NOW));
            }
            assertThat(LogContent.read(log()).isWhole()).isTrue();
        }
    }

    @Test
    void staysSmallHoweverOftenItIsWritten() throws IOException {
        Settings small = new Settings(Durability.SYSTEM, true, 2_000);
        Cursor cursor = Cursor.of("CH1", NOW).with("fact", 1);
        try (FileCursorStore store = FileCursorStore.open(directory(), small)) {
            Ownership other = store.own("other");
            Cursor still = store.save(other, Cursor.of("CH2", NOW));
            store.own("s");
            Ownership owner = store.own("s");
            for (int i = 0; i < 2_000; i++) {
                cursor = store.save(owner, cursor.at(i, NOW));
            }

            assertThat(Files.size(log())).isLessThan(2_200);
            assertThat(store.readAll(other)).containsExactly(still);
        }
        try (FileCursorStore store = FileCursorStore.open(directory(), small)) {
            Ownership next = store.own("s");
            assertThat(next.epoch()).isEqualTo(3);
            assertThat(store.readAll(next)).containsExactly(cursor);
        }
        assertThat(directory().resolve("cursors.log.new")).doesNotExist();
    }

    @Test
    void staysSmallHoweverOftenItIsOpened() throws IOException {
        Settings small = new Settings(Durability.SYSTEM, true, 2_000);
        long largest = 0;
        for (int life = 0; life < 40; life++) {
            try (FileCursorStore store = FileCursorStore.open(directory(), small)) {
                Ownership owner = store.own("s");
                Cursor cursor = store.read(owner, "CH1").orElse(Cursor.of("CH1", NOW));
                for (int i = 0; i < 10; i++) {
                    cursor = store.save(owner, cursor.at(10 * life + i, NOW));
                }
                assertThat(cursor.version()).isEqualTo(10 * life + 10);
                largest = Math.max(largest, Files.size(log()));
            }
        }
        assertThat(largest).isBetween(2_000L, 2_200L);
    }

    @Test
    void refusesWhatWouldMakeTheLogTooLargeToBeReadUntilItCanBeWrittenAnew() throws IOException {
        Settings tiny = new Settings(Durability.SYSTEM, true, 500, 4_000);
        Path obstacle = directory().resolve("cursors.log.new").resolve("x");
        Cursor cursor = Cursor.of("CH1", NOW);
        try (FileCursorStore store = FileCursorStore.open(directory(), tiny)) {
            Ownership owner = store.own("s");
            Files.createDirectories(obstacle);
            CursorStoreException refusal = null;
            for (int i = 0; i < 200 && refusal == null; i++) {
                try {
                    cursor = store.save(owner, cursor.at(cursor.index() + 1, NOW));
                } catch (CursorStoreException e) {
                    refusal = e;
                }
            }
            assertThat(refusal).isNotNull().hasMessageContaining("could not be written anew");
            assertThat(Files.size(log())).isBetween(3_800L, 4_000L);
            assertThat(cursor.index()).isGreaterThan(20);
            assertThat(store.readAll(owner)).containsExactly(cursor);

            Files.delete(obstacle);
            cursor = store.save(owner, cursor.at(cursor.index() + 1, NOW));
            assertThat(Files.size(log())).isLessThan(500);
        }
        try (FileCursorStore store = FileCursorStore.open(directory(), tiny)) {
            assertThat(store.readAll(store.own("s"))).containsExactly(cursor);
        }
    }

    @Test
    void aLogOfMuchThatIsHeldIsWrittenAnewBeforeItIsTooLarge() throws IOException {
        Settings tiny = new Settings(Durability.SYSTEM, true, 500, 4_000);
        List<Cursor> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(Cursor.of("CH" + i, NOW));
        }
        try (FileCursorStore store = FileCursorStore.open(directory(), tiny)) {
            Ownership owner = store.own("s");
            store.save(owner, many);
            assertThat(4 * Files.size(log())).as("what four times would be").isGreaterThan(4_000);
            Cursor cursor = store.read(owner, "CH1").orElseThrow();
            for (int i = 0; i < 200; i++) {
                cursor = store.save(owner, cursor.at(i, NOW));
                assertThat(Files.size(log())).isLessThan(4_000);
            }
        }
    }

    @Test
    void aLogThatWasBeingWrittenAnewIsThrownAway() throws IOException {
        Cursor saved;
        try (FileCursorStore store = FileCursorStore.open(directory())) {
            saved = store.save(store.own("s"), Cursor.of("CH1", NOW));
        }
        Files.write(directory().resolve("cursors.log.new"), new byte[] {1, 2, 3});

        try (FileCursorStore store = FileCursorStore.open(directory())) {
            assertThat(store.readAll(store.own("s"))).containsExactly(saved);
        }
        assertThat(directory().resolve("cursors.log.new")).doesNotExist();
    }

    @Test
    void anInterruptStopsNothing() {
        try (FileCursorStore store = FileCursorStore.open(directory())) {
            Ownership owner = store.own("s");
            Thread.currentThread().interrupt();
            Cursor saved = store.save(owner, Cursor.of("CH1", NOW));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.save(owner, saved.at(1, NOW)).version()).isEqualTo(2);
        }
    }

    @Test
    void saysWhatIsWrongWithTheDirectory() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "x");

        assertThatExceptionOfType(CursorStoreException.class)
                .isThrownBy(() -> FileCursorStore.open(file))
                .withMessageContaining("can not be opened")
                .withMessageContaining(file.toString());
    }
}
