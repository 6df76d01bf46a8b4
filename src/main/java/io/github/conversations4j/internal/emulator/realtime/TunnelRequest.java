package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.MalformedPacketException;
import io.github.conversations4j.internal.wire.Packet;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request that came through the socket. Immutable.
 *
 * @param method {@code GET}, {@code POST} or {@code DELETE}
 * @param segments the path, decoded and cut at its slashes
 * @param query the parameters, decoded; of a repeated one the first
 * @param mutationId names a change, so that it is made once; null for none
 * @param body the body as JSON; missing if it has none or another type
 * @param text the body as text
 */
record TunnelRequest(
        String method,
        List<String> segments,
        Map<String, String> query,
        @Nullable String mutationId,
        JsonNode body,
        String text) {
    private static final int MALFORMED = 20_001;

    static TunnelRequest of(Packet packet) {
        JsonNode http = packet.header().path("http_request");
        if (!http.isObject()
                || !http.path("path").isTextual()
                || !http.path("method").isTextual()) {
            throw TwilioFault.invalid(MALFORMED, "http_request must have method and path");
        }
        Map<String, String> query = new HashMap<>();
        http.path("params").fields().forEachRemaining(parameter -> {
            JsonNode value =
                    parameter.getValue().isArray() ? parameter.getValue().path(0) : parameter.getValue();
            query.put(decoded(parameter.getKey()), decoded(value.asText()));
        });
        JsonNode mutation = http.path("headers").path("X-Twilio-Mutation-Id");
        return new TunnelRequest(
                http.path("method").asText(),
                segments(http.path("path").asText()),
                Map.copyOf(query),
                mutation.isTextual() ? mutation.asText() : null,
                body(packet),
                packet.payloadText());
    }

    private static JsonNode body(Packet packet) {
        try {
            JsonNode body = packet.payloadJson();
            return body == null ? MissingNode.getInstance() : body;
        } catch (MalformedPacketException e) {
            throw TwilioFault.invalid(MALFORMED, "the body is not JSON");
        }
    }

    private static List<String> segments(String path) {
        int end = path.indexOf('?');
        List<String> segments = new ArrayList<>();
        for (String segment : (end < 0 ? path : path.substring(0, end)).split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decoded(segment.replace("+", "%2B")));
            }
        }
        return segments;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw TwilioFault.invalid(MALFORMED, "a broken escape in " + text);
        }
    }

    /** Whether method and path are these; {@code *} stands for any one segment. */
    boolean is(String verb, String... path) {
        if (!method.equals(verb) || segments.size() != path.length) {
            return false;
        }
        for (int i = 0; i < path.length; i++) {
            if (!path[i].equals("*") && !path[i].equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    String segment(int index) {
        return segments.get(index);
    }

    /** A text of the body; null if it is absent or JSON null. */
    @Nullable
    String text(String name) {
        JsonNode value = body.path(name);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }
}
