package io.github.conversations4j.emulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the account of an emulator is called, and its secrets; made up where the options do not say it. Immutable; hides
 * its secrets from {@link #toString}.
 *
 * @param accountSid {@code AC…}
 * @param authToken signs webhooks
 * @param apiKey {@code SK…}
 * @param apiSecret signs access tokens
 * @param serviceSid the default service, {@code IS…}
 */
record LocalAccount(String accountSid, String authToken, String apiKey, String apiSecret, String serviceSid) {
    static LocalAccount of(EmulatorOptions options, RandomGenerator random) {
        String authToken = given(options.authToken, "", random);
        String apiKey = given(options.apiKey, "SK", random);
        String apiSecret = given(options.apiSecret, "", random);
        String accountSid = given(options.accountSid, "AC", random);
        String serviceSid = given(options.serviceSid, "IS", random);
        return new LocalAccount(accountSid, authToken, apiKey, apiSecret, serviceSid);
    }

    private static String given(@Nullable String value, String prefix, RandomGenerator random) {
        return value == null ? prefix + String.format("%016x%016x", random.nextLong(), random.nextLong()) : value;
    }

    String oauthClientId() {
        return "OQ" + accountSid.substring("AC".length());
    }

    /** Made from the other secrets, so that nobody has to set one more. */
    String oauthClientSecret() {
        try {
            byte[] secrets = (authToken + '\n' + apiSecret + "\noauth").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secrets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must support SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "LocalAccount[" + accountSid + "]";
    }
}
