package io.github.conversations4j.store;

import io.github.conversations4j.error.CursorStoreException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a {@link FileCursorStore}, made for their owner only where the file system knows owners (POSIX; elsewhere
 * they are as the directory has it). Immutable.
 *
 * @param path the directory
 */
record StoreDirectory(Path path) {
    private static final Logger log = LoggerFactory.getLogger(StoreDirectory.class);

    Path log() {
        return path.resolve("cursors.log");
    }

    /** The log that is being written to take the place of the present one. */
    Path nextLog() {
        return path.resolve("cursors.log.new");
    }

    private Path damagedLog() {
        return path.resolve("cursors.log.damaged");
    }

    private Path lockFile() {
        return path.resolve("cursors.lock");
    }

    private Path holder() {
        return path.resolve("cursors.pid");
    }

    void create() throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, ownerOnly("rwx------"));
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Makes a file that only its owner may read, or makes it so if it is there. */
    void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, ownerOnly("rw-------"));
        } catch (FileAlreadyExistsException there) {
            log.trace("{} is there", file);
            if (isPosix()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    /**
     * Keeps other processes out, until the lock is released or the process dies.
     *
     * <p>On POSIX systems a process that opens and closes the file once more loses its lock without a word, and some
     * network file systems grant a lock to everybody. So the lock is a courtesy, and the epoch the guard.
     *
     * @throws CursorStoreException if somebody holds it
     */
    Lock lock() throws IOException {
        createFile(lockFile());
        RandomAccessFile file = new RandomAccessFile(lockFile().toFile(), "rw");
        try {
            FileLock lock = file.getChannel().tryLock();
            if (lock != null) {
                createFile(holder());
                Files.writeString(
                        holder(), Long.toString(ProcessHandle.current().pid()));
                return new Lock(file, lock);
            }
            file.close();
            throw inUse("process " + holderText());
        } catch (OverlappingFileLockException e) {
            file.close();
            throw inUse("this process");
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private String holderText() {
        try {
            String text = Files.readString(holder(), StandardCharsets.US_ASCII);
            return text.matches("[0-9]{1,10}") ? text : "unknown";
        } catch (IOException e) {
            log.debug("no holder to be read", e);
            return "unknown";
        }
    }

    private CursorStoreException inUse(String by) {
        return new CursorStoreException("cursor store " + path + ": it is in use by " + by
                + ". Close it there first, give each process a directory of its own, or use JdbcCursorStore, which lets"
                + " a second process take over");
    }

    /** A held lock. */
    record Lock(RandomAccessFile file, FileLock lock) {
        void release() throws IOException {
            try (file) {
                lock.release();
            }
        }
    }

    /**
     * Writes a log that leads to a table by the shortest way, and forces it to the disk whatever the durability: it takes
     * the place of safe data.
     */
    void writeNextLog(CursorTable table) throws IOException {
        Files.deleteIfExists(nextLog());
        createFile(nextLog());
        CursorLog next = CursorLog.open(nextLog());
        try {
            next.append(LogFormat.header());
            for (LogRecord record : table.records()) {
                next.append(LogFormat.frame(record));
            }
            next.force();
        } finally {
            next.close();
        }
    }

    /** Puts the next log in the place of the present one, in one step. */
    void replaceLog() throws IOException {
        Files.move(nextLog(), log(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force();
    }

    /** Keeps a log that the disk damaged, for whoever wants to find out. */
    Path setDamagedLogAside() throws IOException {
        Files.deleteIfExists(damagedLog());
        createFile(damagedLog());
        try (FileOutputStream copy = new FileOutputStream(damagedLog().toFile())) {
            Files.copy(log(), copy);
        }
        return damagedLog();
    }

    /** Makes the names in the directory as safe as the files; not every system lets a directory be opened for that. */
    private void force() {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            log.debug("{} can not be forced, the rename is as safe as the file system makes it", path, e);
        }
    }
}
