package io.github.conversations4j.internal.realtime.session;

import java.util.concurrent.CompletionStage;

/** Where a session gets its tokens. Thread-safe, never blocks. */
public interface SessionTokens {
    /**
     * A token that may be used now. Many calls may share one fetch; a failing fetch may be repeated before it gives up.
     *
     * @return the token
     */
    CompletionStage<String> token();

    /**
     * Says that Twilio did not take a token, or that it has expired: it is not to be given again.
     *
     * @param token the token
     */
    void refused(String token);
}
