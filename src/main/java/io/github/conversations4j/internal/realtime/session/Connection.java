package io.github.conversations4j.internal.realtime.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.conversations4j.Scheduler;
import io.github.conversations4j.internal.realtime.channel.Channel;
import io.github.conversations4j.internal.realtime.channel.ChannelFactory;
import io.github.conversations4j.internal.realtime.channel.ChannelListener;
import io.github.conversations4j.internal.realtime.session.OddInput.Kind;
import io.github.conversations4j.internal.wire.MalformedPacketException;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.internal.wire.PacketCodec;
import io.github.conversations4j.internal.wire.TooManyBytesException;
import io.github.conversations4j.token.AccessToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a {@link Session} to have a websocket: bytes on one side, packets on the other. Packets are taken apart
 * on the reading thread, before the lock; all else is confined to it. What comes after the session has abandoned the
 * attempt is dropped by the session.
 */
final class Connection implements ChannelListener {
    private static final PacketCodec CODEC = new PacketCodec(64 * 1024, 8 * 1024 * 1024);

    private final Session session;
    private final SessionContext context;

    /** The ids of packets that want a receipt, in order. Confined to the reading thread. */
    private final List<String> unreceipted = new ArrayList<>();

    private volatile @Nullable Channel channel;
    private boolean open;
    private boolean abandoned;
    private @Nullable AccessToken token;
    private @Nullable String initId;
    private @Nullable String updateId;
    private Scheduler.@Nullable Cancellable deadline;

    Connection(Session session, SessionContext context) {
        this.session = session;
        this.context = context;
    }

    /** The largest websocket message that makes sense. */
    static int maxMessage() {
        return CODEC.maxMessage();
    }

    /** Gives itself up unless it is {@link #settled} in time. */
    private void expectWithin(Duration limit) {
        settled();
        deadline = context.later(limit, () -> session.tooSlow());
    }

    /** What it waited for has come. */
    private void settled() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    void dial(ChannelFactory channels, Duration limit) {
        expectWithin(limit);
        channel = channels.dial(this);
    }

    void sendInit(AccessToken newToken, @Nullable String continuationToken) {
        token = newToken;
        initId = context.newId("TM");
        send(Packets.init(initId, newToken.text(), continuationToken));
    }

    void sendUpdate(AccessToken newToken, Duration limit) {
        token = newToken;
        updateId = context.newId("TM");
        expectWithin(limit);
        send(Packets.update(updateId, newToken.text()));
    }

    /** The token that was sent last; null before the first. */
    @Nullable
    AccessToken token() {
        return token;
    }

    boolean send(Packet packet) {
        return send(CODEC.encode(packet));
    }

    private boolean send(byte[] message) {
        Channel present = channel;
        return present != null && present.send(message);
    }

    void sayGoodbye() {
        settled();
        if (channel != null) {
            if (open) {
                send(Packets.close(context.newId("TM")));
            }
            channel.close();
        }
    }

    /** Whether there is a websocket, open or on the way. */
    boolean isDialled() {
        return channel != null;
    }

    /** Ends it at once; the session hears no more of it. */
    void abandon() {
        abandoned = true;
        settled();
        if (channel != null) {
            channel.cancel();
        }
    }

    // ---- what the channel tells, outside of the lock

    @Override
    public void opened() {
        inside(() -> {
            open = true;
            session.opened(this);
        });
    }

    @Override
    public void received(byte[] message) {
        Packet packet;
        try {
            packet = CODEC.decode(message);
        } catch (MalformedPacketException e) {
            session.malformed(e);
            return;
        }
        if (!packet.method().equals("reply")) {
            unreceipted.add(packet.id());
            if (packet.method().equals("close")) {
                // Nothing is sent after the answer to it.
                caughtUp();
            }
        }
        JsonNode payload = payload(packet);
        inside(() -> received(packet, payload));
    }

    /**
     * Sends the receipts of all that came at once, together: handing one over to the thread that writes costs more than
     * the receipt itself.
     */
    @Override
    public void caughtUp() {
        unreceipted.forEach(id -> send(Packets.receipt(id, CODEC)));
        unreceipted.clear();
    }

    /** A packet whose payload cannot be read still wants its receipt, or is the answer that somebody waits for. */
    private JsonNode payload(Packet packet) {
        try {
            return packet.payloadJson();
        } catch (MalformedPacketException e) {
            session.malformed(e);
            return MissingNode.getInstance();
        }
    }

    @Override
    public void receivedText() {
        context.oddInput().note(Kind.UNREADABLE, "a text message", null);
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        if (isOfTooManyBytes(failure)) {
            context.oddInput().note(Kind.OVERSIZED, "a websocket message", null);
        }
        inside(() -> session.ended(failure));
    }

    /** Encryption may have wrapped it. */
    private static boolean isOfTooManyBytes(@Nullable Throwable failure) {
        return failure instanceof TooManyBytesException
                || failure != null && failure.getCause() instanceof TooManyBytesException;
    }

    private void inside(Runnable task) {
        context.exclusive().run(() -> {
            if (!abandoned) {
                task.run();
            }
        });
    }

    // ---- packets, inside the lock

    private void received(Packet packet, JsonNode payload) {
        session.heard();
        if (packet.method().equals("reply")) {
            answered(packet, payload);
            return;
        }
        switch (packet.method()) {
            case "notification" ->
                session.notified(packet.header().path("message_type").asText(), payload);
            case "client_update" -> clientUpdate(packet);
            case "close" -> session.sentAway(this, Status.of(packet.header().path("status")), payload);
            case "ping" -> {
                // Wants nothing but the receipt.
            }
            // What later versions may add gets the same.
            default -> context.oddInput().note(Kind.UNKNOWN_METHOD, packet.method(), null);
        }
    }

    private void clientUpdate(Packet packet) {
        String type = packet.header().path("client_update_type").asText();
        if (type.equals("token_about_to_expire")) {
            session.tokenAboutToExpire(this);
        } else {
            context.oddInput().note(Kind.UNKNOWN_TYPE, "the client update \"" + type + '"', null);
        }
    }

    private void answered(Packet reply, JsonNode payload) {
        boolean toInit = reply.id().equals(initId);
        if (!toInit && !reply.id().equals(updateId)) {
            session.answered(reply, payload);
            return;
        }
        settled();
        Status status = Status.of(reply.header().path("status"));
        if (!status.isSuccess()) {
            session.notTaken(this, status, payload);
        } else if (toInit) {
            session.initialised(this, reply.header().path("continuation_token").textValue());
        } else {
            session.updated();
        }
    }
}
