package io.github.conversations4j.internal.realtime.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.internal.wire.PacketCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the packets that a client sends. Stateless.
 *
 * <p>What {@code init} says about the program in {@code metadata} names this library. Twilio's clients name themselves
 * there; that the service takes any name is an assumption.
 */
final class Packets {
    static final String PRODUCT = "ip_messaging";
    private static final List<String> MESSAGE_TYPES = List.of(
            "twilio.ipmsg.typing_indicator",
            "twilio.sync.event",
            "com.twilio.rtd.cds.document",
            "com.twilio.rtd.cds.list",
            "com.twilio.rtd.cds.map");
    private static final String RECEIPT_START = "{\"id\":\"";
    private static final String RECEIPT_END = "\",\"method\":\"reply\",\"payload_type\":\"application/json\","
            + "\"status\":{\"code\":200,\"status\":\"OK\"},\"payload_size\":0}";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Packets() {}

    private static ObjectNode header(String id, String method) {
        return JSON.objectNode().put("id", id).put("method", method);
    }

    static Packet init(String id, String token, @Nullable String continuationToken) {
        ObjectNode header = header(id, "init").put("token", token).put("continuation_token", continuationToken);
        header.set("metadata", metadata());
        ObjectNode registration =
                JSON.objectNode().put("product", PRODUCT).put("type", "ers").put("notification_protocol_version", 0);
        ArrayNode types = registration.putArray("message_types");
        MESSAGE_TYPES.forEach(types::add);
        header.putArray("registrations").add(registration);
        header.putNull("tweaks");
        header.putArray("capabilities").add("client_update");
        return Packet.of(header);
    }

    private static ObjectNode metadata() {
        return JSON.objectNode()
                .put("env", "Java")
                .put("envv", Runtime.version().feature() + "")
                .put("os", System.getProperty("os.name", "unknown"))
                .put("type", "conversations")
                .put("sdk", "conversations4j");
    }

    static Packet update(String id, String token) {
        return Packet.of(header(id, "update").put("token", token));
    }

    static Packet close(String id) {
        return Packet.of(header(id, "close"));
    }

    /**
     * The receipt that the server expects for every packet that is no reply, ready to be sent. A burst wants many, and a tree
     * costs four times as much as bytes.
     */
    static byte[] receipt(String id, PacketCodec codec) {
        return isPlain(id)
                ? codec.encode((RECEIPT_START + id + RECEIPT_END).getBytes(StandardCharsets.US_ASCII))
                : codec.encode(reply(id));
    }

    /** Whether a text stands for itself in JSON. */
    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The same receipt as a packet. */
    static Packet reply(String id) {
        ObjectNode header = header(id, "reply").put("payload_type", "application/json");
        header.putObject("status").put("code", 200).put("status", "OK");
        return Packet.of(header);
    }

    static Packet message(String id, TunnelRequest request) {
        ObjectNode header = header(id, "message")
                .put("active_grant", PRODUCT)
                .put("payload_type", request.headers().getOrDefault("Content-Type", "application/json"));
        ObjectNode http = header.putObject("http_request")
                .put("host", request.host())
                .put("path", request.path())
                .put("method", request.method());
        http.set("params", params(request.query()));
        ObjectNode headers = http.putObject("headers");
        request.headers().forEach(headers::put);
        return Packet.of(header, request.body());
    }

    /** The query as the official client sends it: split, but not decoded; a repeated name becomes an array. */
    private static ObjectNode params(@Nullable String query) {
        ObjectNode params = JSON.objectNode();
        if (query == null) {
            return params;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            JsonNode before = params.get(name);
            if (before == null) {
                params.put(name, value);
            } else if (before instanceof ArrayNode values) {
                values.add(value);
            } else {
                params.putArray(name).add(before).add(value);
            }
        }
        return params;
    }
}
