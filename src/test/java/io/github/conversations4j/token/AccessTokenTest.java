package io.github.conversations4j.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {
    private static final Instant EXPIRY = Instant.ofEpochSecond(1_800_000_000);

    private static String signed(Map<String, Object> claims) {
        return JWT.create().withPayload(claims).sign(Algorithm.HMAC256("whatever"));
    }

    @Test
    void readsIdentityAndExpiry() {
        String text = signed(Map.of("exp", EXPIRY, "grants", Map.of("identity", "alice")));
        assertThat(AccessToken.of("\n " + text + "\r\n")).isEqualTo(new AccessToken(text, "alice", EXPIRY));
    }

    @Test
    void readsWhatThereIs() {
        String noExpiry = signed(Map.of("grants", Map.of("identity", "alice")));
        assertThat(AccessToken.of(noExpiry)).isEqualTo(new AccessToken(noExpiry, "alice", null));
        String noIdentity = signed(Map.of("exp", EXPIRY, "grants", Map.of("identity", 7)));
        assertThat(AccessToken.of(noIdentity)).isEqualTo(new AccessToken(noIdentity, null, EXPIRY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "a.b.c", "e30.e30.AAAA.x", "~!@#$%^&*()"})
    void takesWhatItCannotReadAsItIs(String text) {
        assertThat(AccessToken.of(text)).isEqualTo(new AccessToken(text, null, null));
    }

    @Test
    void takesATokenWithAnUnreadableExpiryAsOpaque() {
        String text = signed(Map.of("exp", "soon", "grants", Map.of("identity", "alice")));
        assertThat(AccessToken.of(text)).isEqualTo(new AccessToken(text, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"x\"}",
                "\"eyJ\"",
                "<html>",
                "[1]",
                "two words",
                "line\nbreak",
                "umläut",
                "nul\u0000"
            })
    void refusesWhatIsNoTokenAndShowsNothingOfIt(String text) {
        assertThatThrownBy(() -> AccessToken.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole answer of a token server")
                .hasMessageNotContaining(text);
    }

    @Test
    void refusesEmptyAndEndlessTexts() {
        assertThatThrownBy(() -> AccessToken.of("  \n")).hasMessage("there is no token, only an empty text");
        assertThat(AccessToken.of("x".repeat(16_384)).text()).hasSize(16_384);
        assertThatThrownBy(() -> AccessToken.of("x".repeat(16_385))).hasMessageContaining("has 16385 characters");
    }

    @Test
    void doesNotShowItsText() {
        assertThat(new AccessToken("secret", "alice", EXPIRY))
                .hasToString("AccessToken[***, identity=alice, expiresAt=2027-01-15T08:00:00Z]");
    }
}
