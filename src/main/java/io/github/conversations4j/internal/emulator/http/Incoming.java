package io.github.conversations4j.internal.emulator.http;

import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in. Immutable by agreement: nobody writes to the body.
 *
 * @param method {@code GET}, {@code POST} …
 * @param path the path as it was sent, with its escapes
 * @param query what stands after the question mark, with its escapes; empty if there is none
 * @param headers the headers
 * @param body the body, empty if there is none
 * @param cut whether the body was longer than the server reads, and is not whole
 * @param connection what it came on
 */
public record Incoming(
        String method, String path, String query, Headers headers, byte[] body, boolean cut, Connection connection) {

    /**
     * Gives a header.
     *
     * @param name its name, in any case
     * @return its last value, or null
     */
    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
