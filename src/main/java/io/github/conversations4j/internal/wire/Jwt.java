package io.github.conversations4j.internal.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.wire.MalformedJwtException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A JSON web token in compact form, signed with HS256 (RFC 7515, 7519): the little of it that Twilio's access tokens
 * need. Immutable and thread-safe, as long as nobody changes the trees it hands out.
 *
 * <p>Reading and checking the signature are two steps, because a participant reads when its own token expires without
 * having the secret.
 *
 * <p>The SDK brings two libraries that could do this, jjwt and java-jwt. Neither is used, since they come and go with the
 * SDK's versions and clash with those of applications (twilio-java issues 505 and 788 tell of it); jjwt 0.12 takes Twilio's
 * content type as a sign that there are no claims, and reads no signed token without its key; java-jwt reads input of any
 * length by a clock of its own; and both would still leave the layout of Twilio's claims to us. What remains is a keyed
 * hash of the JDK and a JSON parser we have anyway; the tests hold it against both libraries.
 */
public final class Jwt {
    /** The longest text that is read, in characters; Twilio's tokens stay far below 1000. */
    public static final int MAX_LENGTH = 16_384;

    private static final String ALGORITHM = "HS256";
    private static final long END_OF_TIME =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String signed;
    private final byte[] signature;
    private final ObjectNode header;
    private final ObjectNode claims;

    private Jwt(String signed, byte[] signature, ObjectNode header, ObjectNode claims) {
        this.signed = signed;
        this.signature = signature;
        this.header = header;
        this.claims = claims;
    }

    /**
     * Writes and signs a token.
     *
     * @param header the header without {@code alg}
     * @param claims the claims
     * @param key what to sign with
     * @return the token's text
     */
    public static String write(ObjectNode header, ObjectNode claims, JwtKey key) {
        ObjectNode complete = MAPPER.createObjectNode().put("alg", ALGORITHM).setAll(header);
        String signed = encode(complete) + '.' + encode(claims);
        return signed + '.' + ENCODER.encodeToString(key.sign(signed));
    }

    /**
     * Reads a token without judging its signature or its times.
     *
     * @param text what claims to be a token
     * @return the token
     * @throws MalformedJwtException if it is none; nothing else is thrown, whatever the text
     */
    public static Jwt read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedJwtException(Reason.TOO_LONG, "longer than " + MAX_LENGTH + " characters");
        }
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            throw new MalformedJwtException(Reason.NOT_THREE_PARTS, "not three parts");
        }
        ObjectNode header = object(text.substring(0, first), "header");
        ObjectNode claims = object(text.substring(first + 1, second), "claims");
        byte[] signature = decode(text.substring(second + 1), "signature");
        if (header.has("crit")) {
            throw new MalformedJwtException(Reason.UNKNOWN_EXTENSION, "the header demands an extension");
        }
        return new Jwt(text.substring(0, second), signature, header, claims);
    }

    /**
     * Checks the signature, in a time that does not depend on how much of it is right.
     *
     * @param key what it should have been signed with
     * @return whether it was, with HS256; no other algorithm, {@code none} least of all, is ever right
     */
    public boolean isSignedWith(JwtKey key) {
        boolean equal = MessageDigest.isEqual(key.sign(signed), signature);
        return equal && ALGORITHM.equals(header.path("alg").textValue());
    }

    /**
     * Gives the header.
     *
     * @return a tree that must not be changed
     */
    public JsonNode header() {
        return header;
    }

    /**
     * Gives the claims.
     *
     * @return a tree that must not be changed
     */
    public JsonNode claims() {
        return claims;
    }

    /**
     * Reads a claim that is a moment, such as {@code exp}.
     *
     * @param claim its name
     * @return the moment, down to the second; null if the claim is absent
     * @throws MalformedJwtException if it is no number of seconds from the year 1970 to 9999
     */
    public @Nullable Instant time(String claim) {
        JsonNode value = claims.path(claim);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        // A fraction is legal; a double holds every second of those years exactly, and compares huge integers safely.
        double seconds = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(seconds >= 0 && seconds <= END_OF_TIME)) {
            throw new MalformedJwtException(Reason.BAD_CLAIM, claim + " is no moment");
        }
        return Instant.ofEpochSecond((long) seconds);
    }

    /** Shows nothing of the token: its text is as good as a password. */
    @Override
    public String toString() {
        return "Jwt[***]";
    }

    private static String encode(ObjectNode node) {
        try {
            return ENCODER.encodeToString(MAPPER.writeValueAsBytes(node));
        } catch (JsonProcessingException unpaired) {
            throw new IllegalArgumentException("a claim holds text that is not Unicode", unpaired);
        }
    }

    private static ObjectNode object(String part, String name) {
        byte[] bytes = decode(part, name);
        try {
            // From text, not from bytes: given bytes, Jackson would also take UTF-16 and UTF-32.
            String json = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (CharacterCodingException | JsonProcessingException notJson) {
            // Its message would quote the token; the exception below names the part instead.
        }
        throw new MalformedJwtException(Reason.BAD_JSON, "the " + name + " part is no JSON object");
    }

    private static byte[] decode(String part, String name) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (ENCODER.encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // As above: the exception below says all there is to say.
        }
        throw new MalformedJwtException(Reason.BAD_BASE64, "the " + name + " part is not base64url");
    }
}
