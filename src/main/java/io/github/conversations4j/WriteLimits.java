package io.github.conversations4j;

/**
 * How many writes a back end sends in a second. Twilio documents 30 for each conversation (its own changes, its
 * participants and messages) and 30 for a service (making and removing conversations; users; roles). What would be more
 * waits in line, without a thread, and goes out in the order in which it was asked for. Reads are not counted. Immutable.
 *
 * <p>The limits hold for one client: several clients on one service share what Twilio allows, so give each its part. What
 * Twilio refuses with 429 all the same is sent again after the wait that it asks for, and the line of it waits as long.
 *
 * @param perConversation writes in any second to one conversation; 0 for no limit
 * @param perService writes in any second that concern the service; 0 for no limit
 * @param maxWaiting how many writes may wait in all lines together; more are refused at once
 * @see <a href="https://www.twilio.com/docs/conversations/conversations-limits">Conversations Limits</a>
 */
public record WriteLimits(int perConversation, int perService, int maxWaiting) {
    private static final int DOCUMENTED = 30;
    private static final int WAITING = 10_000;

    /** Refuses what is less than nothing. */
    public WriteLimits {
        notNegative("perConversation", perConversation);
        notNegative("perService", perService);
        notNegative("maxWaiting", maxWaiting);
    }

    private static void notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": must be 0 or more, was " + value);
        }
    }

    /**
     * What Twilio documents.
     *
     * @return 30 for each conversation, 30 for the service, and 10 000 that may wait
     */
    public static WriteLimits documented() {
        return new WriteLimits(DOCUMENTED, DOCUMENTED, WAITING);
    }

    /**
     * No limit but Twilio's own.
     *
     * @return limits that let everything through at once
     */
    public static WriteLimits none() {
        return new WriteLimits(0, 0, WAITING);
    }
}
