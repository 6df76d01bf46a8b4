package io.github.conversations4j.store;

import io.github.conversations4j.error.CursorStoreException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table of cursors with the log that leads to it: whatever changes the one is appended to the other. Not thread-safe, but the
 * log may be forced beside everything else.
 *
 * <p>States: <em>sound</em>; <em>failed</em>, when the disk left open what it holds, and then nothing is done any more.
 */
final class CursorJournal {
    private static final Logger log = LoggerFactory.getLogger(CursorJournal.class);
    private static final int GROWTH = 4;

    private final StoreDirectory directory;
    private final FileCursorStore.Settings settings;

    private CursorTable table;
    private CursorLog file;
    private long compactAt;
    private @Nullable Exception failure;
    /** How many bytes were ever appended through this object, over all its logs. */
    private long end;

    /**
     * Opens what a directory holds.
     *
     * @param directory where
     * @param settings from how many bytes on a log is worth being written anew, and how large it may be
     */
    CursorJournal(StoreDirectory directory, FileCursorStore.Settings settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.table = new LogRecovery(directory).run();
        this.file = CursorLog.open(directory.log());
        this.compactAt = grown(LogFormat.size(table));
    }

    /** Several times what is held, without what only takes place, and never as much as could not be read again. */
    private long grown(long held) {
        return Math.min(Math.max(settings.smallestCompacted(), GROWTH * held), halfwayToTheLimit(held));
    }

    private long halfwayToTheLimit(long size) {
        return (size + settings.largest()) / 2;
    }

    CursorTable table() {
        return table;
    }

    /** What is appended to now, to be forced. */
    CursorLog file() {
        return file;
    }

    long end() {
        return end;
    }

    boolean isSound() {
        return failure == null;
    }

    void requireSound() {
        if (failure != null) {
            throw new CursorStoreException(
                    "cursor store " + directory.path() + ": its disk failed before (" + failure
                            + "). Open it again to find what it holds",
                    failure);
        }
    }

    /** Notes that nobody knows any more what the disk holds. */
    CursorStoreException failed(String what, IOException e) {
        failure = e;
        return new CursorStoreException("cursor store " + directory.path() + ": it " + what + " (" + e + ')', e);
    }

    /** Another process may be here in spite of the lock. Then its records count, the epochs among them. */
    void lookForOthers() {
        try {
            if (file.isForeign()) {
                log.error(
                        "cursor store {}: somebody else writes here. Only one process may use a directory",
                        directory.path());
                CursorLog opened = CursorLog.open(directory.log());
                file.close();
                file = opened;
                table = LogContent.read(directory.log()).table();
                compactAt = grown(LogFormat.size(table));
            }
        } catch (IOException e) {
            throw failed("can not be read", e);
        }
    }

    /** Makes a change, not yet forced. */
    void append(LogRecord record) {
        byte[] frame = LogFormat.frame(record);
        if (file.size() + frame.length > settings.largest()) {
            // So that the next change tries to.
            compactAt = 0;
            throw new CursorStoreException("cursor store " + directory.path() + ": its log has " + file.size()
                    + " bytes and could not be written anew. Nothing was stored; may files be made in the directory, and"
                    + " is there room for one more?");
        }
        try {
            file.append(frame);
        } catch (IOException e) {
            if (file.isBroken()) {
                throw failed("can not be written", e);
            }
            throw new CursorStoreException(
                    "cursor store " + directory.path() + ": it can not be written (" + e
                            + "). Nothing was stored; is the disk full?",
                    e);
        }
        record.applyTo(table);
        end += frame.length;
    }

    /** Whether the log is several times as long as it need be. */
    boolean isGrown() {
        return file.size() >= compactAt && isSound();
    }

    /**
     * Writes the log anew if it {@linkplain #isGrown has grown}. Nobody may be forcing it meanwhile.
     *
     * @return whether there is a new one, in which everything is safe
     */
    boolean compactIfGrown() {
        if (!isGrown()) {
            return false;
        }
        // What they wrote would be gone otherwise.
        lookForOthers();
        return isGrown() && wroteNext() && switchedToNext();
    }

    private boolean wroteNext() {
        try {
            directory.writeNextLog(table);
            return true;
        } catch (IOException e) {
            compactAt = Math.min(2 * file.size(), halfwayToTheLimit(file.size()));
            log.warn("cursor store {}: it can not be written anew, so its log grows on", directory.path(), e);
            return false;
        }
    }

    private boolean switchedToNext() {
        try {
            file.close();
            directory.replaceLog();
            file = CursorLog.open(directory.log());
            compactAt = grown(file.size());
            return true;
        } catch (IOException e) {
            log.error("cursor store {}", directory.path(), failed("can not use the log that was written anew", e));
            return false;
        }
    }

    /** Forces what was appended, unless that failed before, and lets go of the file. */
    void close() throws IOException {
        try (CursorLog last = file) {
            if (isSound()) {
                last.force();
            }
        }
    }
}
