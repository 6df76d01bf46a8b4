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
 * @param actionsPerSecond how many writes a conversation, and how many a service, takes in a second before it answers
 *     429; Twilio documents 30; 0 for any number
 */
public record Behaviour(
        Limits limits,
        boolean messagesRestartTimers,
        boolean ownMessagesUnread,
        boolean refuseLargePages,
        double skippedIndexes,
        Duration initializingFor,
        int actionsPerSecond) {

    /** What the emulator does unless told otherwise. */
    public static final Behaviour DEFAULT = new Behaviour(Limits.DOCUMENTED, true, true, false, 0, Duration.ZERO, 0);

    /** Refuses a share that is none. */
    public Behaviour {
        if (!(skippedIndexes >= 0 && skippedIndexes <= 1)) {
            throw new IllegalArgumentException("skippedIndexes: must be 0 to 1, was " + skippedIndexes);
        }
        if (initializingFor.isNegative()) {
            throw new IllegalArgumentException("initializingFor: must not be negative, was " + initializingFor);
        }
        if (actionsPerSecond < 0) {
            throw new IllegalArgumentException("actionsPerSecond: must not be negative, was " + actionsPerSecond);
        }
    }

    /**
     * Begins other choices with these.
     *
     * @return what can be changed
     */
    public Edit edit() {
        return new Edit(this);
    }

    /** Choices on their way to others: set what shall be different. Confined to one thread. */
    public static final class Edit {
        /** See {@link Behaviour#limits()}. */
        public Limits limits;
        /** See {@link Behaviour#messagesRestartTimers()}. */
        public boolean messagesRestartTimers;
        /** See {@link Behaviour#ownMessagesUnread()}. */
        public boolean ownMessagesUnread;
        /** See {@link Behaviour#refuseLargePages()}. */
        public boolean refuseLargePages;
        /** See {@link Behaviour#skippedIndexes()}. */
        public double skippedIndexes;
        /** See {@link Behaviour#initializingFor()}. */
        public Duration initializingFor;
        /** See {@link Behaviour#actionsPerSecond()}. */
        public int actionsPerSecond;

        private Edit(Behaviour from) {
            limits = from.limits;
            messagesRestartTimers = from.messagesRestartTimers;
            ownMessagesUnread = from.ownMessagesUnread;
            refuseLargePages = from.refuseLargePages;
            skippedIndexes = from.skippedIndexes;
            initializingFor = from.initializingFor;
            actionsPerSecond = from.actionsPerSecond;
        }

        /**
         * Makes the choices.
         *
         * @return new choices
         * @throws IllegalArgumentException if one makes no sense; the message names it
         */
        public Behaviour build() {
            return new Behaviour(
                    limits,
                    messagesRestartTimers,
                    ownMessagesUnread,
                    refuseLargePages,
                    skippedIndexes,
                    initializingFor,
                    actionsPerSecond);
        }
    }
}
