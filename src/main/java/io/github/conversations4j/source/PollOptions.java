package io.github.conversations4j.source;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often the poll source reads what, and how much it remembers. Immutable.
 *
 * <p>Conversations are sorted into {@linkplain PollTier tiers} by when something was last seen to happen in them. All
 * periods are those of a quiet network: they grow while Twilio refuses calls for their rate, and the
 * {@linkplain PollReport report} says by how much.
 */
public final class PollOptions {
    private final Map<PollTier, Duration> messages;
    private final Map<PollTier, Duration> edits;
    private final Map<PollTier, Duration> participants;
    private final Duration conversations;
    private final Duration users;
    private final @Nullable String observer;
    private final Duration observerPeriod;
    private final Memory memory;
    private final int maxCallsInFlight;

    /** How much is remembered and told at the start. */
    private record Memory(int window, int history, int maxConversations) {}

    private PollOptions(Builder builder) {
        messages = new EnumMap<>(builder.messages);
        edits = new EnumMap<>(builder.edits);
        participants = builder.readsParticipants ? new EnumMap<>(builder.participants) : Map.of();
        conversations = builder.conversations;
        users = builder.users;
        observer = builder.observer;
        observerPeriod = builder.observerPeriod;
        memory = new Memory(builder.window, builder.history, builder.maxConversations);
        maxCallsInFlight = builder.maxCallsInFlight;
    }

    /**
     * Starts a builder.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * How often the newest messages of a conversation are read.
     *
     * @param tier of which conversations
     * @return the period
     */
    public Duration messagesEvery(PollTier tier) {
        return Objects.requireNonNull(messages.get(tier));
    }

    /**
     * How often the whole window of messages of a conversation is read.
     *
     * @param tier of which conversations
     * @return the period
     */
    public Duration editsEvery(PollTier tier) {
        return Objects.requireNonNull(edits.get(tier));
    }

    /**
     * How often the participants of a conversation are read.
     *
     * @param tier of which conversations
     * @return the period
     * @throws IllegalStateException if they are not read
     */
    public Duration participantsEvery(PollTier tier) {
        Duration period = participants.get(tier);
        if (period == null) {
            throw new IllegalStateException("participants are not read: see withoutParticipants");
        }
        return period;
    }

    /**
     * Whether participants are read.
     *
     * @return false after {@link Builder#withoutParticipants}
     */
    public boolean participants() {
        return !participants.isEmpty();
    }

    /**
     * How often the list of conversations is read while something happens to it; up to three times as long while not.
     *
     * @return the period
     */
    public Duration conversationsEvery() {
        return conversations;
    }

    /**
     * How often the users are read.
     *
     * @return the period; zero for never
     */
    public Duration usersEvery() {
        return users;
    }

    /**
     * Whether users are read.
     *
     * @return false after {@link Builder#withoutUsers}
     */
    public boolean users() {
        return !users.isZero();
    }

    /**
     * The identity whose unread counts tell of new messages.
     *
     * @return the identity; empty for nobody
     */
    public Optional<String> observer() {
        return Optional.ofNullable(observer);
    }

    /**
     * How often the observer's counts are read while messages come; up to six times as long while none do.
     *
     * @return the period
     */
    public Duration observerEvery() {
        return observerPeriod;
    }

    /**
     * How many of the newest messages of a conversation are compared.
     *
     * @return 1 to 100
     */
    public int window() {
        return memory.window;
    }

    /**
     * How many messages of each conversation that were there at the start are told.
     *
     * @return 0 or more
     */
    public int history() {
        return memory.history;
    }

    /**
     * How many conversations are followed.
     *
     * @return at least 1
     */
    public int maxConversations() {
        return memory.maxConversations;
    }

    /**
     * How many calls may be under way at once.
     *
     * @return at least 1
     */
    public int maxCallsInFlight() {
        return maxCallsInFlight;
    }

    /** Builds {@link PollOptions}. Not thread-safe. */
    public static final class Builder {
        private static final Duration SHORTEST = Duration.ofMillis(100);

        private final Map<PollTier, Duration> messages =
                tiers(Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofMinutes(5));
        private final Map<PollTier, Duration> edits =
                tiers(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(15));
        private final Map<PollTier, Duration> participants =
                tiers(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(30));
        private boolean readsParticipants = true;
        private Duration conversations = Duration.ofSeconds(15);
        private Duration users = Duration.ofMinutes(5);
        private @Nullable String observer;
        private Duration observerPeriod = Duration.ofSeconds(5);
        private int window = 50;
        private int history;
        private int maxConversations = 10_000;
        private int maxCallsInFlight = 4;

        private Builder() {}

        private static Map<PollTier, Duration> tiers(Duration hot, Duration warm, Duration cold) {
            return new EnumMap<>(Map.of(PollTier.HOT, hot, PollTier.WARM, warm, PollTier.COLD, cold));
        }

        /**
         * How often the newest messages of a conversation are read; the default is 3 s, 30 s and 5 min from hot to cold.
         * Where an observer takes part its counts say when to read.
         *
         * @param tier of which conversations
         * @param period at least 100 ms
         * @return this
         */
        public Builder messagesEvery(PollTier tier, Duration period) {
            messages.put(tier, period("messagesEvery", period));
            return this;
        }

