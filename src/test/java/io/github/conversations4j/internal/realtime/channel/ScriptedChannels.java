package io.github.conversations4j.internal.realtime.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.internal.wire.PacketCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Channels whose other end is the test: it sees what is sent and decides when anything happens. Confined to the test's thread. */
public final class ScriptedChannels implements ChannelFactory {
    private static final PacketCodec CODEC = new PacketCodec(1 << 16, 1 << 23);
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Every channel that was dialled, in order. */
    public final List<Line> dialled = new ArrayList<>();

    public boolean closed;

    /** What becomes of a message on its way to the client: what arrives instead, in order. */
    public Function<byte[], List<byte[]>> mangle = List::of;

    @Override
    public Channel dial(ChannelListener listener) {
        Line line = new Line(listener);
        dialled.add(line);
        return line;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Whether a channel waits to be opened. */
    public boolean isDialled() {
        return !dialled.isEmpty() && !last().opened && !last().isOver();
    }

    /** The channel that was dialled last. */
    public Line last() {
        return dialled.get(dialled.size() - 1);
    }

    /** One channel, seen from the server. */
    public final class Line implements Channel {
        private final ChannelListener listener;
        private final Deque<Packet> sent = new ArrayDeque<>();
        public boolean closed;
        public boolean cancelled;
        /** Whether the channel takes what is sent. */
        public boolean choked;

        private boolean opened;
        private boolean ended;

        Line(ChannelListener listener) {
            this.listener = listener;
        }

        @Override
        public boolean send(byte[] message) {
            if (choked || closed || cancelled) {
                return false;
            }
            sent.add(CODEC.decode(message));
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        public void open() {
            opened = true;
            listener.opened();
        }

        /** Whether nothing more can be sent on it. */
        public boolean isOver() {
            return closed || cancelled || ended;
        }

        public void end(@Nullable Throwable failure) {
            ended = true;
            listener.ended(failure);
        }

        /** Sends bytes to the client. */
        public void bytes(byte[] message) {
            mangle.apply(message).forEach(listener::received);
            listener.caughtUp();
        }

        /** Sends a text message to the client. */
        public void text() {
            listener.receivedText();
            listener.caughtUp();
        }

        /** Sends a packet to the client. */
        public void packet(String header) {
            packet(header, "");
        }

        public void packet(String header, String payload) {
            try {
                bytes(CODEC.encode(
                        Packet.of((ObjectNode) MAPPER.readTree(header), payload.getBytes(StandardCharsets.UTF_8))));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(header, e);
            }
        }

        /** Answers a packet of the client. */
        public void reply(Packet request, int code) {
            reply(request, code, JsonNodeFactory.instance.objectNode(), "");
        }

        public void reply(Packet request, int code, ObjectNode header, String payload) {
            header.put("method", "reply").put("id", request.id());
            header.putObject("status").put("code", code).put("status", code == 200 ? "OK" : "NOT_OK");
            packet(header.toString(), payload);
        }

        /** Answers a tunnelled request of the client. */
        public void respond(Packet request, int httpStatus, String body) {
            ObjectNode header = JsonNodeFactory.instance.objectNode();
            header.putObject("http_status").put("code", httpStatus).put("status", "reason");
            reply(request, 200, header, body);
        }

        /** The packets that the client has sent and nobody has looked at, without its receipts. */
        public List<Packet> sent() {
            List<Packet> packets = new ArrayList<>(sent);
            packets.removeIf(packet -> packet.method().equals("reply"));
            sent.clear();
            return packets;
        }

        /** The receipts that the client has sent and nobody has looked at. */
        public List<Packet> receipts() {
            List<Packet> packets = new ArrayList<>(sent);
            packets.removeIf(packet -> !packet.method().equals("reply"));
            sent.removeAll(packets);
            return packets;
        }

        /** The only packet that the client has sent since. */
        public Packet onlySent() {
            List<Packet> packets = sent();
            if (packets.size() != 1) {
                throw new AssertionError("sent: " + packets);
            }
            return packets.get(0);
        }

        /** Opens and accepts the client. */
        public void accept() {
            open();
            Packet init = onlySent();
            if (!init.method().equals("init")) {
                throw new AssertionError("sent first: " + init);
            }
            reply(init, 200);
        }
    }
}
