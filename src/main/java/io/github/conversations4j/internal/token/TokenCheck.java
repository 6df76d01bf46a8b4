package io.github.conversations4j.internal.token;

import io.github.conversations4j.error.TokenException;
import io.github.conversations4j.error.TokenException.Reason;
import io.github.conversations4j.token.AccessToken;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether what the application gives us can be used as the next token. Immutable.
 *
 * @param now what time it is
 * @param leastLife how long a token must still live
 * @param former the token before it; null if it is the first
 * @param identity whom all tokens belong to; null as long as nobody could read that
 */
record TokenCheck(
        Instant now,
        Duration leastLife,
        @Nullable AccessToken former,
        @Nullable String identity) {
    /** Reads a token, or says why it is of no use. */
    AccessToken read(@Nullable String text) {
        AccessToken token = parse(text);
        if (former != null && former.text().equals(token.text())) {
            throw new TokenException(
                    Reason.NOT_NEWER,
                    "the one that was given before was given again; each call must make a new one (is there a cache in between?)");
        }
        Instant expiresAt = token.expiresAt();
        if (expiresAt != null && expiresAt.isBefore(now.plus(leastLife))) {
            throw new TokenException(
                    Reason.EXPIRED,
                    "the new one is of no use, it expires at " + expiresAt + " and it is " + now
                            + " now; make it live longer, or set the clock of this machine if that is wrong");
        }
        String owner = token.identity();
        if (identity != null && owner != null && !identity.equals(owner)) {
            throw new TokenException(
                    Reason.OTHER_IDENTITY,
                    "the new one belongs to \"" + owner + "\" and those before it to \"" + identity
                            + "\"; a client stays with one identity, start another client for the other");
        }
        return token;
    }

    private static AccessToken parse(@Nullable String text) {
        if (text == null) {
            throw new TokenException(Reason.NO_TOKEN, "the token function returned null");
        }
        try {
            return AccessToken.of(text);
        } catch (IllegalArgumentException none) {
            throw new TokenException(Reason.NO_TOKEN, String.valueOf(none.getMessage()));
        }
    }
}
