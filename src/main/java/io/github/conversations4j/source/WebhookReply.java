package io.github.conversations4j.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server is to answer. Immutable and thread-safe as long as nobody changes the body's array, which is not copied.
 *
 * @param status the HTTP status
 * @param headers what to send besides length and date, {@code Content-Type} included if there is a body
 * @param body the bytes to send; may be empty
 */
public record WebhookReply(int status, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = new byte[0];

    /** Checks and copies what was given. */
    public WebhookReply {
        headers = Map.copyOf(headers);
    }

    /**
     * A reply without body.
     *
     * @param status the HTTP status
     * @return the reply
     */
    public static WebhookReply empty(int status) {
        return new WebhookReply(status, Map.of(), NOTHING);
    }

    /**
     * A reply in JSON.
     *
     * @param status the HTTP status
     * @param json the text of the body
     * @return the reply
     */
    public static WebhookReply json(int status, String json) {
        return new WebhookReply(
                status, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebhookReply that
                && status == that.status
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * status + headers.hashCode()) + Arrays.hashCode(body);
    }

    /** Status and size; the body may be a secret, such as a token. */
    @Override
    public String toString() {
        return status + " (" + body.length + " bytes)";
    }
}
