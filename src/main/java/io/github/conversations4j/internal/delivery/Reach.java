package io.github.conversations4j.internal.delivery;

import java.time.Instant;

/**
 * Of which changed and removed messages a comparison tells: of those from an index on that it has read before, so that it
 * knows what they were. Immutable.
 *
 * @param from the lowest index
 * @param begun when the conversation was read for the first time
 * @param begunFrom the lowest index of what was no history then: of older messages nobody knows what they were before
 */
public record Reach(int from, Instant begun, int begunFrom) {
    /** Of all. */
    public static final Reach ALL = new Reach(0, Instant.MIN, 0);

    /**
     * Whether it tells what happened to a message.
     *
     * @param index of the message
     * @param at when the event of it came
     * @return false if what happened is lost, unless somebody else tells it
     */
    boolean includes(int index, Instant at) {
        return index >= from && (index >= begunFrom || at.isAfter(begun));
    }
}
