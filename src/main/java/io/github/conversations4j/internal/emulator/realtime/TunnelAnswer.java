package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that came through the socket. Immutable.
 *
 * @param status the HTTP status
 * @param body the body; null for none
 */
record TunnelAnswer(int status, @Nullable JsonNode body) {
    static TunnelAnswer ok(JsonNode body) {
        return new TunnelAnswer(200, body);
    }

    static TunnelAnswer created(JsonNode body) {
        return new TunnelAnswer(201, body);
    }

    static TunnelAnswer gone() {
        return new TunnelAnswer(204, null);
    }

    static TunnelAnswer refused(TwilioFault fault) {
        return new TunnelAnswer(
                fault.status(),
                SyncShapes.object()
                        .put("status", fault.status())
                        .put("code", fault.code())
                        .put("message", fault.reason()));
    }

    /** The words that go with the status. */
    String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 204 -> "No Content";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 429 -> "Too Many Requests";
            default -> status >= 500 ? "Internal Server Error" : "Error";
        };
    }
}
