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
import java.util.function.Supplier;

/** Connections that stay open, on each of which the next request follows the answer to the last. Confined to one thread. */
final class HttpLoad implements AutoCloseable {
    private static final int CONNECTIONS = 32;
    private static final int BUFFER = 8192;
    private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final Supplier<ByteBuffer> requests;
    private final ByteBuffer answer = ByteBuffer.allocate(BUFFER);
    private long answered;

    HttpLoad(int port, Supplier<ByteBuffer> requests) throws IOException {
        this.requests = requests;
        for (int i = 0; i < CONNECTIONS; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    long answered() {
        return answered;
    }

    /** Keeps all connections busy for a while and waits for the last answers; gives how many came. */
    long run(Duration time) throws IOException {
        long before = answered;
        long end = System.nanoTime() + time.toNanos();
        int waiting = 0;
        for (SelectionKey key : selector.keys()) {
            send((SocketChannel) key.channel());
            waiting++;
        }
        while (waiting > 0) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                SocketChannel channel = (SocketChannel) key.channel();
                receive(channel);
                answered++;
                if (System.nanoTime() < end) {
                    send(channel);
                } else {
                    waiting--;
                }
            }
            selector.selectedKeys().clear();
        }
        return answered - before;
    }

    private void send(SocketChannel channel) throws IOException {
        ByteBuffer request = requests.get();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /** Every answer here fits into one segment; one that comes in two would be noticed by what follows it. */
    private void receive(SocketChannel channel) throws IOException {
        answer.clear();
        if (channel.read(answer) < OK.length) {
            throw new IOException("the server closed the connection or answered in pieces");
        }
        for (int i = 0; i < OK.length; i++) {
            if (answer.get(i) != OK[i]) {
                throw new IOException(
                        "not a 200: " + new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII));
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
