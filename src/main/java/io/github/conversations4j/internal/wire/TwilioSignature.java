package io.github.conversations4j.internal.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks {@code X-Twilio-Signature}: the Base64 text of an HMAC-SHA1, keyed with the account's auth token, over
 * the URL as it was configured, followed for a form by all its parameters sorted by name, each as name and value without
 * anything between.
 *
 * <p>Of repeated parameters the values are sorted too and equal ones count once. Twilio's page does not say so; its
 * helper libraries for Node and Python do it, and no Conversations webhook is known to repeat a parameter.
 *
 * <p>Thread-safe. Holds the auth tokens; prints none of them.
 *
 * @see <a href="https://www.twilio.com/docs/usage/security#validating-requests">Twilio: validating requests</a>
 */
public final class TwilioSignature {
    private static final String ALGORITHM = "HmacSHA1";
    private static final int DIGEST_BYTES = 20;
    /** Base64 of 20 bytes. */
    private static final int SIGNATURE_CHARS = 28;

    private final SecretKeySpec[] keys;
    private final Pool<Signer> signers = new Pool<>(this::newSigner);

    /**
     * Makes a signature for one or more auth tokens.
     *
     * @param authTokens signs with the first, accepts each; several while a token is being rotated
     * @throws IllegalArgumentException if there is none or one is blank
     */
    public TwilioSignature(List<String> authTokens) {
        if (authTokens.isEmpty() || authTokens.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("At least one auth token is needed, and none may be blank");
        }
        this.keys = authTokens.stream()
                .map(token -> new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toArray(SecretKeySpec[]::new);
    }

    /**
     * Signs with the first auth token.
     *
     * @param url the whole URL, for GET and JSON with the query
     * @param form what is sent as a form, or null for GET and JSON
     * @return the value of the header
     */
    public String sign(String url, @Nullable Form form) {
        Signer signer = signers.take();
        try {
            signer.load(form);
            return new String(signer.sign(0, url), StandardCharsets.ISO_8859_1);
        } finally {
            signers.giveBack(signer);
        }
    }

    /**
     * Checks a signature. Takes the same time wherever a wrong one begins to differ.
     *
     * @param signature the value of the header
     * @param urls the texts that may have been signed, tried in order, each with every auth token
     * @param form what was received as a form, or null for GET and JSON
     * @return whether one of them was signed with one of the auth tokens
     */
    public boolean verifies(String signature, List<String> urls, @Nullable Form form) {
        if (signature.length() != SIGNATURE_CHARS) {
            return false;
        }
        byte[] received = signature.getBytes(StandardCharsets.ISO_8859_1);
        Signer signer = signers.take();
        try {
            signer.load(form);
            for (String url : urls) {
                for (int key = 0; key < keys.length; key++) {
                    if (MessageDigest.isEqual(signer.sign(key, url), received)) {
                        return true;
                    }
                }
            }
            return false;
        } finally {
            signers.giveBack(signer);
        }
    }

    /**
     * Gives what Twilio puts into the query as {@code bodySHA256} when it sends a body that is no form.
     *
     * @param body the bytes as sent
     * @return their SHA-256 in lower-case hexadecimal digits
     */
    public static String bodySha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private Signer newSigner() {
        Mac[] macs = new Mac[keys.length];
        try {
            for (int key = 0; key < keys.length; key++) {
                macs[key] = Mac.getInstance(ALGORITHM);
                macs[key].init(keys[key]);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform has no " + ALGORITHM, e);
        }
        return new Signer(macs);
    }

    /** What one computation needs, made once and lent to one thread at a time. */
    private static final class Signer {
        private final Mac[] macs;
        private final byte[] digest = new byte[DIGEST_BYTES];
        private final byte[] signature = new byte[SIGNATURE_CHARS];
        private final SignedParameters parameters = new SignedParameters();

        Signer(Mac[] macs) {
            this.macs = macs;
        }

        void load(@Nullable Form form) {
            parameters.load(form);
        }

        byte[] sign(int key, String url) {
            Mac mac = macs[key];
            mac.update(url.getBytes(StandardCharsets.UTF_8));
            parameters.update(mac);
            try {
                mac.doFinal(digest, 0);
            } catch (ShortBufferException e) {
                throw new IllegalStateException("An HMAC-SHA1 has " + DIGEST_BYTES + " bytes", e);
            }
            Base64.getEncoder().encode(digest, signature);
            return signature;
        }
    }
}
