package io.github.conversations4j.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conversations4j.internal.wire.AccessTokenClaims;
import io.github.conversations4j.internal.wire.Jwt;
import io.github.conversations4j.internal.wire.JwtKey;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.token.TokenEndpoint.Authenticator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> JSON_NOT_TO_BE_CACHED =
            Map.of("Content-Type", "application/json", "Cache-Control", "no-store");

    private final ManualTime time = new ManualTime();
    private final TokenMinter minter = TokenMinter.builder("AC1")
            .apiKey("SK1", SECRET)
            .serviceSid("IS1")
            .clock(time)
            .build();

    /** Knows alice by a cookie. */
    private final Authenticator byCookie = request -> Optional.ofNullable(request.header("Cookie"))
            .filter("session=a1"::equals)
            .map(cookie -> "alice");

    private static WebhookRequest.Builder get(String target) {
        return WebhookRequest.builder("GET", target);
    }

    private static String text(WebhookReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Test
    void givesATokenToThePersonWhomTheAuthenticatorNames() throws Exception {
        TokenEndpoint endpoint = new TokenEndpoint(minter.withTtl(Duration.ofHours(2)), byCookie);
        WebhookReply reply =
                endpoint.handle(get("/token").header("cookie", "session=a1").build());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).isEqualTo(JSON_NOT_TO_BE_CACHED);
        JsonNode body = JsonMapper.builder().build().readTree(reply.body());
        assertThat(body.fieldNames()).toIterable().containsExactly("token", "identity", "expiresAt");
        assertThat(body.path("identity").textValue()).isEqualTo("alice");
        assertThat(body.path("expiresAt").textValue()).isEqualTo("2026-01-01T02:00:00Z");
        Jwt jwt = Jwt.read(body.path("token").textValue());
        assertThat(jwt.isSignedWith(JwtKey.of(SECRET))).isTrue();
        AccessTokenClaims claims = AccessTokenClaims.of(jwt);
        assertThat(claims.identity()).isEqualTo("alice");
        assertThat(claims.serviceSid()).isEqualTo("IS1");
        assertThat(claims.expiresAt()).isEqualTo(time.instant().plus(Duration.ofHours(2)));
    }

    /** What a web application has of its own. */
    private static final Map<String, String> SESSIONS = Map.of("session=a1", "alice");

    @Test
    void isMountedInAnyServer() {
        WebhookRequest request = get("/token").header("Cookie", "session=a1").build();
        // @start region="mount"
        TokenEndpoint endpoint = new TokenEndpoint(
                minter, // on a backend's client: client.tokens()
                incoming -> Optional.ofNullable(SESSIONS.get(incoming.header("Cookie"))));
        WebhookReply reply = endpoint.handle(request);
        // @end
        assertThat(text(reply)).contains("\"identity\":\"alice\"");
    }

    @Test
    void givesNoneToAnybodyElseWhateverTheyClaim() {
        TokenEndpoint endpoint = new TokenEndpoint(minter, byCookie);
        WebhookReply reply = endpoint.handle(WebhookRequest.builder("POST", "/token?identity=alice&ttl=1")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Identity", "alice")
                .body("identity=alice&Identity=alice")
                .build());
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers()).isEqualTo(JSON_NOT_TO_BE_CACHED);
        assertThat(text(reply)).isEqualTo("{\"error\":\"not signed in\"}");
    }

    @Test
    void readsNoIdentityFromParametersOfSomebodyWhoIsSignedIn() {
        TokenEndpoint endpoint = new TokenEndpoint(minter, byCookie);
        WebhookReply reply = endpoint.handle(
                get("/token?identity=bob").header("Cookie", "session=a1").build());
        assertThat(text(reply)).contains("\"identity\":\"alice\"").doesNotContain("bob");
    }

    @Test
    void everyRequestGetsATokenOfItsOwn() {
        TokenEndpoint endpoint = new TokenEndpoint(minter, request -> Optional.of("alice"));
        WebhookReply first = endpoint.handle(get("/").build());
        WebhookReply second = endpoint.handle(get("/").build());
        assertThat(first.status()).isEqualTo(200);
        assertThat(text(first)).isNotEqualTo(text(second));
    }

    /** Fails in the way that its name says. */
    private static Optional<String> fail(String how) throws Exception {
        return switch (how) {
            case "exception" -> throw new IOException("password of the user table is hunter2");
            case "error" -> throw new NoClassDefFoundError("hunter2");
            case "blank identity" -> Optional.of(" ");
            case "long identity" -> Optional.of("hunter2".repeat(100));
            default -> throw new IllegalArgumentException(how);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error", "blank identity", "long identity", "anything else"})
    void anAuthenticatorThatFailsGivesNoTokenAndNoDetails(String how) {
        WebhookReply reply = new TokenEndpoint(minter, request -> fail(how)).handle(get("/").build());
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.headers()).isEqualTo(JSON_NOT_TO_BE_CACHED);
        assertThat(text(reply)).isEqualTo("{\"error\":\"no token\"}");
    }

    @Test
    void anAuthenticatorThatReturnsNullGivesNoToken() {
        @SuppressWarnings("NullAway") // what an application without nullness checks may do
        Authenticator broken = request -> null;
        assertThat(new TokenEndpoint(minter, broken).handle(get("/").build()).status())
                .isEqualTo(500);
    }

    @Test
    void anInterruptedAuthenticatorGivesNoTokenAndLeavesTheFlagSet() {
        TokenEndpoint endpoint = new TokenEndpoint(minter, request -> {
            throw new InterruptedException();
        });
        assertThat(endpoint.handle(get("/").build()).status()).isEqualTo(500);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "HEAD", "OPTIONS", "gEt/1"})
    void refusesOtherMethodsBeforeAskingWhoItIs(String method) {
        TokenEndpoint endpoint = new TokenEndpoint(minter, request -> {
            throw new AssertionError("must not be asked");
        });
        WebhookReply reply = endpoint.handle(WebhookRequest.builder(method, "/").build());
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers()).containsEntry("Allow", "GET, POST").containsEntry("Cache-Control", "no-store");
    }
}
