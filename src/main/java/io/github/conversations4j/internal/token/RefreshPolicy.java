package io.github.conversations4j.internal.token;

import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;

/**
 * When a token is replaced, and how patiently. Immutable.
 *
 * @param lead how long before its end a token is replaced; short-lived tokens are replaced when a quarter of their life is
 *     left. It should be longer than what Twilio warns ahead (four minutes, says one reply of the service)
 * @param callLimit how long one call of the token function may take
 * @param backoff the pauses between calls that bring no lasting token; its first one is also the shortest life a token may
 *     have left to be of use
 */
public record RefreshPolicy(Duration lead, Duration callLimit, Backoff backoff) {
    /** What suits tokens of Twilio's default lifetime, an hour. */
    public static final RefreshPolicy DEFAULT = new RefreshPolicy(
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.25));
}
