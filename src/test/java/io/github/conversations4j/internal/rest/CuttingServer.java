package io.github.conversations4j.internal.rest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that answers GET and cuts the connection during anything else, at a given moment. Counts the requests that
 * reached it in part or whole: what arrives on the wire is what may be carried out.
 */
final class CuttingServer implements AutoCloseable {
    /** When the connection is cut. */
    enum Cut {
        AT_THE_FIRST_BYTE,
        AFTER_THE_HEAD,
        BEFORE_THE_ANSWER,
        IN_THE_STATUS_LINE,
        IN_THE_HEADERS,
        IN_THE_BODY
    }

    private static final String BODY = "{\"sid\": \"CH1\", \"state\": \"active\"}";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Cut cut;
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();

    CuttingServer(Cut cut) throws IOException {
        this.cut = cut;
        Thread thread = new Thread(this::serve, "cutting-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    int writes() {
        return writes.get();
    }

    int reads() {
        return reads.get();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                boolean open = true;
                while (open) {
                    open = serve(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
                }
            } catch (IOException closed) {
                continue;
            }
        }
    }

    /** Serves one request; false when the connection is to be cut. */
    private boolean serve(InputStream in, OutputStream out) throws IOException {
        int first = in.read();
        if (first == -1) {
            return false;
        }
        if (first == 'G') {
            readHead(in, (char) first);
            reads.incrementAndGet();
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY);
            return true;
        }
        writes.incrementAndGet();
        if (cut == Cut.AT_THE_FIRST_BYTE) {
            return false;
        }
        int length = contentLength(readHead(in, (char) first));
        if (cut == Cut.AFTER_THE_HEAD) {
            return false;
        }
        in.readNBytes(length);
        switch (cut) {
            case IN_THE_STATUS_LINE -> write(out, "HTTP/1.1 20");
            case IN_THE_HEADERS -> write(out, "HTTP/1.1 200 OK\r\nContent-Le");
            case IN_THE_BODY -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length() + "\r\n\r\n{\"sid\"");
            default -> {}
        }
        return false;
    }

    private static String readHead(InputStream in, char first) throws IOException {
        StringBuilder head = new StringBuilder().append(first);
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next == -1) {
                throw new IOException("the client cut first");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase().startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
