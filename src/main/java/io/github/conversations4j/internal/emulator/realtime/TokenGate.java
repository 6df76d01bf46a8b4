package io.github.conversations4j.internal.emulator.realtime;

import io.github.conversations4j.internal.wire.AccessTokenClaims;
import io.github.conversations4j.internal.wire.Jwt;
import io.github.conversations4j.internal.wire.JwtKey;
import io.github.conversations4j.internal.wire.MalformedJwtException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Says whether an access token lets somebody in. Immutable and thread-safe; holds the secret of the API key.
 *
 * <p>Of the codes, 20101 and 20104 were seen from the service; the others are those of Twilio's error dictionary for the
 * same fault, and that the socket gives them is assumed.
 *
 * @see <a href="https://www.twilio.com/docs/iam/access-tokens">Access Tokens</a>
 */
final class TokenGate {
    private static final Duration LONGEST = Duration.ofHours(24);

    private final String accountSid;
    private final String apiKeySid;
    private final JwtKey key;
    private final InstantSource clock;
    private final Predicate<String> isService;

    TokenGate(String accountSid, String apiKeySid, JwtKey key, InstantSource clock, Predicate<String> isService) {
        this.accountSid = accountSid;
        this.apiKeySid = apiKeySid;
        this.key = key;
        this.clock = clock;
        this.isService = isService;
    }

    /** The claims of a token that lets in. */
    AccessTokenClaims check(String token) throws Refused {
        AccessTokenClaims claims;
        try {
            Jwt jwt = Jwt.read(token);
            if (!jwt.isSignedWith(key)) {
                throw new Refused(20_107, "Invalid Access Token signature");
            }
            claims = AccessTokenClaims.of(jwt);
        } catch (MalformedJwtException e) {
            throw new Refused(20_101, "Invalid Access Token");
        }
        Instant now = clock.instant();
        if (!claims.apiKeySid().equals(apiKeySid) || !claims.accountSid().equals(accountSid)) {
            throw new Refused(20_103, "Invalid Access Token issuer/subject");
        }
        if (!claims.expiresAt().isAfter(now)) {
            throw new Refused(20_104, "Access Token expired or expiration date invalid");
        }
        if (claims.expiresAt().isAfter(now.plus(LONGEST).plusSeconds(60))) {
            throw new Refused(20_104, "Access Token expiration date is more than 24 hours away");
        }
        if (claims.notBefore() != null && claims.notBefore().isAfter(now)) {
            throw new Refused(20_105, "Access Token not yet valid");
        }
        if (!isService.test(claims.serviceSid())) {
            throw new Refused(20_101, "Access Token has a chat grant for a service that is not there");
        }
        return claims;
    }

    /** A token does not let in. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        Refused(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
