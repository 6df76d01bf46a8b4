package io.github.conversations4j.internal.realtime.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.ApiError;
import org.jspecify.annotations.Nullable;

/**
 * What the server says about a packet: the {@code status} of a header. Immutable.
 *
 * @param code like an HTTP status; 0 if there is none
 * @param name for example {@code UNAUTHORIZED}; empty if there is none
 * @param description a sentence; null if there is none
 * @param errorCode Twilio's error code; null if there is none
 */
record Status(
        int code,
        String name,
        @Nullable String description,
        @Nullable Integer errorCode) {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int GONE = 410;
    private static final int EXPIRED = 20104;
    private static final int EXPIRED_MEANWHILE = 51207;

    static Status of(JsonNode status) {
        JsonNode errorCode = status.path("errorCode");
        return new Status(
                status.path("code").asInt(),
                status.path("status").asText(""),
                status.path("description").textValue(),
                errorCode.canConvertToInt() && errorCode.isIntegralNumber() ? errorCode.intValue() : null);
    }

    boolean isSuccess() {
        return isSuccess(code);
    }

    static boolean isSuccess(int code) {
        return code >= 200 && code < 300;
    }

    /** Whether the token is what the server does not like. */
    boolean refusesToken() {
        return code == UNAUTHORIZED || code == FORBIDDEN;
    }

    /** Whether a {@code close} packet is about the token. */
    boolean endsToken() {
        return code == UNAUTHORIZED || code == GONE;
    }

    boolean saysExpired() {
        return code == GONE || (errorCode != null && (errorCode == EXPIRED || errorCode == EXPIRED_MEANWHILE));
    }

    ApiError asError() {
        String said = description != null ? description : name.isEmpty() ? null : name;
        return new ApiError(code, errorCode, said, null, null);
    }
}
