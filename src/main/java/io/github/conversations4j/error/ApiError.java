package io.github.conversations4j.error;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio said about a request that it did not carry out. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions">Twilio's responses</a>.
 *
 * @param status the HTTP status
 * @param code the Twilio error code, for example 20404; null if the answer named none (a proxy's error page, an empty
 *     body)
 * @param message Twilio's own words; null if the answer held none that could be read
 * @param moreInfo the page that explains the code; null if the answer named none
 * @param requestId what Twilio's support asks for, {@code RQ…}; null if the answer named none
 */
public record ApiError(
        int status,
        @Nullable Integer code,
        @Nullable String message,
        @Nullable String moreInfo,
        @Nullable String requestId)
        implements Serializable {
    private static final int MAX_TEXT = 1000;

    /** Shortens what is too long for a log line, and takes control characters out: these texts come from the network. */
    public ApiError {
        message = printable(message);
        moreInfo = printable(moreInfo);
        requestId = printable(requestId);
    }

    private static @Nullable String printable(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String shortened = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
        return shortened.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** The error as one phrase, for messages. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("HTTP ").append(status);
        if (code != null) {
            text.append(", error ").append(code);
        }
        if (message != null) {
            text.append(": ").append(message);
        }
        if (requestId != null) {
            text.append(" [request ").append(requestId).append(']');
        }
        if (moreInfo != null) {
            text.append(" (").append(moreInfo).append(')');
        }
        return text.toString();
    }
}
