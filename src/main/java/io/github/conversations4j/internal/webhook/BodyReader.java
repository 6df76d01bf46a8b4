package io.github.conversations4j.internal.webhook;

import com.sun.net.httpserver.Headers;
import io.github.conversations4j.source.WebhookRefusal;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the body of a request that anybody may have sent: takes memory for what has arrived and not for what is said to
 * come, and reads no more than is allowed. Immutable and thread-safe.
 *
 * @param maxBytes the longest body
 */
record BodyReader(int maxBytes) {
    private static final byte[] NOTHING = new byte[0];

    /**
     * Reads a whole body.
     *
     * @throws Refused if it is too long, which is seen without reading it where its length is given, or ends too early
     */
    byte[] read(Headers headers, InputStream body) {
        String length = headers.getFirst("Content-Length");
        try {
            if (length != null) {
                // The server has checked that it is a number.
                return ofLength(Long.parseLong(length), body);
            }
            return headers.containsKey("Transfer-Encoding") ? ofAnyLength(body) : NOTHING;
        } catch (IOException e) {
            throw tooEarly();
        }
    }

    private byte[] ofLength(long declared, InputStream body) throws IOException {
        if (declared > maxBytes) {
            throw tooLong();
        }
        byte[] read = body.readNBytes((int) declared);
        if (read.length < declared) {
            throw tooEarly();
        }
        return read;
    }

    private byte[] ofAnyLength(InputStream body) throws IOException {
        byte[] read = body.readNBytes(maxBytes);
        if (read.length == maxBytes && body.read() >= 0) {
            throw tooLong();
        }
        return read;
    }

    private Refused tooLong() {
        return new Refused(WebhookRefusal.TOO_LARGE, () -> "the body is longer than " + maxBytes + " bytes");
    }

    private static Refused tooEarly() {
        return new Refused(WebhookRefusal.MALFORMED, () -> "it ended too early");
    }
}
