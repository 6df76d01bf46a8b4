package io.github.conversations4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.wire.MalformedJwtException.Reason;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final JwtKey KEY = JwtKey.of(SECRET);

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unsigned(String header, String claims) {
        return part(header) + "." + part(claims) + ".AAAA";
    }

    private static Reason reasonOf(String text) {
        return catchThrowableOfType(MalformedJwtException.class, () -> Jwt.read(text))
                .reason();
    }

    @Test
    void readsTheExampleOfRfc7515() {
        // Appendix A.1; the line breaks inside its JSON are part of the example.
        String text = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        Jwt jwt = Jwt.read(text);
        assertThat(jwt.claims().path("iss").textValue()).isEqualTo("joe");
        assertThat(jwt.time("exp")).isEqualTo(Instant.ofEpochSecond(1300819380));
        assertThat(jwt.isSignedWith(KEY)).isFalse();
    }

    @Test
    void whatItWritesJjwtAndJavaJwtAccept() {
        String text = Jwt.write(
                json().put("typ", "JWT"), json().put("iss", "jürgen 🙂").put("exp", 4102444800L), KEY);

        Jws<Claims> jjwt = Jwts.parser()
                .verifyWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"))
                .build()
                .parseSignedClaims(text);
        assertThat(jjwt.getHeader().getAlgorithm()).isEqualTo("HS256");
        assertThat(jjwt.getPayload().getIssuer()).isEqualTo("jürgen 🙂");
        assertThat(jjwt.getPayload().getExpiration()).isEqualTo(Date.from(Instant.ofEpochSecond(4102444800L)));

        DecodedJWT javaJwt = JWT.require(Algorithm.HMAC256(SECRET)).build().verify(text);
        assertThat(javaJwt.getIssuer()).isEqualTo("jürgen 🙂");
    }

    @Test
    void whatJavaJwtWritesItReads() {
        String text = JWT.create()
                .withIssuer("them")
                .withExpiresAt(Instant.ofEpochSecond(42))
                .sign(Algorithm.HMAC256(SECRET));
        Jwt jwt = Jwt.read(text);
        assertThat(jwt.isSignedWith(KEY)).isTrue();
        assertThat(jwt.claims().path("iss").textValue()).isEqualTo("them");
        assertThat(jwt.time("exp")).isEqualTo(Instant.ofEpochSecond(42));
        assertThat(jwt.time("nbf")).isNull();
    }

    @Test
    void refusesOtherKeysChangedClaimsAndOtherAlgorithms() {
        String text = Jwt.write(json(), json().put("sub", "alice"), KEY);
        assertThat(Jwt.read(text).isSignedWith(KEY)).isTrue();
        assertThat(Jwt.read(text).isSignedWith(JwtKey.of("another secret, that is as long as the first")))
                .isFalse();
        String signature = text.substring(text.lastIndexOf('.'));
        String changed = text.substring(0, text.indexOf('.')) + "." + part("{\"sub\":\"mallory\"}") + signature;
        assertThat(Jwt.read(changed).isSignedWith(KEY)).isFalse();
        assertThat(Jwt.read(part("{\"alg\":\"none\"}") + "." + part("{}") + ".").isSignedWith(KEY))
                .isFalse();
        String hs512 = JWT.create().withIssuer("x").sign(Algorithm.HMAC512(SECRET));
        assertThat(Jwt.read(hs512).isSignedWith(KEY)).isFalse();
    }

    @Test
    void refusesAnHs256SignatureUnderTheNameOfAnotherAlgorithm() {
        String signed = part("{\"alg\":\"none\"}") + "." + part("{}");
        String text = signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(KEY.sign(signed));
        assertThat(Jwt.read(text).isSignedWith(KEY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "opaque", "a.b", "a.b.c.d", "eyJhbGciOiJIUzI1NiJ9"})
    void refusesWhatHasNotThreeParts(String text) {
        assertThat(reasonOf(text)).isEqualTo(Reason.NOT_THREE_PARTS);
    }

    @Test
    void refusesLongTextsBeforeLookingAtThem() {
        String dots = ".".repeat(Jwt.MAX_LENGTH);
        assertThat(reasonOf(dots)).isEqualTo(Reason.NOT_THREE_PARTS);
        assertThat(reasonOf(dots + ".")).isEqualTo(Reason.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"e30=.e30.AAAA", "e30.e3 0.AAAA", "e30.e30.A", "e31.e30.AAAA", "e30.e30.+/+/", "é30.e30.AAAA"})
    void refusesBase64ThatIsNotUrlSafeUnpaddedAndCanonical(String text) {
        assertThat(reasonOf(text)).isEqualTo(Reason.BAD_BASE64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "null", "\"text\"", "{", "{}{}", "{\"a\":1,\"a\":2}", "{a:1}", "\u0000", "{\"a\":1}x"})
    void refusesClaimsThatAreNotOneObject(String claims) {
        assertThat(reasonOf(unsigned("{}", claims))).isEqualTo(Reason.BAD_JSON);
        assertThat(reasonOf(unsigned(claims, "{}"))).isEqualTo(Reason.BAD_JSON);
    }

    @Test
    void refusesJsonThatIsNotUtf8OrNestedWithoutEnd() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String utf16 = encoder.encodeToString("{}".getBytes(StandardCharsets.UTF_16BE));
        String latin1 = encoder.encodeToString("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(reasonOf(utf16 + ".e30.AAAA")).isEqualTo(Reason.BAD_JSON);
        assertThat(reasonOf("e30." + latin1 + ".AAAA")).isEqualTo(Reason.BAD_JSON);
        assertThat(reasonOf(unsigned("{}", "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}")))
                .isEqualTo(Reason.BAD_JSON);
    }

    @Test
    void refusesExtensionsThatItMustUnderstand() {
        assertThat(reasonOf(unsigned("{\"crit\":[\"b64\"],\"b64\":false}", "{}")))
                .isEqualTo(Reason.UNKNOWN_EXTENSION);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1700000000,1700000000",
        "1700000000.9,1700000000",
        "1.7e9,1700000000",
        "253402300799,253402300799"
    })
    void readsMomentsWithAndWithoutFraction(String json, long seconds) {
        assertThat(Jwt.read(unsigned("{}", "{\"exp\":" + json + "}")).time("exp"))
                .isEqualTo(Instant.ofEpochSecond(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "253402300800", "1e400", "9999999999999999999999999999", "\"1700000000\"", "true", "[1]"})
    void refusesMomentsThatAreNone(String json) {
        Jwt jwt = Jwt.read(unsigned("{}", "{\"exp\":" + json + "}"));
        assertThatThrownBy(() -> jwt.time("exp"))
                .isInstanceOfSatisfying(
                        MalformedJwtException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_CLAIM))
                .hasMessage("The text is no acceptable JSON web token: exp is no moment");
    }

    @Test
    void showsNoSecretAndNoPieceOfTheToken() {
        String text = Jwt.write(json(), json().put("sub", "alice"), KEY);
        assertThat(KEY).hasToString("JwtKey[***]");
        assertThat(Jwt.read(text)).hasToString("Jwt[***]");
        assertThatThrownBy(() -> Jwt.read(unsigned("{}", "{\"secret-thing\":")))
                .hasMessageNotContaining("secret")
                .hasNoCause();
        assertThatThrownBy(() -> JwtKey.of("too short")).hasMessageNotContaining("too short");
    }

    @Test
    void refusesSecretsThatTheSdkAndTheRfcRefuse() {
        assertThatThrownBy(() -> JwtKey.of(SECRET.substring(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the secret of an API key has at least 32 bytes, this one has 31");
    }

    @Test
    void survivesAnyMutationAndTrustsNone() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String original = Jwt.write(
                json().put("typ", "JWT").put("cty", "twilio-fpa;v=1"),
                json().put("exp", 1_700_000_000L).set("grants", json().put("identity", "alice")),
                KEY);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            String mutant = random.nextBoolean() ? mutated(original, random) : mutatedInside(original, random);
            try {
                Jwt jwt = Jwt.read(mutant);
                boolean trusted = jwt.isSignedWith(KEY);
                if (trusted != mutant.equals(original)) {
                    throw new AssertionError("seed " + seed + ", round " + i + ": " + mutant);
                }
                jwt.time("exp");
                read++;
            } catch (MalformedJwtException expected) {
                refused++;
            }
        }
        System.out.printf("JwtTest: seed %d, %d mutants read, %d refused%n", seed, read, refused);
        assertThat(read).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    /** Changes, removes, doubles or inserts characters of the text. */
    private static String mutated(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        for (int n = 1 + random.nextInt(3); n > 0 && mutant.length() > 0; n--) {
            int at = random.nextInt(mutant.length());
            switch (random.nextInt(5)) {
                case 0 -> mutant.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
                case 1 -> mutant.deleteCharAt(at);
                case 2 -> mutant.insert(at, (char) (32 + random.nextInt(96)));
                case 3 -> mutant.setLength(at);
                default -> mutant.insert(at, mutant.substring(at));
            }
        }
        return mutant.toString();
    }

    /** Changes bytes inside one decoded part, so that the mutants get past base64 and into JSON. */
    private static String mutatedInside(String text, Random random) {
        String[] parts = text.split("\\.");
        int which = random.nextInt(3);
        byte[] bytes = Base64.getUrlDecoder().decode(parts[which]);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        parts[which] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return String.join(".", parts);
    }
}
