package io.github.conversations4j;

import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.store.CursorStore;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the promise is kept: how long order is waited for, where positions are remembered, and what becomes of events whose
 * hooks fail. Immutable.
 *
 * <p>Without any of it messages are ordered and holes are filled as long as the process lives; with {@link Builder#cursors}
 * also across restarts.
 */
public final class DeliveryOptions {
    /** What clients have unless told otherwise. */
    public static final DeliveryOptions DEFAULT = builder().build();

    final Duration holdFor;
    final Duration holdAtMost;
    final int maxHeldEvents;
    final int maxHeldEventsPerConversation;
    final Duration lookBack;
    final @Nullable CursorStore cursors;
    final @Nullable String cursorScope;
    final int hookRetries;
    final Duration hookRetriesWithin;
    final @Nullable DeadLetterHook deadLetters;

    private DeliveryOptions(Builder builder) {
        holdFor = builder.holdFor;
        holdAtMost = builder.holdAtMost;
        maxHeldEvents = builder.maxHeldEvents;
        maxHeldEventsPerConversation = builder.maxHeldEventsPerConversation;
        lookBack = builder.lookBack;
        cursors = builder.cursors;
        cursorScope = builder.cursorScope;
        hookRetries = builder.hookRetries;
        hookRetriesWithin = builder.hookRetriesWithin;
        deadLetters = builder.deadLetters;
    }

    /**
     * Starts a builder with what {@link #DEFAULT} has.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link DeliveryOptions}. Not thread-safe. */
    public static final class Builder {
        private Duration holdFor = Duration.ofMillis(500);
        private Duration holdAtMost = Duration.ofSeconds(10);
        private int maxHeldEvents = 10_000;
        private int maxHeldEventsPerConversation = 100;
        private Duration lookBack = Duration.ZERO;
        private @Nullable CursorStore cursors;
        private @Nullable String cursorScope;
        private int hookRetries;
        private Duration hookRetriesWithin = Duration.ofSeconds(30);
        private @Nullable DeadLetterHook deadLetters;

        private Builder() {}

        /**
         * How long a message that came before its predecessors waits for them, until Twilio is asked for them; default
         * 500 ms. Where nobody can be asked, it goes on then.
         *
         * @param value more than zero
         * @return this
         */
        public Builder holdFor(Duration value) {
            this.holdFor = positive("holdFor", value);
            return this;
        }

        /**
         * How long it waits in all if Twilio is silent: gives nobody a page of messages, or has failed the question; default
         * 10 s. It goes on then, and what is missing comes late and marked, as soon as Twilio answers. One that falls silent
         * while a list is read is noticed after up to twice that time; time in which hooks had no room does not count.
         *
         * @param value at least {@link #holdFor}
         * @return this
         */
        public Builder holdAtMost(Duration value) {
            this.holdAtMost = positive("holdAtMost", value);
            return this;
        }

        /**
         * How many events may wait for others in all conversations together; default 10 000. What finds no room is refused,
         * and read from Twilio later.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxHeldEvents(int value) {
            this.maxHeldEvents = Arguments.range("maxHeldEvents", 1, Integer.MAX_VALUE, value);
            return this;
        }

        /**
         * How many events may wait for others in one conversation; default 100.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxHeldEventsPerConversation(int value) {
            this.maxHeldEventsPerConversation =
                    Arguments.range("maxHeldEventsPerConversation", 1, Integer.MAX_VALUE, value);
            return this;
        }

        /**
         * How much of what was written before the first start is delivered, marked as recovered; default nothing. A client
         * that finds its {@linkplain #cursors cursors} goes on where they are, and looks back no further. What counts is
         * when messages say that they were written.
         *
         * @param value zero or more
         * @return this
         */
        public Builder lookBack(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("lookBack: must be zero or more, was " + value);
            }
            this.lookBack = value;
            return this;
        }

        /**
         * Where it is remembered how far the hooks of each conversation have come. A message counts as delivered when its
         * hooks have returned, and the stages that {@code onAsync} hooks returned have completed. After a restart everything
         * that was stored meanwhile is delivered first, in order and marked as recovered. What was with hooks at a crash, and
         * what they had taken in the moment before it, is delivered again with the same event id; so is what hooks had not
         * finished when the time for {@linkplain ConversationsClient#close(Duration) closing} was over.
         * The client holds the cursors of all its conversations in memory, some 200 bytes each.
         *
         * @param value the store; never closed by the library
         * @return this
         */
        public Builder cursors(CursorStore value) {
            this.cursors = Objects.requireNonNull(value, "cursors: must not be null");
            return this;
        }

        /**
         * Under which name the cursors are kept; the default for a back end is the account with its service, and a
         * participant has none. Of clients with the same one, the last that was started delivers.
         *
         * @param value see {@link CursorStore#own}
         * @return this
         */
        public Builder cursorScope(String value) {
            this.cursorScope = Arguments.text("cursorScope", value);
            return this;
        }

        /**
         * Calls a hook that throws again, with growing pauses that begin with 100 ms; default never. The other events of the
         * conversation wait meanwhile.
         *
         * @param times how often at most
         * @param within how long its conversation may be held up by that, from the first failure on; a call that has begun
         *     is not interrupted
         * @return this
         */
        public Builder retryHooks(int times, Duration within) {
            this.hookRetries = Arguments.range("retryHooks", 1, Integer.MAX_VALUE, times);
            this.hookRetriesWithin = positive("retryHooks", within);
            return this;
        }

        /**
         * Who is given the events that a hook has failed on for good; the default is nobody, and the error handler is told
         * in both cases.
         *
         * @param value called with each such event
         * @return this
         */
        public Builder deadLetters(DeadLetterHook value) {
            this.deadLetters = Objects.requireNonNull(value, "deadLetters: must not be null");
            return this;
        }

        /**
         * Makes the options.
         *
         * @return new options
         * @throws IllegalArgumentException if settings contradict each other; the message names them
         */
        public DeliveryOptions build() {
            if (holdAtMost.compareTo(holdFor) < 0) {
                throw new IllegalArgumentException("holdAtMost: " + holdAtMost + " is less than holdFor, " + holdFor);
            }
            if (maxHeldEventsPerConversation > maxHeldEvents) {
                throw new IllegalArgumentException("maxHeldEventsPerConversation: " + maxHeldEventsPerConversation
                        + " is more than maxHeldEvents, " + maxHeldEvents);
            }
            if (cursorScope != null && cursors == null) {
                throw new IllegalArgumentException("cursorScope: has no effect without cursors; set both");
            }
            return new DeliveryOptions(this);
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + ": must be more than zero, was " + value);
            }
            return value;
        }
    }
}
