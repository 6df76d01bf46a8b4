package io.github.conversations4j.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.ApiError;
import org.jspecify.annotations.Nullable;

/** Reads the body that Twilio refuses requests with. Stateless. */
public final class ErrorBody {
    private ErrorBody() {}

    /**
     * Reads it.
     *
     * @param status the HTTP status
     * @param body the JSON, which may lack anything
     * @param requestId what the answer's head names; null if nothing
     * @return what it says
     */
    public static ApiError read(int status, JsonNode body, @Nullable String requestId) {
        JsonNode code = body.path("code");
        return new ApiError(
                status,
                code.isIntegralNumber() && code.canConvertToInt() ? code.intValue() : null,
                body.path("message").textValue(),
                body.path("more_info").textValue(),
                requestId);
    }
}
