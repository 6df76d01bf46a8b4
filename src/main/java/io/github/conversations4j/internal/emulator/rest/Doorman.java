package io.github.conversations4j.internal.emulator.rest;

import io.github.conversations4j.internal.emulator.state.TwilioFault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says who may call: account SID and auth token, or API key and secret, as Basic authentication; or a bearer token that
 * somebody else vouches for. Compares in constant time and never says which half was wrong. Immutable.
 */
public final class Doorman {
    /**
     * A user name with its password. Hidden from {@link #toString}.
     *
     * @param name the account SID, or the SID of an API key
     * @param secret the auth token, or the secret of the API key
     */
    public record Login(String name, String secret) {
        @Override
        public String toString() {
            return "Login[" + name + "]";
        }
    }

    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final List<byte[]> logins;
    private final Predicate<String> bearers;

    /**
     * Makes a doorman.
     *
     * @param logins who may call
     * @param bearers vouches for bearer tokens
     */
    public Doorman(List<Login> logins, Predicate<String> bearers) {
        this.logins = logins.stream()
                .map(login -> (login.name() + ":" + login.secret()).getBytes(StandardCharsets.UTF_8))
                .toList();
        this.bearers = bearers;
    }

    /**
     * Lets a caller pass.
     *
     * @param authorization the header, or null
     * @throws TwilioFault 401 with code 20003 if the caller may not call
     */
    public void check(@Nullable String authorization) {
        if (authorization == null || !knows(authorization)) {
            throw new TwilioFault(401, 20003, "Authenticate");
        }
    }

    private boolean knows(String authorization) {
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return bearers.test(authorization.substring(BEARER.length()).trim());
        }
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return false;
        }
        byte[] given = decode(authorization.substring(BASIC.length()).trim());
        boolean known = false;
        for (byte[] login : logins) {
            known |= MessageDigest.isEqual(login, given);
        }
        return known;
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
