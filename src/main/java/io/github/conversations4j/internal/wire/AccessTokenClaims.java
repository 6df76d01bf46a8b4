package io.github.conversations4j.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.wire.MalformedJwtException.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio's access tokens with a chat grant say, and where in the token it stands: written by the minter, read by
 * the emulator.
 *
 * <p>The layout is that of <a href="https://www.twilio.com/docs/iam/access-tokens">Twilio's documentation</a> and of what
 * twilio-java 13 was measured to write, except that the latter leaves {@code iat} out. Other grants are not read.
 *
 * @param id {@code jti}, unique among all tokens; null where the writer left it out
 * @param apiKeySid {@code iss}, the key that signs, {@code SK…}
 * @param accountSid {@code sub}, the account, {@code AC…}
 * @param issuedAt {@code iat}; null where the writer left it out
 * @param notBefore {@code nbf}; null means valid at once
 * @param expiresAt {@code exp}
 * @param identity who holds the token
 * @param serviceSid the chat grant's conversation service, {@code IS…}
 * @param pushCredentialSid the chat grant's push credential, {@code CR…}; null means none
 * @param region {@code twr} in the header, such as {@code ie1}; null means the default region
 */
public record AccessTokenClaims(
        @Nullable String id,
        String apiKeySid,
        String accountSid,
        @Nullable Instant issuedAt,
        @Nullable Instant notBefore,
        Instant expiresAt,
        String identity,
        String serviceSid,
        @Nullable String pushCredentialSid,
        @Nullable String region) {
    private static final String CONTENT_TYPE = "twilio-fpa;v=1";

    /**
     * Reads the claims of a token; its signature and times are for the caller to judge.
     *
     * @param jwt the token
     * @return what it says
     * @throws MalformedJwtException if something that Twilio needs is missing or of the wrong kind
     */
    public static AccessTokenClaims of(Jwt jwt) {
        JsonNode claims = jwt.claims();
        JsonNode grants = claims.path("grants");
        JsonNode chat = grants.path("chat");
        if (!CONTENT_TYPE.equals(jwt.header().path("cty").textValue())) {
            throw new MalformedJwtException(Reason.BAD_CLAIM, "cty is not " + CONTENT_TYPE);
        }
        return new AccessTokenClaims(
                text(claims, "jti"),
                required(text(claims, "iss"), "iss"),
                required(text(claims, "sub"), "sub"),
                jwt.time("iat"),
                jwt.time("nbf"),
                required(jwt.time("exp"), "exp"),
                required(text(grants, "identity"), "grants.identity"),
                required(text(chat, "service_sid"), "grants.chat.service_sid"),
                text(chat, "push_credential_sid"),
                text(jwt.header(), "twr"));
    }

    /**
     * Writes and signs a token that says this.
     *
     * @param key the secret of the API key
     * @return the token's text
     */
    public String sign(JwtKey key) {
        ObjectNode header =
                JsonNodeFactory.instance.objectNode().put("typ", "JWT").put("cty", CONTENT_TYPE);
        putIfPresent(header, "twr", region);
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        putIfPresent(claims, "jti", id);
        claims.put("iss", apiKeySid).put("sub", accountSid);
        putIfPresent(claims, "iat", issuedAt);
        putIfPresent(claims, "nbf", notBefore);
        claims.put("exp", expiresAt.getEpochSecond());
        ObjectNode grants = claims.putObject("grants").put("identity", identity);
        putIfPresent(grants.putObject("chat").put("service_sid", serviceSid), "push_credential_sid", pushCredentialSid);
        return Jwt.write(header, claims, key);
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable Instant value) {
        if (value != null) {
            node.put(name, value.getEpochSecond());
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new MalformedJwtException(Reason.BAD_CLAIM, name + " is no text");
        }
        return value.textValue();
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new MalformedJwtException(Reason.BAD_CLAIM, name + " is missing");
        }
        return value;
    }
}
