package io.github.conversations4j.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.token.AccessToken;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeldTokenTest {
    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private final HeldToken token = new HeldToken(AccessToken.of("opaque"), start, Duration.ofMinutes(3), 0);

    @Test
    void isYoungForAMinute() {
        assertThat(token.isYoung(start)).isTrue();
        assertThat(token.isYoung(start.plusSeconds(59))).isTrue();
        assertThat(token.isYoung(start.plusSeconds(60))).isFalse();
    }

    @Test
    void doesNotStayYoungWhenTheClockIsSetBack() {
        assertThat(token.isYoung(start.minusSeconds(3600))).isFalse();
    }
}
