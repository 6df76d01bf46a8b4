package io.github.conversations4j.store;

import io.github.conversations4j.error.CursorStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What was found in a log.
 *
 * @param table the state that its good part leads to
 * @param goodBytes how long the good part is; 0 if not even the header is whole
 * @param allBytes how long the file is
 * @param isDamaged whether good records follow a bad one, which no torn write leaves behind
 */
record LogContent(CursorTable table, int goodBytes, int allBytes, boolean isDamaged) {
    /** How large a log may be. It is read in one piece, and written anew long before it is as large. */
    static final long LARGEST = 1L << 30;

    /**
     * Reads a log up to its end, or up to the first record that is not whole: what a process was writing when it died.
     *
     * @throws CursorStoreException if the file is foreign or newer
     */
    static LogContent read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new CursorStoreException("cursor store " + file + ": it is larger than " + LARGEST
                    + " bytes, which no file of this store is. Name another directory");
        }
        byte[] bytes = Files.readAllBytes(file);
        switch (LogFormat.judge(Arrays.copyOf(bytes, Math.min(bytes.length, LogFormat.HEADER)))) {
            case FOREIGN ->
                throw new CursorStoreException("cursor store " + file
                        + ": that file is no log of cursors and is left as it is. Name another directory");
            case NEWER -> throw newer(file, "its format");
            case CUT -> {
                return new LogContent(new CursorTable(), 0, bytes.length, false);
            }
            case OURS -> {
                // read below
            }
        }
        CursorTable table = new CursorTable();
        int at = LogFormat.HEADER;
        while (LogFormat.isRecord(bytes, at)) {
            byte[] content = LogFormat.content(bytes, at);
            try {
                LogRecord.read(content).applyTo(table);
            } catch (LogRecord.UnknownRecordException e) {
                throw newer(file, String.valueOf(e.getMessage()));
            }
            at += LogFormat.FRAME + content.length;
        }
        return new LogContent(table, at, bytes.length, isAnyRecordAfter(bytes, at));
    }

    private static CursorStoreException newer(Path file, String what) {
        return new CursorStoreException("cursor store " + file + ": " + what
                + " was written by a newer version of conversations4j. Nothing was changed; use that version, or another"
                + " directory");
    }

    private static boolean isAnyRecordAfter(byte[] bytes, int bad) {
        for (int at = bad + 1; at < bytes.length; at++) {
            if (LogFormat.isRecord(bytes, at)) {
                return true;
            }
        }
        return false;
    }

    boolean isWhole() {
        return goodBytes == allBytes && goodBytes > 0;
    }
}
