package io.github.conversations4j.internal.realtime.session;

import io.github.conversations4j.token.AccessToken;
import java.util.concurrent.CompletionStage;

/**
 * Where a session gets its tokens, and whom it tells what Twilio thinks of them. Thread-safe, never blocks; reports by
 * itself why there is no token.
 */
public interface SessionTokens {
    /**
     * A token to connect with.
     *
     * @return the token, when there is one; fails if there is none for now
     */
    CompletionStage<AccessToken> token();

    /**
     * The server says that a token expires soon.
     *
     * @param token the one that the server knows
     */
    void aboutToExpire(AccessToken token);

    /**
     * The server says that a token has expired.
     *
     * @param token the one that the server knows
     */
    void expired(AccessToken token);

    /**
     * The server does not accept a token.
     *
     * @param token the one that it refused
     * @param reason its words and code
     */
    void refused(AccessToken token, String reason);
}
