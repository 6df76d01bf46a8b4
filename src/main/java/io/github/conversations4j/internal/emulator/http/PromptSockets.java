package io.github.conversations4j.internal.emulator.http;

import io.github.conversations4j.internal.wire.ReadBudget;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes server sockets whose connections send at once, and which can be cut and limited. MockWebServer writes the head and
 * the body of an answer apart; with Nagle's algorithm the body then waits some 40 ms for the other side to acknowledge the
 * head.
 */
final class PromptSockets extends ServerSocketFactory {
    private static final Logger LOG = LoggerFactory.getLogger(PromptSockets.class);

    /** The open connections by their number, which is that of MockWebServer: both count what was accepted. */
    private final Map<Integer, CountedSocket> open = new ConcurrentHashMap<>();

    private final AtomicInteger accepted = new AtomicInteger();

    /** A connection by its number. */
    Connection connection(int number) {
        return new Connection() {
            @Override
            public void hangUp() {
                cut(number);
            }

            @Override
            public void limit(long bytes) {
                CountedSocket socket = open.get(number);
                if (socket != null) {
                    socket.budget.renew(bytes);
                }
            }
        };
    }

    private void cut(int connection) {
        Socket socket = open.remove(connection);
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("connection {} could not be closed", connection, e);
            }
        }
    }

    private void remember(CountedSocket socket) {
        open.values().removeIf(Socket::isClosed);
        open.put(accepted.getAndIncrement(), socket);
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new PromptServerSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, 0, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) throws IOException {
        ServerSocket socket = createServerSocket();
        socket.bind(new java.net.InetSocketAddress(address, port), backlog);
        return socket;
    }

    private static final class CountedSocket extends Socket {
        private final ReadBudget budget = new ReadBudget();

        @Override
        public InputStream getInputStream() throws IOException {
            return budget.count(super.getInputStream());
        }
    }

    private final class PromptServerSocket extends ServerSocket {
        PromptServerSocket() throws IOException {
            super();
        }

        @Override
        public Socket accept() throws IOException {
            CountedSocket socket = new CountedSocket();
            implAccept(socket);
            socket.setTcpNoDelay(true);
            remember(socket);
            return socket;
        }
    }
}
