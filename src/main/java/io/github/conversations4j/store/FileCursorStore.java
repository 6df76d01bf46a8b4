package io.github.conversations4j.store;

import io.github.conversations4j.error.CursorStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a directory of its own, for one process at a time. Thread-safe; calls block while the disk works.
 *
 * <p>Every change is a record with a checksum at the end of a log, and is acknowledged when it is as safe as
 * {@link Durability} says; threads that save at the same time share one forcing of the disk. When the log has grown to
 * several times what it holds, in this process or those before it, a new one is written beside it and put in its place in
 * one step. While that cannot be done the log grows on, up to a gibibyte; then changes are refused, since a larger one
 * would not be read again. All cursors are in memory too (some 200 bytes each).
 *
 * <p>A process that dies at any moment leaves at most one record that is not whole, which was never acknowledged: the next
 * start notices it, uses the state before it, and says so in the log. If the disk damaged a record in the middle, the state
 * before that one is used (events after it are delivered once more), and the damaged file is kept as {@code
 * cursors.log.damaged}. A file that is no log of cursors, or that a newer version wrote, is refused and left as it is.
 *
 * <p>The directory is locked against a second process. Where locks do not hold, as on some network file systems, the epoch
 * still refuses whoever was overtaken; do not build on it for two processes that write at the same instant. The files can be
 * read by their owner only, where the file system knows owners.
 *
 * <p>States: <em>open</em>; <em>failed</em>, after the disk failed in a way that leaves open what it holds: every call fails,
 * and opening the directory again finds out; <em>closed</em>.
 */
public final class FileCursorStore implements CursorStore {
    private static final Logger log = LoggerFactory.getLogger(FileCursorStore.class);
    private static final long SMALLEST_COMPACTED = 1 << 20;

    private final StoreDirectory directory;
    private final Durability durability;
    private final StoreDirectory.@Nullable Lock lock;

    /** Held while the disk is forced or the log replaced; taken before {@link #state}, never after. */
    private final ReentrantLock forcing = new ReentrantLock();

    private final ReentrantLock state = new ReentrantLock();

    // Guarded by state.
    private final CursorJournal journal;
    private boolean closed;

    /** Up to which {@linkplain CursorJournal#end end} everything is safe. Guarded by forcing. */
    private long forced;

    private FileCursorStore(StoreDirectory directory, Settings settings, StoreDirectory.@Nullable Lock lock)
            throws IOException {
        this.directory = directory;
        this.durability = settings.durability();
        this.lock = lock;
        this.journal = new CursorJournal(directory, settings);
    }

    /** What tests set otherwise. */
    record Settings(Durability durability, boolean locking, long smallestCompacted, long largest) {
        Settings(Durability durability, boolean locking, long smallestCompacted) {
            this(durability, locking, smallestCompacted, LogContent.LARGEST);
        }
    }

    /**
     * Opens the store of a directory, which is made if it is not there. What is acknowledged survives a power failure.
     *
     * @param directory a directory for this store alone
     * @return the store, to be closed by the caller
     * @throws CursorStoreException if it is in use, foreign or newer, or can not be read or written
     */
    public static FileCursorStore open(Path directory) {
        return open(directory, Durability.DISK);
    }

    /**
     * Opens the store of a directory, which is made if it is not there.
     *
     * @param directory a directory for this store alone
     * @param durability what is to be survived
     * @return the store, to be closed by the caller
     * @throws CursorStoreException if it is in use, foreign or newer, or can not be read or written
     */
    public static FileCursorStore open(Path directory, Durability durability) {
        return open(directory, new Settings(durability, true, SMALLEST_COMPACTED));
    }

    static FileCursorStore open(Path path, Settings settings) {
        StoreDirectory directory = new StoreDirectory(path.toAbsolutePath());
        try {
            directory.create();
            StoreDirectory.Lock lock = settings.locking() ? directory.lock() : null;
            try {
                return new FileCursorStore(directory, settings, lock);
            } catch (IOException | RuntimeException e) {
                if (lock != null) {
                    lock.release();
                }
                throw e;
            }
        } catch (IOException e) {
            throw new CursorStoreException(
                    "cursor store " + path + ": it can not be opened (" + e + "). Check the directory and its rights",
                    e);
        }
    }