        /**
         * How often the whole window of messages of a conversation is read, so that changes and removals are noticed; the
         * default is 30 s, 2 min and 15 min from hot to cold.
         *
         * @param tier of which conversations
         * @param period at least 100 ms
         * @return this
         */
        public Builder editsEvery(PollTier tier, Duration period) {
            edits.put(tier, period("editsEvery", period));
            return this;
        }

        /**
         * How often the participants of a conversation are read; the default is 1 min, 10 min and 30 min from hot to
         * cold.
         *
         * @param tier of which conversations
         * @param period at least 100 ms
         * @return this
         */
        public Builder participantsEvery(PollTier tier, Duration period) {
            participants.put(tier, period("participantsEvery", period));
            return this;
        }

        /**
         * Never reads participants, which saves a call per conversation at the start and its part of the rest. Their
         * hooks are refused then.
         *
         * @return this
         */
        public Builder withoutParticipants() {
            this.readsParticipants = false;
            return this;
        }

        /**
         * How often the list of conversations is read while something happens to it; the default is 15 s. While nothing
         * does, the period grows to three times that.
         *
         * @param period at least 100 ms
         * @return this
         */
        public Builder conversationsEvery(Duration period) {
            this.conversations = period("conversationsEvery", period);
            return this;
        }

        /**
         * How often the users are read; the default is 5 min.
         *
         * @param period at least 100 ms
         * @return this
         */
        public Builder usersEvery(Duration period) {
            this.users = period("usersEvery", period);
            return this;
        }

        /**
         * Never reads users. Their hooks are refused then.
         *
         * @return this
         */
        public Builder withoutUsers() {
            this.users = Duration.ZERO;
            return this;
        }

        /**
         * Lets an identity of the application's take part in every conversation and never write, so that one page of its
         * unread counts tells of new messages in 50 conversations. It is made a participant where it is none, which
         * everybody there can see, and its read horizon is moved now and then because counts stop at 1000. Its own joining
         * and reading is told to no hook of this source. Where it cannot take part (Twilio allows 1000 conversations for
         * each user) messages are read by tier, as without.
         *
         * <p>That counts follow messages at once is assumed and was not tried against Twilio, which calls them eventually
         * consistent; {@link #editsEvery} bounds how late a message is that they do not show.
         *
         * @param identity used for nothing else
         * @return this
         */
        public Builder observer(String identity) {
            if (identity.isBlank()) {
                throw new IllegalArgumentException("observer: must not be blank");
            }
            this.observer = identity;
            return this;
        }

        /**
         * How often the observer's counts are read while messages come; the default is 5 s. While none do, the period
         * grows to six times that.
         *
         * @param period at least 100 ms
         * @return this
         */
        public Builder observerEvery(Duration period) {
            this.observerPeriod = period("observerEvery", period);
            return this;
        }

        /**
         * How many of the newest messages of a conversation are compared; the default is 50. What changes further back is
         * not noticed.
         *
         * @param messages 1 to 100, the largest page
         * @return this
         */
        public Builder window(int messages) {
            if (messages < 1 || messages > 100) {
                throw new IllegalArgumentException("window: must be 1 to 100, was " + messages);
            }
            this.window = messages;
            return this;
        }

        /**
         * How many of the messages of each conversation that were there at the start are told, as {@code MessageAdded} with
         * {@code meta.initial()}; the default is none.
         *
         * @param messages 0 to 10 000
         * @return this
         */
        public Builder history(int messages) {
            if (messages < 0 || messages > 10_000) {
                throw new IllegalArgumentException("history: must be 0 to 10000, was " + messages);
            }
            this.history = messages;
            return this;
        }

        /**
         * How many conversations are followed; the default is 10 000. If there are more a {@code ConnectionError} says
         * so. Each takes about 5 KB of memory with two people in it and the default window, 7 KB with the largest
         * one, besides its attributes and, next to another source, what that has told since the last reading.
         *
         * @param conversations at least 1
         * @return this
         */
        public Builder maxConversations(int conversations) {
            this.maxConversations = atLeastOne("maxConversations", conversations);
            return this;
        }

        /**
         * How many calls may be under way at once; the default is 4.
         *
         * @param calls at least 1
         * @return this
         */
        public Builder maxCallsInFlight(int calls) {
            this.maxCallsInFlight = atLeastOne("maxCallsInFlight", calls);
            return this;
        }

        /**
         * Makes the options.
         *
         * @return new options
         * @throws IllegalArgumentException if a colder tier would be read more often than a hotter one; the message names
         *     both
         */
        public PollOptions build() {
            requireColderIsSlower("messagesEvery", messages);
            requireColderIsSlower("editsEvery", edits);
            requireColderIsSlower("participantsEvery", participants);
            return new PollOptions(this);
        }

        private static void requireColderIsSlower(String name, Map<PollTier, Duration> periods) {
            PollTier[] tiers = PollTier.values();
            for (int i = 1; i < tiers.length; i++) {
                Duration hotter = Objects.requireNonNull(periods.get(tiers[i - 1]));
                Duration colder = Objects.requireNonNull(periods.get(tiers[i]));
                if (colder.compareTo(hotter) < 0) {
                    throw new IllegalArgumentException(name + ": " + tiers[i] + " (" + colder
                            + ") must not be read more often than " + tiers[i - 1] + " (" + hotter + ")");
                }
            }
        }

        private static int atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": must be at least 1, was " + value);
            }
            return value;
        }

        private static Duration period(String name, Duration value) {
            if (value.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException(name + ": must be at least 100 ms, was " + value);
            }
            return value;
        }
    }
}
