package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.internal.emulator.faults.CallFault;
import io.github.conversations4j.internal.emulator.faults.Refusal;
import io.github.conversations4j.internal.emulator.http.Connection;
import io.github.conversations4j.internal.emulator.realtime.TokenGate.Refused;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.AccessTokenClaims;
import io.github.conversations4j.internal.wire.MalformedPacketException;
import io.github.conversations4j.internal.wire.Packet;
import java.time.Duration;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of a client. What comes in is handled on the socket's reading thread, in order; what goes out may be sent by
 * any thread.
 *
 * <p>States: <em>open</em>, where only {@code init} is understood; <em>in</em>, with an identity; <em>ended</em>. A packet
 * that cannot be read ends it with 406, a token that runs out with 410; both as the service was seen to do.
 */
final class SocketSession extends WebSocketListener {
    private static final Logger LOG = LoggerFactory.getLogger(SocketSession.class);
    private static final Duration WARNING = Duration.ofMinutes(4);
    private static final Duration PING = Duration.ofSeconds(30);

    private final Sockets sockets;
    private final Connection connection;

    // Written on the reading thread, read by everybody who sends.
    private volatile @Nullable WebSocket socket;
    private volatile @Nullable Member member;
    private volatile boolean ended;

    // Guarded by this.
    private @Nullable Cancellable warning;
    private @Nullable Cancellable expiry;
    private @Nullable Cancellable ping;

    /**
     * A socket that is about to open.
     *
     * @param sockets where it belongs
     * @param connection what carries it; OkHttp can neither cut nor limit a socket on the side of the server
     */
    SocketSession(Sockets sockets, Connection connection) {
        this.sockets = sockets;
        this.connection = connection;
    }

    /** Who is at the socket; null before {@code init}. */
    @Nullable
    Member member() {
        return member;
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        connection.limit(Sockets.MOST_BYTES);
        socket = webSocket;
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteString bytes) {
        connection.limit(Sockets.MOST_BYTES);
        try {
            handle(Sockets.CODEC.decode(bytes.toByteArray()));
        } catch (MalformedPacketException e) {
            close(406, "NOT_ACCEPTABLE_MESSAGE", "Message cannot be read", 51_214, null);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("The emulator failed on a packet", e);
            close(500, "INTERNAL_SERVER_ERROR", "The emulator failed; its log says how", 0, null);
        }
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        webSocket.close(1000, null);
        end();
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        end();
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
        drop();
    }

    private void handle(Packet packet) {
        switch (packet.method()) {
            case "reply", "telemetry.v1" -> {}
            case "init" -> init(packet);
            case "update" -> update(packet);
            case "message" -> tunnel(packet);
            case "close" -> drop();
            case "ping", "put_notification_ctx", "delete_notification_ctx" -> reply(packet, 200, "OK", null, 0);
            default -> reply(packet, 400, "BAD_REQUEST", "method " + packet.method() + " is not known", 0);
        }
    }

    private void init(Packet packet) {
        try {
            AccessTokenClaims claims =
                    sockets.gate().check(packet.header().path("token").asText());
            Refusal refusal = sockets.faults().arrivals().strike(claims.identity());
            if (refusal != null) {
                reply(packet, refusal.status(), "REFUSED", "refused on request", refusal.code());
                return;
            }
            Member arrived = enter(claims);
            ObjectNode header = status(packet, 200, "OK", null, 0);
            header.put("continuation_token", arrived.identity() + "-" + packet.id());
            header.putObject("continuation_token_status").put("reissued", true).put("reissue_reason", "MISSING");
            header.putArray("capabilities").add("client_update").add("offline_storage");
            header.putObject("offline_storage").putObject("ip_messaging").put("storage_id", arrived.userSid());
            ArrayNode registrations = header.putArray("init_registrations");
            registrations.addObject().put("product", "ip_messaging").put("type", "ers");
            // Who has the answer may count on the timers.
            watch(claims);
            schedulePing();
            send(Packet.of(header));
        } catch (Refused e) {
            reply(packet, 401, "UNAUTHORIZED", e.getMessage(), e.code());
        } catch (TwilioFault fault) {
            reply(packet, fault.status(), "REFUSED", fault.reason(), fault.code());
        }
    }

    /** Comes in; who says who it is once more, or is gone meanwhile, leaves nothing behind. */
    private Member enter(AccessTokenClaims claims) {
        sockets.left(this);
        Member arrived = sockets.enter(this, claims);
        member = arrived;
        if (ended) {
            sockets.left(this);
        }
        return arrived;
    }

    private void update(Packet packet) {
        Member present = member;
        if (present == null) {
            reply(packet, 401, "UNAUTHORIZED", "init comes first", 20_101);
            return;
        }
        try {
            AccessTokenClaims claims =
                    sockets.gate().check(packet.header().path("token").asText());
            if (!claims.identity().equals(present.identity())) {
                reply(packet, 401, "UNAUTHORIZED", "the token is of another identity", 51_215);
                return;
            }
            // Who has the answer relies on the new token: the end of the old one must no longer count.
            watch(claims);
            reply(packet, 200, "OK", null, 0);
        } catch (Refused e) {
            reply(packet, 401, "UNAUTHORIZED", e.getMessage(), e.code());
        }
    }

