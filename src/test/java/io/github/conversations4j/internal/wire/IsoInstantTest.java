package io.github.conversations4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantTest {
    @Test
    void writesWhatTheJdkWrites() {
        long seed = 12;
        SplittableRandom random = new SplittableRandom(seed);
        int[] roundings = {1_000_000_000, 1_000_000, 1_000, 1};
        for (int i = 0; i < 20_000; i++) {
            long second = random.nextLong(-80_000_000_000L, 300_000_000_000L);
            int rounding = roundings[i % roundings.length];
            Instant moment = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000) / rounding * rounding);
            assertThat(IsoInstant.text(moment)).as("seed %d", seed).isEqualTo(moment.toString());
        }
        for (String edge : List.of(
                "0000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59.999999999Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "1970-01-01T00:00:00Z",
                "2024-02-29T00:00:00.000001Z")) {
            assertThat(IsoInstant.text(Instant.parse(edge))).isEqualTo(edge);
        }
    }

    @Test
    void readsWhatTheJdkReads() {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        String[] forms = {
            "%04d-%02d-%02dT%02d:%02d:%02dZ",
            "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
            "%04d-%02d-%02dT%02d:%02d:%02d.%dZ",
            "%04d-%02d-%02dT%02d:%02d:%02d+02:00"
        };
        for (int round = 0; round < 20_000; round++) {
            String text = forms[random.nextInt(forms.length)].formatted(
                    random.nextInt(10_000),
                    random.nextInt(14),
                    random.nextInt(33),
                    random.nextInt(25),
                    random.nextInt(61),
                    random.nextInt(61),
                    random.nextInt(1000));
            assertThat(IsoInstant.parse(text)).as("seed %d: %s", seed, text).isEqualTo(byTheJdk(text));
        }
    }

    private static Instant byTheJdk(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T10:20:30.123456789Z",
                "2026-03-01T10:20:30.1Z",
                "2026-03-01T10:20Z",
                "2024-02-29T23:59:59.999Z",
                "+12026-03-01T10:20:30Z"
            })
    void readsEveryPrecision(String text) {
        assertThat(IsoInstant.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "yesterday",
                "2026-03-01",
                "2026-03-01T10:20:30",
                "2026-03-01T10:20:30.1234567890Z",
                "2026-03-01T10:20:3\u0660Z",
                "2026-03-01 10:20:30Z",
                "2026-03-01T24:00:01Z",
                "2026-02-29T10:20:30Z",
                "-026-03-01T10:20:30Z"
            })
    void isNullForWhatIsNoDate(String text) {
        assertThat(IsoInstant.parse(text)).isNull();
    }
}
