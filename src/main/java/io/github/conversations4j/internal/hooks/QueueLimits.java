package io.github.conversations4j.internal.hooks;

/**
 * How many events may wait for hooks or be with them. Immutable.
 *
 * @param total in all conversations together
 * @param perConversation in one conversation
 */
public record QueueLimits(int total, int perConversation) {
    /** Enough for a burst, and a bounded amount of memory. */
    public static final QueueLimits DEFAULT = new QueueLimits(10_000, 1_000);

    /** No limits, for the few events that the client makes itself. */
    static final QueueLimits NONE = new QueueLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Refuses limits that would take nothing. */
    public QueueLimits {
        if (total < 1 || perConversation < 1) {
            throw new IllegalArgumentException("queue limits: must be at least 1, were " + total + " in all and "
                    + perConversation + " per conversation");
        }
    }
}
