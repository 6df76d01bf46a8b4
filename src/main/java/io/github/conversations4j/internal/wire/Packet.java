package io.github.conversations4j.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.wire.MalformedPacketException.Reason;
import java.nio.charset.StandardCharsets;

/**
 * One packet of the Twilsock protocol: a JSON header and a payload. Immutable and thread-safe as long as nobody changes
 * the tree and the bytes it was made of, which it does not copy.
 */
public final class Packet {
    private static final byte[] NOTHING = {};

    private final ObjectNode header;
    private final byte[] bytes;
    private final int payloadStart;
    private final int payloadLength;

    Packet(ObjectNode header, byte[] bytes, int payloadStart, int payloadLength) {
        this.header = header;
        this.bytes = bytes;
        this.payloadStart = payloadStart;
        this.payloadLength = payloadLength;
    }

    /**
     * A packet without a payload.
     *
     * @param header the header; it belongs to the packet from now on
     * @return the packet
     */
    public static Packet of(ObjectNode header) {
        return of(header, NOTHING);
    }

    /**
     * A packet with a payload.
     *
     * @param header the header, without {@code payload_size}; it belongs to the packet from now on
     * @param payload the payload; it belongs to the packet from now on
     * @return the packet
     */
    public static Packet of(ObjectNode header, byte[] payload) {
        header.put(PacketCodec.PAYLOAD_SIZE, payload.length);
        return new Packet(header, payload, 0, payload.length);
    }

    /**
     * A packet with a payload.
     *
     * @param header the header, without {@code payload_size}; it belongs to the packet from now on
     * @param payload the payload
     * @return the packet
     */
    public static Packet of(ObjectNode header, JsonNode payload) {
        return of(header, PacketCodec.bytes(payload));
    }

    /**
     * The header.
     *
     * @return the tree; not to be changed
     */
    public ObjectNode header() {
        return header;
    }

    /**
     * What the packet is for.
     *
     * @return for example {@code reply}; empty if a sender left it out
     */
    public String method() {
        return header.path("method").asText();
    }

    /**
     * What an answer to the packet repeats.
     *
     * @return the id; empty if a sender left it out
     */
    public String id() {
        return header.path("id").asText();
    }

    /**
     * The size of the payload.
     *
     * @return the number of bytes, 0 for none
     */
    public int payloadLength() {
        return payloadLength;
    }

    /**
     * The payload as text.
     *
     * @return the text; empty for none
     */
    public String payloadText() {
        return new String(bytes, payloadStart, payloadLength, StandardCharsets.UTF_8);
    }

    /**
     * The payload as JSON, parsed anew by each call. A packet without a payload and one of a type other than JSON have
     * none; a missing type means JSON.
     *
     * @return the tree, or a missing node
     * @throws MalformedPacketException if the payload is not JSON though it should be
     */
    public JsonNode payloadJson() {
        String type = header.path("payload_type").asText("");
        if (payloadLength == 0 || !(type.isEmpty() || type.startsWith("application/json"))) {
            return MissingNode.getInstance();
        }
        return PacketCodec.parse(bytes, payloadStart, payloadLength, Reason.BAD_PAYLOAD);
    }

    void copyPayload(byte[] target, int at) {
        System.arraycopy(bytes, payloadStart, target, at, payloadLength);
    }

    /** The method and the size: header and payload may hold tokens and what people wrote. */
    @Override
    public String toString() {
        return "Packet[" + method() + ", " + payloadLength + " bytes]";
    }
}
