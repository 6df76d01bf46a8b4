package io.github.conversations4j.token;

/**
 * Fetches an access token, usually from the application's own server. The client calls it when it starts, some minutes
 * before the current token expires, and again, with growing pauses, when a call failed or Twilio refused what it gave.
 *
 * <p>It is called on a thread that may block, one call at a time. A call that takes longer than the client's limit is
 * interrupted and counts as failed; what it returns after that is ignored.
 */
@FunctionalInterface
public interface TokenProvider {
    /**
     * Fetches a token.
     *
     * @return the text of a token that was not given before and always belongs to the same identity
     * @throws Exception if there is no token now; the client reports it and tries again later
     */
    String fetchToken() throws Exception;
}
