package io.github.conversations4j.internal.emulator.state;

import java.time.Duration;

/**
 * The choices where Twilio's behaviour is not documented; each has a switch, so that a program can be tried both ways.
 * Immutable.
 *
 * @param limits how much is taken
 * @param messagesRestartTimers whether a new message starts the state timers of its conversation anew
 * @param ownMessagesUnread whether messages that somebody wrote count as unread for their author
 * @param refuseLargePages whether a page size above the maximum is refused with 20007, or cut down to the maximum
 * @param skippedIndexes how often, from 0 to 1, the index of a message skips a number; Twilio says that it may happen
 * @param initializingFor how long a conversation that is made with its participants stays {@code initializing}; zero
 *     makes it ready before the answer (201), anything longer answers at once (202)
 */
public record Behaviour(
        Limits limits,
        boolean messagesRestartTimers,
        boolean ownMessagesUnread,
        boolean refuseLargePages,
        double skippedIndexes,
        Duration initializingFor) {

    /** What the emulator does unless told otherwise. */
    public static final Behaviour DEFAULT = new Behaviour(Limits.DOCUMENTED, true, true, false, 0, Duration.ZERO);

    /** Refuses a share that is none. */
    public Behaviour {
        if (!(skippedIndexes >= 0 && skippedIndexes <= 1)) {
            throw new IllegalArgumentException("skippedIndexes: must be 0 to 1, was " + skippedIndexes);
        }
        if (initializingFor.isNegative()) {
            throw new IllegalArgumentException("initializingFor: must not be negative, was " + initializingFor);
        }
    }
}
