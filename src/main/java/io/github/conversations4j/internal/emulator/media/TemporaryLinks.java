package io.github.conversations4j.internal.emulator.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes the query that lets anybody fetch one file for some time, and checks it. Immutable and thread-safe. */
final class TemporaryLinks {
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final InstantSource clock;

    TemporaryLinks(RandomGenerator random, Duration lifetime, InstantSource clock) {
        ByteBuffer secret = ByteBuffer.allocate(4 * Long.BYTES);
        while (secret.hasRemaining()) {
            secret.putLong(random.nextLong());
        }
        this.key = new SecretKeySpec(secret.array(), HMAC);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** The query of a link that is good from now on for the lifetime. */
    String query(String path) {
        long expires = clock.instant().plus(lifetime).toEpochMilli();
        return "Expires=" + expires + "&Signature=" + signature(path, expires);
    }

    /** Whether a link is one of ours and still good. */
    boolean opens(String path, String expires, String signature) {
        try {
            long until = Long.parseLong(expires);
            byte[] expected = signature(path, until).getBytes(StandardCharsets.US_ASCII);
            return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))
                    && clock.instant().isBefore(Instant.ofEpochMilli(until));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String signature(String path, long expires) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            byte[] signed = mac.doFinal((path + '\n' + expires).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + HMAC, e);
        }
    }
}
