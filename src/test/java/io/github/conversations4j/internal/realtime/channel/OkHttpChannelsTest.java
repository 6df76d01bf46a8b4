package io.github.conversations4j.internal.realtime.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.conversations4j.internal.wire.TooManyBytesException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OkHttpChannelsTest {
    private static final int MAX_MESSAGE = 10_000;

    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient lent = new OkHttpClient();
    private final ServerSide serverSide = new ServerSide();
    private final ClientSide clientSide = new ClientSide();
    private OkHttpChannels channels;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server.start();
        port = server.getPort();
        channels = new OkHttpChannels(lent, "ws://127.0.0.1:" + port + "/v3/wsconnect", MAX_MESSAGE);
    }

    @AfterEach
    void stop() {
        channels.close();
        server.close();
        // OkHttp calls a thread by the address of the call that it serves.
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> name.equals("conversations4j-realtime") || name.endsWith(":" + port + "/...")));
        assertThat(lent.dispatcher().executorService().isShutdown()).isFalse();
        lent.connectionPool().evictAll();
    }

    private Channel connect() throws InterruptedException {
        server.enqueue(new MockResponse.Builder().webSocketUpgrade(serverSide).build());
        Channel channel = channels.dial(clientSide);
        assertThat(clientSide.next()).isEqualTo("opened");
        assertThat(serverSide.next()).isEqualTo("opened");
        return channel;
    }

    @Test
    void carriesBinaryMessagesBothWays() throws Exception {
        Channel channel = connect();
        assertThat(channel.send("hello".getBytes(UTF_8))).isTrue();
        assertThat(serverSide.next()).isEqualTo("hello");

        serverSide.socket.send(ByteString.encodeUtf8("grüß dich"));
        assertThat(clientSide.next()).isEqualTo("grüß dich");
    }

    @Test
    void tellsOfTextMessages() throws Exception {
        connect();
        serverSide.socket.send("text");
        serverSide.socket.send(ByteString.encodeUtf8("binary"));

        assertThat(clientSide.next()).isEqualTo("a text message");
        assertThat(clientSide.next()).isEqualTo("binary");
    }

    @Test
    void offersNoCompression() throws Exception {
        connect();

        assertThat(server.takeRequest().getHeaders().get("Sec-WebSocket-Extensions"))
                .isNull();
    }

    @Test
    void endsPolitely() throws Exception {
        Channel channel = connect();
        channel.send("last words".getBytes(UTF_8));
        channel.close();

        assertThat(serverSide.next()).isEqualTo("last words");
        assertThat(serverSide.next()).isEqualTo("closing 1000");
        assertThat(clientSide.next()).isEqualTo("ended");
        assertThat(channel.send(new byte[1])).isFalse();
        channel.close();
    }

    @Test
    void tellsOnceThatTheServerHasClosed() throws Exception {
        connect();
        serverSide.socket.close(1001, "going away");

        assertThat(clientSide.next()).isEqualTo("ended IOException");
        assertThat(clientSide.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void tellsOnceThatItWasCancelled() throws Exception {
        Channel channel = connect();
        channel.cancel();
        channel.cancel();

        assertThat(clientSide.next()).startsWith("ended");
        assertThat(clientSide.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void tellsThatTheSocketWasLost() throws Exception {
        connect();
        server.close();

        assertThat(clientSide.next()).startsWith("ended ");
    }

    @Test
    void tellsThatItWasRefused() throws Exception {
        server.enqueue(new MockResponse.Builder().code(403).build());
        channels.dial(clientSide);

        assertThat(clientSide.next()).isEqualTo("ended IOException");
        assertThat(clientSide.failure).hasMessage("the websocket was refused with HTTP status 403");
    }

    @Test
    void followsNoRedirect() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", server.url("/elsewhere"))
                .build());
        channels.dial(clientSide);

        assertThat(clientSide.next()).isEqualTo("ended IOException");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void givesUpAMessageThatIsMuchTooLargeBeforeItIsComplete() throws Exception {
        connect();
        serverSide.socket.send(ByteString.of(new byte[2_000_000]));

        assertThat(clientSide.next()).isEqualTo("ended TooManyBytesException");
        assertThat(clientSide.failure)
                .isInstanceOf(TooManyBytesException.class)
                .hasMessageContaining("no complete message");
    }

    @Test
    void countsEachMessageForItself() throws Exception {
        connect();
        for (int i = 0; i < 100; i++) {
            serverSide.socket.send(ByteString.of(new byte[MAX_MESSAGE]));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(clientSide.next()).hasSize(MAX_MESSAGE);
        }
    }

    @Test
    void saysWhenAllThatCameWasTold() throws Exception {
        connect();
        requireCaughtUp();
    }

    @Test
    void saysSoAfterEachMessageWhereItCannotTellWhatElseHasCome() throws Exception {
        OkHttpClient wrapped = lent.newBuilder()
                .socketFactory(new DelegatingSockets(SocketFactory.getDefault()))
                .build();
        channels.close();
        channels = new OkHttpChannels(wrapped, "ws://127.0.0.1:" + port + "/v3/wsconnect", MAX_MESSAGE);
        connect();
        requireCaughtUp();
    }

    private void requireCaughtUp() throws InterruptedException {
        int told = 0;
        for (int burst = 1; burst <= 20; burst++) {
            for (int i = 0; i < burst; i++) {
                serverSide.socket.send(ByteString.encodeUtf8("message"));
            }
            told += burst;
            int before;
            do {
                before = clientSide.toldWhenCaughtUp.take();
            } while (before < told);
            assertThat(before).isEqualTo(told);
        }
        assertThat(clientSide.toldWhenCaughtUp.poll(100, TimeUnit.MILLISECONDS))
                .as("said again without anything new")
                .isNull();
    }

    private static final class ServerSide extends WebSocketListener {
        final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        volatile WebSocket socket;

        String next() throws InterruptedException {
            return events.take();
        }

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            socket = webSocket;
            events.add("opened");
        }

        @Override
        public void onMessage(WebSocket webSocket, ByteString bytes) {
            events.add(bytes.utf8());
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            events.add("closing " + code);
            webSocket.close(1000, null);
        }
    }

    private static final class ClientSide implements ChannelListener {
        final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        final BlockingQueue<Integer> toldWhenCaughtUp = new LinkedBlockingQueue<>();
        volatile @Nullable Throwable failure;

        /** Confined to the reading thread. */
        private int told;

        String next() throws InterruptedException {
            return events.take();
        }

        @Override
        public void opened() {
            events.add("opened");
        }

        @Override
        public void received(byte[] message) {
            told++;
            events.add(new String(message, UTF_8));
        }

        @Override
        public void receivedText() {
            events.add("a text message");
        }

        @Override
        public void caughtUp() {
            toldWhenCaughtUp.add(told);
        }

        @Override
        public void ended(@Nullable Throwable why) {
            failure = why;
            events.add(why == null ? "ended" : "ended " + why.getClass().getSimpleName());
        }
    }

    /** Somebody's own sockets, as far as OkHttp asks for them. */
    private static final class DelegatingSockets extends SocketFactory {
        private final SocketFactory sockets;

        DelegatingSockets(SocketFactory sockets) {
            this.sockets = sockets;
        }

        @Override
        public Socket createSocket() throws IOException {
            return sockets.createSocket();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return sockets.createSocket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return sockets.createSocket(host, port, local, localPort);
        }
    }
}
