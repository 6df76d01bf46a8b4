package io.github.conversations4j.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Connections that stay open, on each of which the next request follows the answer to the last. What is refused with 503 is
 * sent again after a pause, on its connection and before anything else, as by a sender that tries again. Confined to one
 * thread.
 */
final class HttpLoad implements AutoCloseable {
    private static final int CONNECTIONS = 32;
    private static final int BUFFER = 8192;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String PROTOCOL = "HTTP/1.1 ";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Selector selector = Selector.open();
    private final ByteBuffer answer = ByteBuffer.allocate(BUFFER);

    /** The one that may send first is first. */
    private final Queue<Connection> pausing = new ArrayDeque<>();

    private long answered;
    private long refused;

    /**
     * Opens all connections.
     *
     * @param requests gives what a connection, of which the number is given, sends one after the other
     */
    HttpLoad(int port, IntFunction<Supplier<ByteBuffer>> requests) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Connection(channel, requests.apply(i)));
        }
    }

    /** How many requests were answered with 200. */
    long answered() {
        return answered;
    }

    /** How many times a request was refused. */
    long refused() {
        return refused;
    }

    /** Keeps all connections busy for a while, and waits until what was sent is answered with 200. */
    void run(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        int waiting = 0;
        for (SelectionKey key : selector.keys()) {
            ((Connection) key.attachment()).sendNext();
            waiting++;
        }
        while (waiting > 0) {
            select();
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                if (!isTaken(connection)) {
                    connection.notBefore = System.nanoTime() + PAUSE.toNanos();
                    pausing.add(connection);
                } else if (System.nanoTime() < end) {
                    connection.sendNext();
                } else {
                    waiting--;
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private void select() throws IOException {
        Connection first = pausing.peek();
        if (first == null) {
            selector.select();
            return;
        }
        long left = first.notBefore - System.nanoTime();
        if (left > 0) {
            selector.select(left / 1_000_000 + 1);
        } else {
            pausing.remove().sendAgain();
            selector.selectNow();
        }
    }

    /** Every answer here fits into one segment; one that comes in two would be noticed by what follows it. */
    private boolean isTaken(Connection connection) throws IOException {
        answer.clear();
        int length = connection.channel.read(answer);
        int status =
                length < PROTOCOL.length() + 3 ? 0 : Integer.parseInt(text(PROTOCOL.length(), PROTOCOL.length() + 3));
        if (status == OK) {
            answered++;
            return true;
        } else if (status == UNAVAILABLE) {
            refused++;
            return false;
        }
        throw new IOException("neither 200 nor 503: " + text(0, Math.max(0, length)));
    }

    private String text(int from, int to) {
        return new String(answer.array(), from, to - from, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** A connection and what it has sent last. */
    private static final class Connection {
        private final SocketChannel channel;
        private final Supplier<ByteBuffer> requests;
        private ByteBuffer request = ByteBuffer.allocate(0);
        private long notBefore;

        Connection(SocketChannel channel, Supplier<ByteBuffer> requests) {
            this.channel = channel;
            this.requests = requests;
        }

        void sendNext() throws IOException {
            request = requests.get();
            send();
        }

        void sendAgain() throws IOException {
            request.rewind();
            send();
        }

        private void send() throws IOException {
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }
    }
}
