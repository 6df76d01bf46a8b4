package io.github.conversations4j.store;

import io.github.conversations4j.store.FileCursorStore.Settings;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Moves two cursors for ever, each by a thread of its own, and prints every state that was acknowledged. Made to be killed.
 * Arguments: the directory, the durability, and from how many bytes on the log is written anew.
 */
final class CursorWriterMain {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    private CursorWriterMain() {}

    public static void main(String[] args) {
        Settings settings = new Settings(Durability.valueOf(args[1]), true, Long.parseLong(args[2]));
        FileCursorStore store = FileCursorStore.open(Path.of(args[0]), settings);
        Ownership owner = store.own("s");
        System.out.println("epoch " + owner.epoch());
        Thread other = new Thread(() -> write(store, owner, "CH1"));
        other.start();
        write(store, owner, "CH0");
    }

    private static void write(FileCursorStore store, Ownership owner, String conversation) {
        Cursor cursor = store.read(owner, conversation).orElse(Cursor.of(conversation, NOW));
        while (true) {
            cursor = store.save(owner, cursor.at(cursor.index() + 1, NOW));
            System.out.println(conversation + " " + cursor.index());
        }
    }
}
