package io.github.conversations4j.internal.rest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.json.ErrorBody;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import okhttp3.Headers;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** An answer that was read to its end. Immutable, as long as nobody writes into the body. */
final class Answer {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MAX_DIGITS = 9;

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final @Nullable String retryAfter;

    Answer(int status, Headers headers, byte[] body, @Nullable String retryAfter) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    /**
     * Reads an answer and closes it.
     *
     * @throws TooLargeException if there is more than allowed
     * @throws IOException if the connection breaks
     */
    static Answer read(Response response, Attempt attempt, int maxBytes) throws IOException {
        try (response) {
            BufferedSource source = response.body().source();
            Buffer read = new Buffer();
            while (source.read(read, 8192) != -1) {
                if (read.size() > maxBytes) {
                    throw new TooLargeException(maxBytes);
                }
            }
            return new Answer(response.code(), response.headers(), read.readByteArray(), attempt.retryAfter());
        }
    }

    /** An answer larger than the limit. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(int maxBytes) {
            super("the answer is longer than the limit of " + maxBytes
                    + " bytes; ask for smaller pages or raise the limit");
        }
    }

    int status() {
        return status;
    }

    Headers headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The text of the Retry-After header, which {@link #headers} lacks. */
    @Nullable
    String retryAfterText() {
        return retryAfter;
    }

    /** How long the server wants to be left alone; null if it did not say, or said it in a way that is no wait. */
    @Nullable
    Duration retryAfter(Instant now) {
        String text = retryAfter == null ? "" : retryAfter.strip();
        if (text.isEmpty()) {
            return null;
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(text.length() > MAX_DIGITS ? Integer.MAX_VALUE : Long.parseLong(text));
        }
        try {
            Duration wait = Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException notADate) {
            return null;
        }
    }

    /**
     * The body as JSON.
     *
     * @throws TwilioApiException if it is none
     */
    JsonNode json(String action) {
        JsonNode tree = tree();
        if (tree == null) {
            throw new TwilioApiException(action, error());
        }
        return tree;
    }

    /** What the answer says went wrong, be it Twilio's JSON, a proxy's page or nothing at all. */
    ApiError error() {
        String requestId = headers.get("Twilio-Request-Id");
        JsonNode tree = tree();
        if (tree == null || !tree.isObject()) {
            return new ApiError(status, null, whatElse(), null, requestId);
        }
        return ErrorBody.read(status, tree, requestId);
    }

    private @Nullable JsonNode tree() {
        try {
            JsonNode tree = MAPPER.readTree(body);
            return tree.isMissingNode() ? null : tree;
        } catch (IOException notJson) {
            return null;
        }
    }

    private String whatElse() {
        if (status >= 300 && status < 400) {
            return "a redirect, which is not followed; is the base URL right?";
        }
        if (body.length == 0) {
            return "an empty answer";
        }
        String type = headers.get("Content-Type");
        return body.length + " bytes of " + (type == null ? "unknown type" : type)
                + " that are no JSON of Twilio's; a proxy may have answered";
    }
}
