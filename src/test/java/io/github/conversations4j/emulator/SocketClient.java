package io.github.conversations4j.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.internal.wire.PacketCodec;
import io.github.conversations4j.tests.Patience;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/** Somebody at the emulator's socket who writes every byte by hand. */
final class SocketClient extends WebSocketListener implements AutoCloseable {
    private static final PacketCodec CODEC = new PacketCodec(256 * 1024, 4 * 1024 * 1024);

    private final OkHttpClient http = new OkHttpClient();
    private final WebSocket socket;
    private final BlockingQueue<Packet> replies = new LinkedBlockingQueue<>();
    private final List<Packet> pushed = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private int sent;

    SocketClient(String url) {
        this(new Request.Builder().url(url).build());
    }

    SocketClient(Request request) {
        socket = http.newWebSocket(request, this);
    }

    /** Sends a header without a payload. */
    SocketClient send(ObjectNode header) {
        return send(CODEC.encode(Packet.of(header)));
    }

    SocketClient send(byte[] message) {
        socket.send(ByteString.of(message));
        return this;
    }

    ObjectNode start(String method) {
        return JsonNodeFactory.instance.objectNode().put("method", method).put("id", "TM" + sent++);
    }

    /** Says who it is, and gives the answer's status. */
    JsonNode init(String token) {
        return send(start("init").put("token", token)).reply().header().path("status");
    }

    /** Makes a request in the tunnel. */
    SocketClient request(String method, String path, String json) {
        return request(method, path, json, JsonNodeFactory.instance.objectNode());
    }

    /** Makes a change in the tunnel that has an id, so that it is made once. */
    SocketClient change(String mutationId, String method, String path, String json) {
        return request(
                method, path, json, JsonNodeFactory.instance.objectNode().put("X-Twilio-Mutation-Id", mutationId));
    }

    private SocketClient request(String method, String path, String json, ObjectNode headers) {
        ObjectNode header = start("message");
        header.putObject("http_request")
                .put("method", method)
                .put("path", path)
                .put("host", "aim.twilio.com")
                .set("headers", headers);
        header.put("payload_type", "application/json");
        return send(CODEC.encode(Packet.of(header, json.getBytes(StandardCharsets.UTF_8))));
    }

    /** The next answer. */
    Packet reply() {
        try {
            Packet reply = replies.poll(Patience.SECONDS, TimeUnit.SECONDS);
            if (reply == null) {
                throw new AssertionError("no reply within " + Patience.SECONDS + " s");
            }
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The HTTP status of the next answer in the tunnel. */
    int status() {
        return reply().header().path("http_status").path("code").intValue();
    }

    boolean hasReply() {
        return !replies.isEmpty();
    }

    /** What came without having been asked for. */
    List<Packet> pushed() {
        return pushed;
    }

    Packet lastPushed() {
        return pushed.get(pushed.size() - 1);
    }

    /** Waits until the connection is over, and says how: {@code closed}, {@code cut} or the HTTP status. */
    String end() {
        return end.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteString bytes) {
        Packet packet = CODEC.decode(bytes.toByteArray());
        if (packet.method().equals("reply")) {
            replies.add(packet);
        } else {
            pushed.add(packet);
        }
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        webSocket.close(1000, null);
        end.complete("closed");
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable t, Response response) {
        end.complete(response == null ? "cut" : Integer.toString(response.code()));
    }

    @Override
    public void close() {
        socket.cancel();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }
}
