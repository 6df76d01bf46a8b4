package io.github.conversations4j.internal.delivery;

import java.time.Duration;

/**
 * How far order is kept. Immutable.
 *
 * @param patience how long a message that came early waits for those before it, before Twilio is asked for them
 * @param longestHold how long it waits in all if Twilio is silent
 * @param heldPerConversation how many events may wait in one conversation
 * @param held how many events may wait in all conversations together
 */
public record OrderLimits(Duration patience, Duration longestHold, int heldPerConversation, int held) {
    /** What clients have unless told otherwise. */
    public static final OrderLimits DEFAULT =
            new OrderLimits(Duration.ofMillis(500), Duration.ofSeconds(10), 100, 10_000);
}
