package io.github.conversations4j.internal.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.wire.MalformedPacketException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes and reads packets of the Twilsock protocol, version 3. One packet is one binary websocket message:
 *
 * <pre>{@code
 * TWILSOCK V3.0 <bytes of header>\r\n
 * <header: a JSON object>\r\n
 * <payload, as long as payload_size of the header says>
 * }</pre>
 *
 * <p>Twilio's service ends a payload with one more line break, its JavaScript client does not; what follows the payload
 * is therefore not looked at. Immutable and thread-safe.
 *
 * @param maxHeader the largest header that is read, in bytes
 * @param maxPayload the largest payload that is read, in bytes
 */
public record PacketCodec(int maxHeader, int maxPayload) {
    static final String PAYLOAD_SIZE = "payload_size";

    private static final byte[] START = "TWILSOCK V3.0 ".getBytes(StandardCharsets.US_ASCII);
    private static final int LINE_BREAK = 2;
    private static final int MAX_DIGITS = 8;
    private static final int MAX_NAME = 256;
    private static final int MAX_DEPTH = 200;

    /** Far more than a page of a hundred items has. A tree takes much more memory than its text: {} becomes a map. */
    private static final int MAX_TOKENS = 500_000;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxTokenCount(MAX_TOKENS)
                        .build());
    }

    /** Checks the limits. */
    public PacketCodec {
        if (maxHeader < 1 || maxPayload < 0) {
            throw new IllegalArgumentException("limits of header and payload: " + maxHeader + ", " + maxPayload);
        }
    }

    /**
     * The largest message that is read.
     *
     * @return header, payload and what goes around them, in bytes
     */
    public int maxMessage() {
        return Math.addExact(Math.addExact(maxHeader, maxPayload), START.length + MAX_DIGITS + 3 * LINE_BREAK);
    }

    /**
     * Writes a packet. The limits are for what others send and do not bind it.
     *
     * @param packet the packet
     * @return one websocket message
     */
    public byte[] encode(Packet packet) {
        byte[] message = frame(bytes(packet.header()), packet.payloadLength());
        packet.copyPayload(message, message.length - packet.payloadLength());
        return message;
    }

    /**
     * Writes a packet without a payload.
     *
     * @param header the header, a JSON object in UTF-8
     * @return one websocket message
     */
    public byte[] encode(byte[] header) {
        return frame(header, 0);
    }

    /** A message that is whole but for the payload at its end. */
    private static byte[] frame(byte[] header, int payloadLength) {
        byte[] digits = Integer.toString(header.length).getBytes(StandardCharsets.US_ASCII);
        byte[] message =
                new byte[START.length + digits.length + LINE_BREAK + header.length + LINE_BREAK + payloadLength];
        int at = append(message, 0, START);
        at = append(message, at, digits);
        at = lineBreak(message, at);
        at = append(message, at, header);
        lineBreak(message, at);
        return message;
    }

    private static int append(byte[] message, int at, byte[] part) {
        System.arraycopy(part, 0, message, at, part.length);
        return at + part.length;
    }

    private static int lineBreak(byte[] message, int at) {
        message[at] = '\r';
        message[at + 1] = '\n';
        return at + LINE_BREAK;
    }

    /**
     * Reads a packet.
     *
     * @param message one websocket message; it belongs to the packet from now on
     * @return the packet
     * @throws MalformedPacketException if the message is not a packet, or larger than allowed
     */
    public Packet decode(byte[] message) {
        int lineEnd = firstLineEnd(message);
        int headerLength = number(message, START.length, lineEnd);
        if (headerLength > maxHeader) {
            throw new MalformedPacketException(Reason.TOO_LARGE);
        }
        int headerStart = lineEnd + LINE_BREAK;
        if (message.length - headerStart < headerLength) {
            throw new MalformedPacketException(Reason.TRUNCATED);
        }
        ObjectNode header = header(message, headerStart, headerLength);
        int payloadStart = headerStart + headerLength + LINE_BREAK;
        int payloadLength = payloadLength(header);
        if (payloadLength > 0 && message.length - payloadStart < payloadLength) {
            throw new MalformedPacketException(Reason.TRUNCATED);
        }
        // Without a payload even the line break before it may be missing.
        return new Packet(header, message, Math.min(payloadStart, message.length), payloadLength);
    }

    private static int firstLineEnd(byte[] message) {
        for (int i = 0; i < START.length; i++) {
            if (i >= message.length || message[i] != START[i]) {
                throw new MalformedPacketException(Reason.BAD_FIRST_LINE);
            }
        }
        int limit = Math.min(message.length - 1, START.length + MAX_DIGITS + 1);
        for (int at = START.length; at < limit; at++) {
            if (message[at] == '\r' && message[at + 1] == '\n') {
                return at;
            }
        }
        throw new MalformedPacketException(Reason.BAD_FIRST_LINE);
    }

    /** Eight digits fit an int, so nothing overflows. */
    private static int number(byte[] message, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = message[at] - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedPacketException(Reason.BAD_FIRST_LINE);
            }
            number = number * 10 + digit;
        }
        if (from == to) {
            throw new MalformedPacketException(Reason.BAD_FIRST_LINE);
        }
        return number;
    }

    private static ObjectNode header(byte[] message, int start, int length) {
        if (!(parse(message, start, length, Reason.BAD_HEADER) instanceof ObjectNode header)) {
            throw new MalformedPacketException(Reason.BAD_HEADER);
        }
        if (!isName(header.path("method")) || !isName(header.path("id"))) {
            throw new MalformedPacketException(Reason.UNADDRESSED);
        }
        return header;
    }

    private static boolean isName(JsonNode node) {
        return node.isTextual()
                && !node.textValue().isBlank()
                && node.textValue().length() <= MAX_NAME;
    }

    private int payloadLength(ObjectNode header) {
        JsonNode size = header.path(PAYLOAD_SIZE);
        if (size.isMissingNode() || size.isNull()) {
            return 0;
        }
        if (!size.isIntegralNumber() || size.bigIntegerValue().signum() < 0) {
            throw new MalformedPacketException(Reason.BAD_PAYLOAD_SIZE);
        }
        if (!size.canConvertToInt() || size.intValue() > maxPayload) {
            throw new MalformedPacketException(Reason.TOO_LARGE);
        }
        return size.intValue();
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree cannot be written as JSON", e);
        }
    }

    static JsonNode parse(byte[] bytes, int start, int length, Reason otherwise) {
        try {
            return MAPPER.readTree(bytes, start, length);
        } catch (IOException e) {
            // Not only of Jackson's own kinds: bytes in an order of UCS-4 that it does not know give another.
            throw new MalformedPacketException(otherwise);
        }
    }
}
