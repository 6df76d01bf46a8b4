package io.github.conversations4j.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.Headers;
import io.github.conversations4j.source.WebhookRefusal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
    private static final int MAX = 100_000;

    private final BodyReader reader = new BodyReader(MAX);

    private static Headers head(String name, Object value) {
        Headers headers = new Headers();
        headers.set(name, String.valueOf(value));
        return headers;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private static InputStream streamOf(int length) {
        return new ByteArrayInputStream(bytes(length));
    }

    private void assertRefused(WebhookRefusal reason, Headers headers, InputStream body) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> reader.read(headers, body))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 65_536, MAX})
    void readsWhatIsAllowed(int length) {
        assertThat(reader.read(head("Content-Length", length), streamOf(length)))
                .isEqualTo(bytes(length));
        assertThat(reader.read(head("Transfer-Encoding", "chunked"), streamOf(length)))
                .isEqualTo(bytes(length));
    }

    @Test
    void refusesWhatIsTooLongOrTooShort() {
        assertRefused(WebhookRefusal.TOO_LARGE, head("Content-Length", MAX + 1), streamOf(0));
        assertRefused(WebhookRefusal.TOO_LARGE, head("Content-Length", Long.MAX_VALUE), streamOf(0));
        assertRefused(WebhookRefusal.TOO_LARGE, head("Transfer-Encoding", "chunked"), streamOf(MAX + 1));
        assertRefused(WebhookRefusal.MALFORMED, head("Content-Length", MAX), streamOf(MAX - 1));
        assertThat(reader.read(new Headers(), streamOf(10))).isEmpty();
    }

    /** Whoever sends only a head must not cost us a whole body. */
    @Test
    void takesNoMemoryForWhatHasNotArrived() {
        int[] asked = {0};
        InputStream nothing = new InputStream() {
            @Override
            public int read() {
                return -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                asked[0] = Math.max(asked[0], into.length);
                return -1;
            }
        };

        assertRefused(WebhookRefusal.MALFORMED, head("Content-Length", MAX), nothing);

        assertThat(asked[0]).isBetween(1, 16_384);
    }
}
