package io.github.conversations4j.internal.realtime.channel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Limits what a socket may bring before the next message is complete. OkHttp collects a message in memory however long
 * it gets, so the limit has to stand below it. Makes sockets that count; {@link #renew} starts the count again.
 *
 * <p>Renewed and spent by the one thread that reads the socket. Encryption and frames take some of the budget.
 */
final class ReadBudget extends SocketFactory {
    private final long limit;

    /** Written by the reading thread only, volatile because the handshake may be read by another one. */
    private volatile long left;

    ReadBudget(long limit) {
        this.limit = limit;
        this.left = limit;
    }

    void renew() {
        left = limit;
    }

    private void spend(int bytes) throws IOException {
        long remaining = left - Math.max(0, bytes);
        left = remaining;
        if (remaining < 0) {
            throw new IOException("the other side sent more than " + limit + " bytes that were no complete message");
        }
    }

    /** OkHttp connects sockets itself, to the address it has looked up. */
    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new CountingSocket();
        // Requests are small and wait for answers, so they must not wait for more bytes.
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("only unconnected sockets");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("only unconnected sockets");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("only unconnected sockets");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("only unconnected sockets");
    }

    private final class CountingSocket extends Socket {
        @Override
        public InputStream getInputStream() throws IOException {
            return new CountingStream(super.getInputStream());
        }
    }

    private final class CountingStream extends FilterInputStream {
        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            spend(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            spend(read);
            return read;
        }
    }
}
