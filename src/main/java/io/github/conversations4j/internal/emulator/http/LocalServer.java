package io.github.conversations4j.internal.emulator.http;

import io.github.conversations4j.internal.emulator.http.Answer.Fate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.ByteString;

/**
 * Carries {@link Routes} over HTTP, on MockWebServer: the only class that knows that server. Thread-safe.
 *
 * <p>MockWebServer keeps every request for a test to look at, which nobody does here; a daemon thread throws them away.
 */
public final class LocalServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final PromptSockets sockets = new PromptSockets();
    private final Thread drain;

    /**
     * Starts a server.
     *
     * @param address where it listens
     * @param port the port, 0 for any
     * @param bodyLimit the largest body it reads
     * @param routes what it serves
     */
    public LocalServer(InetAddress address, int port, long bodyLimit, Routes routes) {
        server.setServerSocketFactory(sockets);
        server.setBodyLimit(bodyLimit);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return response(routes.answer(incoming(request)));
            }
        });
        try {
            server.start(address, port);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The emulator cannot listen on " + address.getHostAddress() + " port " + port + ": "
                            + e.getMessage(),
                    e);
        }
        drain = new Thread(this::drain, "conversations4j-emulator-drain");
        drain.setDaemon(true);
        drain.start();
    }

    /**
     * Gives the port.
     *
     * @return the port it listens on
     */
    public int port() {
        return server.getPort();
    }

    /** Ends the server and every connection; what is being answered may be lost. Idempotent. */
    @Override
    public void close() {
        server.close();
        drain.interrupt();
    }

    private void drain() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                server.takeRequest();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Incoming incoming(RecordedRequest request) {
        String target = request.getTarget();
        int question = target.indexOf('?');
        ByteString body = request.getBody();
        return new Incoming(
                request.getMethod(),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                request.getHeaders(),
                body == null ? new byte[0] : body.toByteArray(),
                body != null && request.getBodySize() > body.size(),
                sockets.connection(request.getConnectionIndex()));
    }

    private static MockResponse response(Answer answer) {
        MockResponse.Builder response = new MockResponse.Builder();
        if (answer.socket() != null) {
            return response.webSocketUpgrade(answer.socket()).build();
        }
        response.code(answer.status()).headers(answer.headers());
        if (answer.status() != 204 && answer.status() != 304) {
            response.body(new Buffer().write(answer.body()));
        }
        if (!answer.delay().isZero()) {
            response.headersDelay(answer.delay().toNanos(), TimeUnit.NANOSECONDS);
        }
        if (answer.fate() == Fate.CUT) {
            response.onResponseStart(new SocketEffect.CloseSocket());
        } else if (answer.fate() == Fate.TORN) {
            response.onResponseBody(new SocketEffect.CloseSocket());
        }
        return response.build();
    }
}