    /** Warns before the token expires, and ends the session when it does. */
    private synchronized void watch(AccessTokenClaims claims) {
        cancel(warning);
        cancel(expiry);
        if (ended) {
            return;
        }
        Duration left = Duration.between(sockets.clock().instant(), claims.expiresAt());
        Duration untilWarning = left.minus(WARNING);
        warning = sockets.scheduler().schedule(this::warn, untilWarning.isNegative() ? Duration.ZERO : untilWarning);
        expiry = sockets.scheduler().schedule(() -> close(410, "TOKEN_EXPIRED", "Token expired", 51_207, null), left);
    }

    private void warn() {
        send(Packet.of(start("client_update")
                .put("client_update_type", "token_about_to_expire")
                .put(
                        "client_update_message",
                        "Your token is about to expire. Time left: less than " + WARNING.toMillis() + " ms")));
    }

    private synchronized void schedulePing() {
        cancel(ping);
        if (!ended) {
            ping = sockets.scheduler().schedule(this::ping, PING);
        }
    }

    private void ping() {
        send(Packet.of(start("ping")));
        schedulePing();
    }

    private static void cancel(@Nullable Cancellable timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void tunnel(Packet packet) {
        Member present = member;
        if (present == null) {
            reply(packet, 401, "UNAUTHORIZED", "init comes first", 20_101);
            return;
        }
        CallFault fault = TunnelFaults.strike(sockets.faults().tunnel(), present, packet);
        if (fault == null) {
            present.answer(packet, answer -> respond(packet, answer));
            return;
        }
        switch (fault.kind()) {
            case CUT_BEFORE -> drop();
            case REFUSED -> respond(packet, TunnelFaults.refusal(fault));
            case FAILED -> present.answer(packet, answer -> respond(packet, TunnelFaults.refusal(fault)));
            case CUT_AFTER, TORN -> present.answer(packet, answer -> drop());
            case SLOW ->
                present.answer(
                        packet, answer -> sockets.scheduler().schedule(() -> respond(packet, answer), fault.by()));
        }
    }

    private void respond(Packet packet, TunnelAnswer answer) {
        ObjectNode header = status(packet, 200, "OK", null, 0);
        header.putObject("http_status").put("code", answer.status()).put("status", answer.reason());
        header.putObject("http_headers").put("content-type", "application/json");
        header.put("payload_type", "application/json");
        send(answer.body() == null ? Packet.of(header) : Packet.of(header, answer.body()));
    }

    /** Pushes something that happened. */
    void notify(String type, ObjectNode payload) {
        ObjectNode header = start("notification")
                .put("message_type", type)
                .put("notification_ctx_id", "")
                .put("payload_type", "application/json");
        send(Packet.of(header, payload));
    }

    private ObjectNode start(String method) {
        return SyncShapes.object().put("method", method).put("id", sockets.nextPacketId());
    }

    private void reply(Packet packet, int code, String status, @Nullable String description, int errorCode) {
        send(Packet.of(status(packet, code, status, description, errorCode)));
    }

    private static ObjectNode status(
            Packet packet, int code, String status, @Nullable String description, int errorCode) {
        ObjectNode header = SyncShapes.object().put("method", "reply").put("id", packet.id());
        describe(header, code, status, description, errorCode);
        return header;
    }

    private static void describe(
            ObjectNode header, int code, String status, @Nullable String description, int errorCode) {
        ObjectNode verdict = header.putObject("status").put("code", code).put("status", status);
        if (description != null) {
            verdict.put("description", description);
        }
        if (errorCode != 0) {
            verdict.put("errorCode", errorCode);
        }
    }

    private void send(Packet packet) {
        WebSocket open = socket;
        if (open != null && !ended && !open.send(ByteString.of(Sockets.CODEC.encode(packet)))) {
            // OkHttp takes no more than 16 MiB for a client that does not read, and closes.
            drop();
        }
    }

    /** Ends the session politely, with a reason. */
    void close(int code, String status, String description, int errorCode, @Nullable Duration reconnectAfter) {
        ObjectNode header = start("close");
        describe(header, code, status, description, errorCode);
        if (reconnectAfter == null) {
            send(Packet.of(header));
        } else {
            ObjectNode payload = SyncShapes.object();
            payload.putObject("backoff_policy").put("reconnect_min_ms", reconnectAfter.toMillis());
            header.put("payload_type", "application/json");
            send(Packet.of(header, payload));
        }
        WebSocket open = socket;
        if (open != null) {
            open.close(1000, null);
        }
        end();
    }

    /** Cuts the connection. */
    void drop() {
        connection.hangUp();
        end();
    }

    private void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            cancel(warning);
            cancel(expiry);
            cancel(ping);
        }
        sockets.left(this);
    }
}
