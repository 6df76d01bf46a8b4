package io.github.conversations4j.internal.realtime.channel;

import io.github.conversations4j.internal.wire.ReadBudget;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes sockets whose bytes are counted, and which tell when they are about to be read. Immutable. */
final class CountingSockets extends SocketFactory {
    private final ReadBudget budget;
    private final Runnable beforeReading;

    CountingSockets(ReadBudget budget, Runnable beforeReading) {
        this.budget = budget;
        this.beforeReading = beforeReading;
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
            return budget.count(super.getInputStream(), beforeReading);
        }
    }
}
