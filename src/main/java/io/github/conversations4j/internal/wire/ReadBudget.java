package io.github.conversations4j.internal.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Limits what a socket may bring before the next message is complete. OkHttp collects a message in memory however long
 * it gets, so the limit has to stand below it. Without limit until {@link #renew} is called, which starts the count, and
 * starts it again.
 *
 * <p>Renewed and spent by the one thread that reads the socket. Encryption and frames take some of the budget.
 */
public final class ReadBudget {
    /** Written by the reading thread only, volatile because the handshake may be read by another one. */
    private volatile long left = Long.MAX_VALUE;

    /** No limit yet. */
    public ReadBudget() {}

    /**
     * Starts the count.
     *
     * @param bytes how many may come
     */
    public void renew(long bytes) {
        left = bytes;
    }

    /**
     * Counts what is read.
     *
     * @param in the bytes of the socket
     * @return the same, which fails when there are too many
     */
    public InputStream count(InputStream in) {
        return count(in, () -> {});
    }

    /**
     * Counts what is read.
     *
     * @param in the bytes of the socket
     * @param beforeReading runs before each attempt to read, when what was read before has been dealt with
     * @return the same, which fails when there are too many
     */
    public InputStream count(InputStream in, Runnable beforeReading) {
        return new CountingStream(in, beforeReading);
    }

    private void spend(int bytes) throws IOException {
        long remaining = left - Math.max(0, bytes);
        left = remaining;
        if (remaining < 0) {
            throw new TooManyBytesException();
        }
    }

    private final class CountingStream extends FilterInputStream {
        private final Runnable beforeReading;

        CountingStream(InputStream in, Runnable beforeReading) {
            super(in);
            this.beforeReading = beforeReading;
        }

        @Override
        public int read() throws IOException {
            beforeReading.run();
            int read = super.read();
            spend(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            beforeReading.run();
            int read = super.read(target, offset, length);
            spend(read);
            return read;
        }
    }
}
