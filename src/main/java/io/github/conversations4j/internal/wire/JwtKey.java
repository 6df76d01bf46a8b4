package io.github.conversations4j.internal.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that signs tokens with HS256. Immutable and thread-safe; nothing prints it. */
public final class JwtKey {
    private static final String HMAC = "HmacSHA256";
    private static final int MIN_BYTES = 32;

    private final SecretKeySpec key;

    private JwtKey(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * Takes the secret of a Twilio API key.
     *
     * @param secret the secret, at least 32 bytes, as RFC 7518 (3.2) demands; those of Twilio have 32 characters
     * @return the key
     * @throws IllegalArgumentException if it is shorter
     */
    public static JwtKey of(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "the secret of an API key has at least " + MIN_BYTES + " bytes, this one has " + bytes.length);
        }
        return new JwtKey(new SecretKeySpec(bytes, HMAC));
    }

    byte[] sign(String input) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform must support " + HMAC, impossible);
        }
    }

    /** Shows that there is a key, and nothing of it. */
    @Override
    public String toString() {
        return "JwtKey[***]";
    }
}
