package io.github.conversations4j.internal.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.internal.emulator.http.Answer.Fate;
import io.github.conversations4j.tests.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalServerTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int LIMIT = 1000;

    /** MockWebServer tells of connections that broke. */
    private static final Logger SERVER_LOG = Logger.getLogger("mockwebserver3.MockWebServer");

    private final Routes routes = new Routes();
    private final LocalServer server = new LocalServer(LOOPBACK, 0, LIMIT, routes);
    private final OkHttpClient http =
            new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

    @AfterEach
    void stop() {
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
        server.close();
    }

    private Request.Builder at(String path) {
        return new Request.Builder().url("http://127.0.0.1:" + server.port() + path);
    }

    private String get(String path) throws IOException {
        try (Response response = http.newCall(at(path).build()).execute()) {
            return response.code() + " " + response.body().string();
        }
    }

    @Test
    void theLastRouteIsAskedFirstAndNullMeansNotMine() throws IOException {
        routes.add(request -> Answer.text(200, "old " + request.path() + " " + request.query()));
        routes.add(request ->
                request.path().equals("/new") ? Answer.text(201, "new").with("X-A", "b") : null);

        assertThat(get("/a%20b?c=%C3%BC")).isEqualTo("200 old /a%20b c=%C3%BC");
        assertThat(get("/new")).isEqualTo("201 new");
    }

    @Test
    void whatIsForNobodyIsNotFoundAndWhatFailsSaysSo() throws IOException {
        routes.add(request -> {
            if (request.path().equals("/bad")) {
                throw new IllegalStateException("on purpose");
            }
            return null;
        });
        assertThat(get("/nothing")).startsWith("404");
        assertThat(get("/bad")).startsWith("500").doesNotContain("on purpose");
    }

    @Test
    void aBodyThatIsTooLongIsMarkedAsCut() throws IOException {
        routes.add(request -> Answer.text(200, request.body().length + " " + request.cut()));
        RequestBody fits = RequestBody.create(new byte[LIMIT]);
        RequestBody tooLong = RequestBody.create(new byte[LIMIT + 1]);
        try (Response response = http.newCall(at("/").post(fits).build()).execute()) {
            assertThat(response.body().string()).isEqualTo(LIMIT + " false");
        }
        try (Response response = http.newCall(at("/").post(tooLong).build()).execute()) {
            assertThat(response.body().string()).isEqualTo(LIMIT + " true");
        }
    }

    @Test
    void connectionsCanBeCutBeforeAndInTheAnswer() {
        routes.add(request ->
                Answer.text(200, "x".repeat(100_000)).meeting(request.path().equals("/cut") ? Fate.CUT : Fate.TORN));
        assertThatThrownBy(() -> get("/cut")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get("/torn")).isInstanceOf(IOException.class);
    }

    @Test
    void aRouteMayTakeTheConnectionOver() throws InterruptedException {
        BlockingQueue<String> heard = new ArrayBlockingQueue<>(2);
        routes.add(request -> Answer.upgrade(new WebSocketListener() {
            @Override
            public void onMessage(WebSocket socket, String text) {
                socket.send("echo " + text);
            }
        }));
        WebSocket socket = http.newWebSocket(at("/ws").build(), new WebSocketListener() {
            @Override
            public void onMessage(WebSocket socket, String text) {
                heard.add(text);
            }
        });
        socket.send("hi");
        assertThat(heard.poll(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo("echo hi");
        socket.cancel();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "hello\r\n\r\n",
                "GET\r\n\r\n",
                "GET nothing HTTP/1.1\r\n\r\n",
                "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n"
            })
    void brokenHttpHarmsItsConnectionOnly(String bytes) throws IOException {
        routes.add(request -> Answer.text(200, "alive"));
        Level before = SERVER_LOG.getLevel();
        SERVER_LOG.setLevel(Level.OFF);
        try (Socket socket = new Socket(LOOPBACK, server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            assertThat(get("/")).isEqualTo("200 alive");
        } finally {
            SERVER_LOG.setLevel(before);
        }
        assertThat(get("/")).isEqualTo("200 alive");
    }

    @Test
    void answersDoNotWaitForAcknowledgements() throws IOException {
        try (ServerSocket listening = new PromptSockets().createServerSocket(0);
                Socket client = new Socket(LOOPBACK, listening.getLocalPort());
                Socket accepted = listening.accept()) {
            assertThat(client.isConnected()).isTrue();
            assertThat(accepted.getTcpNoDelay()).isTrue();
        }
    }

    @Test
    void aPortInUseIsNamed() {
        assertThatThrownBy(() -> new LocalServer(LOOPBACK, server.port(), LIMIT, routes))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(String.valueOf(server.port()));
    }

    @Test
    void closingTwiceIsFineAndEndsTheDrain() throws IOException {
        routes.add(request -> Answer.text(200, "ok"));
        get("/");
        server.close();
        server.close();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("conversations4j-emulator-drain")) {
                Patience.join(thread);
            }
        }
    }
}
