package io.github.conversations4j.internal.realtime.session;

import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;

/**
 * The numbers of a session. Immutable.
 *
 * @param backoff how long to wait before a websocket is opened again
 * @param answerLimit how long a packet may wait for its answer, the opening of the websocket included
 * @param waitLimit how long a request may wait to be sent
 * @param silenceLimit how long nothing may be heard before the server is asked for a sign of life; half as long
 *     afterwards the websocket is given up
 * @param goodbyeLimit how long a polite end may take
 * @param maxInFlight how many requests may wait for their answers
 * @param maxWaiting how many requests may wait to be sent
 */
public record SessionSettings(
        Backoff backoff,
        Duration answerLimit,
        Duration waitLimit,
        Duration silenceLimit,
        Duration goodbyeLimit,
        int maxInFlight,
        int maxWaiting) {
    /**
     * The numbers of the official client where it has them: back-off from 1 s to 120 s, 20 % jitter, 30 s for an answer,
     * 20 s to be sent. Its Kotlin sibling gives a server up after 45 s of silence.
     */
    public static final SessionSettings DEFAULT = new SessionSettings(
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(120), 0.2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            256,
            10_000);

    /** Checks that the numbers make sense. */
    public SessionSettings {
        for (Duration limit : new Duration[] {answerLimit, waitLimit, silenceLimit, goodbyeLimit}) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("limits must be more than zero, one was " + limit);
            }
        }
        if (maxInFlight < 1 || maxWaiting < 0) {
            throw new IllegalArgumentException("limits of requests: " + maxInFlight + ", " + maxWaiting);
        }
    }

    /**
     * The same with another back-off.
     *
     * @param other the back-off
     * @return the new settings
     */
    public SessionSettings withBackoff(Backoff other) {
        return new SessionSettings(other, answerLimit, waitLimit, silenceLimit, goodbyeLimit, maxInFlight, maxWaiting);
    }
}