    @Override
    public Ownership own(String scope) {
        Ownership.requireScope(scope);
        return change(() -> {
            Ownership owner = new Ownership(scope, journal.table().nextEpoch(scope));
            journal.append(new LogRecord.Owned(owner));
            return owner;
        });
    }

    @Override
    public List<Cursor> readAll(Ownership owner) {
        return read(() -> journal.table().all(owner));
    }

    @Override
    public Optional<Cursor> read(Ownership owner, String conversation) {
        return read(() -> journal.table().find(owner, conversation));
    }

    @Override
    public List<Cursor> save(Ownership owner, List<Cursor> cursors) {
        CursorStore.requireBatch(cursors);
        return change(() -> {
            journal.table().require(owner, cursors, false);
            List<Cursor> stored = cursors.stream().map(Cursor::stored).toList();
            if (!stored.isEmpty()) {
                journal.append(new LogRecord.Saved(owner, stored));
            }
            return stored;
        });
    }

    @Override
    public void remove(Ownership owner, List<Cursor> cursors) {
        CursorStore.requireBatch(cursors);
        change(() -> {
            journal.table().require(owner, cursors, true);
            if (!cursors.isEmpty()) {
                journal.append(new LogRecord.Removed(
                        owner, cursors.stream().map(Cursor::conversation).toList()));
            }
            return cursors;
        });
    }

    private <T> T read(Supplier<T> reader) {
        state.lock();
        try {
            requireUsable();
            journal.lookForOthers();
            return reader.get();
        } finally {
            state.unlock();
        }
    }

    private <T> T change(Supplier<T> change) {
        compactIfGrown();
        T result;
        long end;
        state.lock();
        try {
            requireUsable();
            journal.lookForOthers();
            result = change.get();
            end = journal.end();
        } finally {
            state.unlock();
        }
        makeSafe(end);
        return result;
    }

    private void requireUsable() {
        if (closed) {
            throw new CursorStoreException("cursor store " + directory.path() + ": it is closed. Open it again");
        }
        journal.requireSound();
    }

    private void makeSafe(long end) {
        forcing.lock();
        try {
            if (forced >= end) {
                return;
            }
            CursorLog current;
            long upTo;
            state.lock();
            try {
                requireUsable();
                current = journal.file();
                upTo = journal.end();
            } finally {
                state.unlock();
            }
            force(current);
            forced = upTo;
        } finally {
            forcing.unlock();
        }
    }

    private void force(CursorLog current) {
        if (durability != Durability.DISK) {
            return;
        }
        try {
            current.force();
        } catch (IOException e) {
            // After a failed fsync nobody knows what the disk holds, and asking again answers for new data only.
            state.lock();
            try {
                throw journal.failed("can not be forced to the disk", e);
            } finally {
                state.unlock();
            }
        }
    }

    /** Before a change and not after it: one that found no room must not be the last. */
    private void compactIfGrown() {
        if (!isGrown()) {
            return;
        }
        forcing.lock();
        state.lock();
        try {
            if (!closed && journal.compactIfGrown()) {
                forced = journal.end();
            }
        } finally {
            state.unlock();
            forcing.unlock();
        }
    }

    private boolean isGrown() {
        state.lock();
        try {
            return journal.isGrown();
        } finally {
            state.unlock();
        }
    }

    @Override
    public void close() {
        forcing.lock();
        state.lock();
        try {
            if (!closed) {
                closed = true;
                closeFile();
            }
        } finally {
            state.unlock();
            forcing.unlock();
        }
    }

    private void closeFile() {
        try {
            journal.close();
            if (journal.isSound()) {
                forced = journal.end();
            }
        } catch (IOException e) {
            throw journal.failed("can not be closed", e);
        } finally {
            release();
        }
    }

    private void release() {
        try {
            if (lock != null) {
                lock.release();
            }
        } catch (IOException e) {
            log.warn("cursor store {}: its lock is held until the process ends", directory.path(), e);
        }
    }
}
