package io.github.conversations4j.token;

import io.github.conversations4j.internal.wire.Jwt;
import io.github.conversations4j.internal.wire.MalformedJwtException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token and what can be read in it without the secret that signed it. Whoever has the text can act as its
 * identity, so {@link #toString} leaves it out. Immutable.
 *
 * @param text the token itself, to be given to Twilio
 * @param identity whom it belongs to; null if the text is not a token that we can read
 * @param expiresAt when it expires; null if the text is not a token that we can read
 */
public record AccessToken(
        String text, @Nullable String identity, @Nullable Instant expiresAt) {

    /**
     * Reads a token. Twilio's own clients never look inside, so a text that is no JSON web token is taken as it is; only
     * Twilio knows then whom it belongs to and when it expires.
     *
     * @param text the text; white space around it is ignored
     * @return the token
     * @throws IllegalArgumentException if it can not be a token of any kind; the message says why, and nothing of the text
     */
    public static AccessToken of(String text) {
        String token = text.strip();
        requirePlausible(token);
        try {
            Jwt jwt = Jwt.read(token);
            String identity = jwt.claims().path("grants").path("identity").textValue();
            return new AccessToken(token, identity, jwt.time("exp"));
        } catch (MalformedJwtException opaque) {
            return new AccessToken(token, null, null);
        }
    }

    /** Catches the usual mix-ups: nothing at all, a JSON answer that holds the token, an error page. */
    private static void requirePlausible(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("there is no token, only an empty text");
        }
        if (text.length() > Jwt.MAX_LENGTH) {
            throw new IllegalArgumentException("that is no token, it has " + text.length() + " characters; at most "
                    + Jwt.MAX_LENGTH + " are read");
        }
        if ("{[<\"".indexOf(text.charAt(0)) >= 0 || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("that is no token, it has characters that no token has;"
                    + " is it the whole answer of a token server rather than the token in it?");
        }
    }

    /** Everything but the token itself. */
    @Override
    public String toString() {
        return "AccessToken[***, identity=" + identity + ", expiresAt=" + expiresAt + "]";
    }
}
