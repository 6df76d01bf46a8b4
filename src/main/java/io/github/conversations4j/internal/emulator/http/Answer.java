package io.github.conversations4j.internal.emulator.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.Headers;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with. Immutable by agreement: nobody writes to the body.
 *
 * @param status the HTTP status
 * @param headers the headers, without length and date
 * @param body the body, empty for none
 * @param socket takes over the connection as a websocket; null for an ordinary answer
 * @param delay how long the answer is held back
 * @param fate what becomes of the connection
 */
public record Answer(
        int status, Headers headers, byte[] body, @Nullable WebSocketListener socket, Duration delay, Fate fate) {

    /** What becomes of a connection. */
    public enum Fate {
        /** It is answered and kept. */
        KEPT,
        /** It is cut instead of an answer. */
        CUT,
        /** It is cut in the middle of the answer. */
        TORN
    }

    private static final byte[] NOTHING = {};

    /**
     * An answer without a body.
     *
     * @param status the HTTP status
     * @return the answer
     */
    public static Answer of(int status) {
        return new Answer(status, Headers.of(), NOTHING, null, Duration.ZERO, Fate.KEPT);
    }

    /**
     * An answer with a body.
     *
     * @param status the HTTP status
     * @param contentType the type of the body
     * @param body the body
     * @return the answer
     */
    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Headers.of("Content-Type", contentType), body, null, Duration.ZERO, Fate.KEPT);
    }

    /**
     * An answer with a text.
     *
     * @param status the HTTP status
     * @param text the text
     * @return the answer
     */
    public static Answer text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes a websocket of the connection.
     *
     * @param listener takes it over
     * @return the answer
     */
    public static Answer upgrade(WebSocketListener listener) {
        return new Answer(101, Headers.of(), NOTHING, listener, Duration.ZERO, Fate.KEPT);
    }

    /**
     * The same answer with one more header.
     *
     * @param name its name
     * @param value its value
     * @return a new answer
     */
    public Answer with(String name, String value) {
        Headers more = headers.newBuilder().add(name, value).build();
        return new Answer(status, more, body, socket, delay, fate);
    }

    /**
     * The same answer, later.
     *
     * @param by how much
     * @return a new answer
     */
    public Answer delayed(Duration by) {
        return new Answer(status, headers, body, socket, by, fate);
    }

    /**
     * The same answer with another fate of its connection.
     *
     * @param other the fate
     * @return a new answer
     */
    public Answer meeting(Fate other) {
        return new Answer(status, headers, body, socket, delay, other);
    }
}
