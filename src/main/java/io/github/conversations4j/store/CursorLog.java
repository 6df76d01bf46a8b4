package io.github.conversations4j.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A log that is open for writing at its end. Not thread-safe, but {@link #force} may run beside {@link #append}.
 *
 * <p>Written by a stream and not by a channel: a channel closes itself when a thread is interrupted while it writes, and
 * hooks are interrupted when their client closes.
 */
final class CursorLog implements AutoCloseable {
    private final Path path;
    private final FileOutputStream out;
    private final @Nullable Object identity;
    private long size;
    private boolean broken;

    private CursorLog(Path path, FileOutputStream out, @Nullable Object identity, long size) {
        this.path = path;
        this.out = out;
        this.identity = identity;
        this.size = size;
    }

    static CursorLog open(Path path) throws IOException {
        FileOutputStream out = new FileOutputStream(path.toFile(), true);
        try {
            BasicFileAttributes there = Files.readAttributes(path, BasicFileAttributes.class);
            return new CursorLog(path, out, there.fileKey(), there.size());
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    long size() {
        return size;
    }

    /** Writes at the end; what a failure leaves behind is cut off again. */
    void append(byte[] bytes) throws IOException {
        try {
            out.write(bytes);
            size += bytes.length;
        } catch (IOException e) {
            cutOff(e);
            throw e;
        }
    }

    private void cutOff(IOException cause) {
        try {
            truncate(path, size);
        } catch (IOException e) {
            broken = true;
            cause.addSuppressed(e);
        }
    }

    /** Whether a failure left something behind at the end, where nothing may be appended any more. */
    boolean isBroken() {
        return broken;
    }

    static void truncate(Path path, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
            file.getFD().sync();
        }
    }

    /** Waits until what was appended before is on the disk. */
    void force() throws IOException {
        out.getFD().sync();
    }

    /** Whether somebody else wrote to the file, or put another in its place. */
    boolean isForeign() throws IOException {
        BasicFileAttributes there = Files.readAttributes(path, BasicFileAttributes.class);
        return there.size() != size || identity != null && !identity.equals(there.fileKey());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
