package io.github.conversations4j.model;

/**
 * The state of a conversation.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/states-timers">States and Timers</a>.
 */
public enum ConversationState {
    /** Being created together with its participants; short. */
    INITIALIZING,
    /** Open; the default. */
    ACTIVE,
    /** Quiet; can become active again. */
    INACTIVE,
    /** Over; final, and read only. */
    CLOSED,
    /** Anything that Twilio may add. */
    UNKNOWN;

    /**
     * Reads Twilio's text.
     *
     * @param text {@code active}, {@code inactive} …, in any case
     * @return the state, {@link #UNKNOWN} for a text that is not known
     */
    public static ConversationState of(String text) {
        for (ConversationState state : values()) {
            if (state.name().equalsIgnoreCase(text)) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
