package io.github.conversations4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.jwt.accesstoken.AccessToken;
import com.twilio.jwt.accesstoken.ChatGrant;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokenClaimsTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final JwtKey KEY = JwtKey.of(SECRET);
    private static final String API_KEY = "SK0123456789abcdef0123456789abcdef";
    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    private static final String SERVICE = "IS0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private static AccessTokenClaims claims() {
        return new AccessTokenClaims(
                API_KEY + "-1", API_KEY, ACCOUNT, NOW, null, NOW.plusSeconds(60), "alice", SERVICE, "CR1", "ie1");
    }

    @Test
    void writesTwiliosLayout() throws Exception {
        Jwt jwt = Jwt.read(claims().sign(KEY));
        assertThat(jwt.isSignedWith(KEY)).isTrue();
        assertThat(jwt.header()).isEqualTo(MAPPER.readTree("""
                        {"alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1","twr":"ie1"}"""));
        assertThat(jwt.claims().toString()).isEqualTo("""
                        {"jti":"SK0123456789abcdef0123456789abcdef-1","iss":"SK0123456789abcdef0123456789abcdef",\
                        "sub":"AC0123456789abcdef0123456789abcdef","iat":1700000000,"exp":1700000060,\
                        "grants":{"identity":"alice","chat":{"service_sid":"IS0123456789abcdef0123456789abcdef",\
                        "push_credential_sid":"CR1"}}}""");
    }

    @Test
    void readsWhatItWrites() {
        assertThat(AccessTokenClaims.of(Jwt.read(claims().sign(KEY)))).isEqualTo(claims());
        AccessTokenClaims least = new AccessTokenClaims(
                null, API_KEY, ACCOUNT, null, NOW.minusSeconds(1), NOW, "bob", SERVICE, null, null);
        assertThat(AccessTokenClaims.of(Jwt.read(least.sign(KEY)))).isEqualTo(least);
    }

    @Test
    void readsWhatTheSdkWrites() {
        ChatGrant grant = new ChatGrant();
        grant.setServiceSid(SERVICE);
        grant.setPushCredentialSid("CR9");
        String text = new AccessToken.Builder(
                        ACCOUNT, API_KEY, SECRET.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .identity("carol")
                .grant(grant)
                .region("ie1")
                .ttl(600)
                .build()
                .toJwt();
        Jwt jwt = Jwt.read(text);
        AccessTokenClaims read = AccessTokenClaims.of(jwt);
        assertThat(jwt.isSignedWith(KEY)).isTrue();
        assertThat(read.id()).startsWith(API_KEY + "-");
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("id", "expiresAt")
                .isEqualTo(
                        new AccessTokenClaims(null, API_KEY, ACCOUNT, null, null, NOW, "carol", SERVICE, "CR9", "ie1"));
    }

    @Test
    void ourOwnLayoutDiffersFromTheSdksOnlyInIdAndIssueTime() throws Exception {
        ChatGrant grant = new ChatGrant();
        grant.setServiceSid(SERVICE);
        String theirs = new AccessToken.Builder(
                        ACCOUNT, API_KEY, SECRET.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .identity("dave")
                .grant(grant)
                .build()
                .toJwt();
        Jwt sdk = Jwt.read(theirs);
        Jwt own = Jwt.read(
                new AccessTokenClaims("x", API_KEY, ACCOUNT, NOW, null, sdk.time("exp"), "dave", SERVICE, null, null)
                        .sign(KEY));
        assertThat(own.header()).isEqualTo(sdk.header());
        assertThat(without(own.claims(), "iat", "jti")).isEqualTo(without(sdk.claims(), "jti"));
    }

    private static JsonNode without(JsonNode node, String... names) {
        ObjectNode copy = node.deepCopy();
        return copy.remove(java.util.List.of(names));
    }

    @ParameterizedTest
    @CsvSource({
        "iss, iss is missing",
        "sub, sub is missing",
        "exp, exp is missing",
        "grants, grants.identity is missing"
    })
    void namesTheClaimThatIsMissing(String claim, String message) throws Exception {
        ObjectNode claims = Jwt.read(claims().sign(KEY)).claims().deepCopy();
        claims.remove(claim);
        Jwt jwt = Jwt.read(Jwt.write((ObjectNode) MAPPER.readTree("{\"cty\":\"twilio-fpa;v=1\"}"), claims, KEY));
        assertThatThrownBy(() -> AccessTokenClaims.of(jwt))
                .isInstanceOf(MalformedJwtException.class)
                .hasMessageEndingWith(message);
    }

    @Test
    void refusesTokensOfOtherKindsAndGrantsOfTheWrongShape() throws Exception {
        Jwt foreign =
                Jwt.read(Jwt.write(MAPPER.createObjectNode(), (ObjectNode) MAPPER.readTree("{\"iss\":\"x\"}"), KEY));
        assertThatThrownBy(() -> AccessTokenClaims.of(foreign)).hasMessageEndingWith("cty is not twilio-fpa;v=1");

        ObjectNode noChat = Jwt.read(claims().sign(KEY)).claims().deepCopy();
        noChat.set("grants", MAPPER.readTree("{\"identity\":\"alice\",\"chat\":[]}"));
        Jwt jwt = Jwt.read(Jwt.write((ObjectNode) MAPPER.readTree("{\"cty\":\"twilio-fpa;v=1\"}"), noChat, KEY));
        assertThatThrownBy(() -> AccessTokenClaims.of(jwt)).hasMessageEndingWith("grants.chat.service_sid is missing");

        noChat.set("grants", MAPPER.readTree("{\"identity\":17}"));
        Jwt numbered = Jwt.read(Jwt.write((ObjectNode) MAPPER.readTree("{\"cty\":\"twilio-fpa;v=1\"}"), noChat, KEY));
        assertThatThrownBy(() -> AccessTokenClaims.of(numbered)).hasMessageEndingWith("identity is no text");
    }
}
