package io.github.conversations4j.internal.token;

import io.github.conversations4j.error.TokenException;
import io.github.conversations4j.token.AccessToken;

/**
 * Hears what happens to the token. Called without any lock held, one call at a time and in order, on whichever thread
 * brought the change about; it must not block and must not throw.
 */
public interface TokenListener {
    /**
     * The token will expire soon and a new one is being fetched, or will be in a moment. Once per token.
     *
     * @param token the one in use
     */
    void aboutToExpire(AccessToken token);

    /**
     * The token expired before there was a new one. Once per token.
     *
     * @param token the one that was in use
     */
    void expired(AccessToken token);

    /**
     * A new token took the place of another one and should be given to Twilio. A session that started with it meanwhile
     * has nothing to do.
     *
     * @param token the new one
     */
    void renewed(AccessToken token);

    /**
     * A try to get a token failed, or Twilio refused what it got. There will be another try.
     *
     * @param cause why
     */
    void failed(TokenException cause);
}
