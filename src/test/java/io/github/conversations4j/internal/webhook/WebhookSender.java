package io.github.conversations4j.internal.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.conversations4j.source.WebhookRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** One keep-alive connection to a receiver on this machine, byte by byte. Confined. */
final class WebhookSender implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int A_MOMENT_MILLIS = 10;

    private final Socket socket;

    WebhookSender(int port) throws IOException {
        this.socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Sends a request and reads the reply. */
    String exchange(WebhookRequest request) throws IOException {
        send(text(request));
        return reply();
    }

    static String text(WebhookRequest request) {
        StringBuilder text = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\nHost: x\r\n");
        request.headers().forEach((name, values) -> text.append(name + ": " + values.get(0) + "\r\n"));
        text.append("Content-Length: " + request.body().length + "\r\n\r\n");
        return text.append(new String(request.body(), ISO_8859_1)).toString();
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads one reply: its head and its body. */
    String reply() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return head.toString(ISO_8859_1);
            }
            head.write(next);
        }
        String text = head.toString(ISO_8859_1);
        int length = text.toLowerCase().indexOf("content-length: ") + "content-length: ".length();
        int bytes = Integer.parseInt(text.substring(length, text.indexOf('\r', length)));
        return text + new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
    }

    /** Whether the other side has closed the connection, waiting for it if need be. */
    boolean isClosedByPeer() throws IOException {
        return isClosedByPeer(PATIENCE_MILLIS);
    }

    /** Whether the other side has closed the connection by now, or does so in a moment. */
    boolean isSoonClosedByPeer() throws IOException {
        return isClosedByPeer(A_MOMENT_MILLIS);
    }

    private boolean isClosedByPeer(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
