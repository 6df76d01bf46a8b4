package io.github.conversations4j.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.wire.AccessTokenClaims;
import io.github.conversations4j.internal.wire.Jwt;
import io.github.conversations4j.internal.wire.JwtKey;
import io.github.conversations4j.testing.ManualTime;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenMinterTest {
    private static final String SECRET = "s3cret that no message may ever hold";
    private static final String API_KEY = "SK0123456789abcdef0123456789abcdef";
    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    private static final String SERVICE = "IS0123456789abcdef0123456789abcdef";

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-06T07:08:09.987Z"));
    private final Instant now = Instant.parse("2026-05-06T07:08:09Z");
    private final TokenMinter minter = builder().build();

    private TokenMinter.Builder builder() {
        return TokenMinter.builder(ACCOUNT)
                .apiKey(API_KEY, SECRET)
                .serviceSid(SERVICE)
                .clock(time)
                .random(new Random(1));
    }

    private static AccessTokenClaims claims(String token) {
        Jwt jwt = Jwt.read(token);
        assertThat(jwt.isSignedWith(JwtKey.of(SECRET))).isTrue();
        return AccessTokenClaims.of(jwt);
    }

    @Test
    void mintsForOneHourWithAChatGrant() {
        AccessTokenClaims claims = claims(minter.mint("alice"));
        assertThat(claims)
                .isEqualTo(new AccessTokenClaims(
                        claims.id(), API_KEY, ACCOUNT, now, null, now.plusSeconds(3600), "alice", SERVICE, null, null));
        assertThat(claims.id()).matches(API_KEY + "-[0-9a-f]{32}");
    }

    @Test
    void putsRegionAndPushCredentialWhereTwilioLooksForThem() {
        AccessTokenClaims claims = claims(
                builder().region("ie1").build().withPushCredential("CR77").mint("alice"));
        assertThat(claims.region()).isEqualTo("ie1");
        assertThat(claims.pushCredentialSid()).isEqualTo("CR77");
    }

    @Test
    void aTokenPassesBothParsersThatTheSdkBrings() {
        String token = minter.mint("jürgen");
        // With a content type in the header, as Twilio wants it, jjwt gives content and no claims, and completes the
        // type.
        Jws<byte[]> jjwt = Jwts.parser()
                .verifyWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"))
                .build()
                .parseSignedContent(token);
        assertThat(jjwt.getHeader().getContentType()).isEqualTo("application/twilio-fpa;v=1");
        assertThat(new String(jjwt.getPayload(), StandardCharsets.UTF_8))
                .contains("\"exp\":" + now.plusSeconds(3600).getEpochSecond() + ",")
                .contains("\"identity\":\"jürgen\"");

        Algorithm hs256 = Algorithm.HMAC256(SECRET);
        Clock clock = time.withZone(ZoneOffset.UTC);
        DecodedJWT javaJwt =
                ((JWTVerifier.BaseVerification) JWT.require(hs256)).build(clock).verify(token);
        assertThat(javaJwt.getIssuer()).isEqualTo(API_KEY);
        assertThat(javaJwt.getSubject()).isEqualTo(ACCOUNT);
        assertThat(javaJwt.getExpiresAtAsInstant()).isEqualTo(now.plusSeconds(3600));
        assertThat(javaJwt.getClaim("grants").asMap())
                .isEqualTo(Map.of("identity", "jürgen", "chat", Map.of("service_sid", SERVICE)));
    }

    @Test
    void everyTokenHasAnIdOfItsOwnAlsoWithinOneSecond() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(claims(minter.mint("alice")).id());
        }
        assertThat(ids).hasSize(1_000);
        TokenMinter byDefault = TokenMinter.builder(ACCOUNT)
                .apiKey(API_KEY, SECRET)
                .serviceSid(SERVICE)
                .build();
        assertThat(claims(byDefault.mint("alice")).id())
                .isNotEqualTo(claims(byDefault.mint("alice")).id());
    }

    @Test
    void countsTheLifetimeFromTheMomentOfMinting() {
        TokenMinter brief = minter.withTtl(Duration.ofSeconds(90));
        time.advance(Duration.ofDays(400));
        AccessToken token = brief.accessToken("alice");
        assertThat(token.identity()).isEqualTo("alice");
        assertThat(token.expiresAt()).isEqualTo(now.plus(Duration.ofDays(400)).plusSeconds(90));
        assertThat(claims(token.text()).issuedAt()).isEqualTo(now.plus(Duration.ofDays(400)));
    }

    @Test
    void letsNoTokenLiveLongerThanTwilioDoes() {
        assertThat(claims(minter.withTtl(TokenMinter.MAX_TTL).mint("a")).expiresAt())
                .isEqualTo(now.plus(Duration.ofHours(24)));
        assertThat(claims(minter.withTtl(Duration.ofMillis(1_999)).mint("a")).expiresAt())
                .isEqualTo(now.plusSeconds(1));
        for (Duration wrong : Set.of(
                Duration.ZERO,
                Duration.ofSeconds(-1),
                Duration.ofMillis(999),
                Duration.ofHours(24).plusNanos(1))) {
            assertThatThrownBy(() -> minter.withTtl(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("24 hours")
                    .hasMessageEndingWith(wrong.toString());
        }
    }

    @Test
    void derivingLeavesTheFirstMinterAsItWas() {
        minter.withTtl(Duration.ofSeconds(5)).withPushCredential("CR1");
        AccessTokenClaims claims = claims(minter.mint("alice"));
        assertThat(claims.expiresAt()).isEqualTo(now.plusSeconds(3600));
        assertThat(claims.pushCredentialSid()).isNull();
        assertThat(claims(minter.withPushCredential("CR1")
                                .withTtl(Duration.ofSeconds(5))
                                .mint("a"))
                        .pushCredentialSid())
                .isEqualTo("CR1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "US0123456789abcdef0123456789abcdef"})
    void mintsForNobodyWhomTwilioWouldNotTake(String identity) {
        assertThatThrownBy(() -> minter.mint(identity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("identity: must not");
    }

    @Test
    void namesEverythingThatIsMissingAndTheVariablesToSet() {
        assertThatThrownBy(() -> TokenMinter.builder(ACCOUNT).build())
                .isInstanceOf(ConversationsException.class)
                .hasMessageContaining(ACCOUNT)
                .hasMessageContaining("TWILIO_API_KEY_SID and TWILIO_API_SECRET")
                .hasMessageContaining("TWILIO_CONVERSATIONS_SERVICE_SID");
        assertThatThrownBy(
                        () -> TokenMinter.builder(ACCOUNT).serviceSid(SERVICE).build())
                .hasMessageContaining("apiKey(…)")
                .hasMessageNotContaining("SERVICE_SID");
    }

    @Test
    void refusesMixedUpValuesWithoutShowingThem() {
        assertThatThrownBy(() -> TokenMinter.builder(API_KEY))
                .hasMessageStartingWith("account SID: must begin with AC");
        assertThatThrownBy(() -> builder().apiKey(SECRET, API_KEY))
                .hasMessageStartingWith("API key SID: must begin with SK")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> builder().apiKey(API_KEY, "short")).hasMessageContaining("at least 32 bytes");
        assertThatThrownBy(() -> builder().serviceSid("")).hasMessageStartingWith("service SID: must begin with IS");
        assertThatThrownBy(() -> minter.withPushCredential("IS1"))
                .hasMessageStartingWith("push credential SID: must begin with CR");
    }

    @Test
    void showsNoSecret() {
        assertThat(minter.toString()).contains(API_KEY, SERVICE, "PT1H").doesNotContain(SECRET);
    }
}
