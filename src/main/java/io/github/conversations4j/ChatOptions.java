package io.github.conversations4j;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How chat lists and open chats are read and kept. Immutable; may be used for several clients.
 */
public final class ChatOptions {
    /** How many people a {@link ProfileResolver} is asked for at once. */
    public static final int LARGEST_BATCH = 500;

    /** Everything as the builder has it. */
    static final ChatOptions DEFAULT = builder().build();

    final @Nullable ProfileResolver profiles;
    final Duration profileLifetime;
    final Duration profileTimeLimit;
    final int maxProfiles;
    final int callsInFlight;
    final int peoplePerChat;
    final int cachedParticipants;
    final int messagesPerChat;
    final long cachedCharacters;
    final Duration cacheLifetime;
    final Duration recountAfter;
    final boolean listAtStart;

    private ChatOptions(Builder builder) {
        profiles = builder.profiles;
        profileLifetime = builder.profileLifetime;
        profileTimeLimit = builder.profileTimeLimit;
        maxProfiles = builder.maxProfiles;
        callsInFlight = builder.callsInFlight;
        peoplePerChat = builder.peoplePerChat;
        cachedParticipants = builder.cachedParticipants;
        messagesPerChat = builder.messagesPerChat;
        cachedCharacters = builder.cachedCharacters;
        cacheLifetime = builder.cacheLifetime;
        recountAfter = builder.recountAfter;
        listAtStart = builder.listAtStart;
    }

    /**
     * Starts a builder.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link ChatOptions}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ProfileResolver profiles;
        private Duration profileLifetime = Duration.ofMinutes(10);
        private Duration profileTimeLimit = Duration.ofSeconds(5);
        private int maxProfiles = 10_000;
        private int callsInFlight = 8;
        private int peoplePerChat = 10;
        private int cachedParticipants = 50_000;
        private int messagesPerChat;
        private long cachedCharacters;
        private Duration cacheLifetime = Duration.ofMinutes(10);
        private Duration recountAfter = Duration.ofSeconds(1);
        private boolean listAtStart;

        private Builder() {}

        /**
         * Who tells how people are called; without one they are shown with their identities or addresses.
         *
         * @param value the resolver
         * @return this
         */
        public Builder profiles(ProfileResolver value) {
            this.profiles = Objects.requireNonNull(value, "profiles: must not be null");
            return this;
        }

        /**
         * How long a profile is not asked for again; default 10 minutes. An update of the Twilio user of that identity asks
         * earlier.
         *
         * @param value more than zero
         * @return this
         */
        public Builder profileLifetime(Duration value) {
            this.profileLifetime = positive("profileLifetime", value);
            return this;
        }

        /**
         * How long a list waits for the profiles; default 5 seconds. Then it shows identities and addresses, and says so.
         *
         * @param value more than zero
         * @return this
         */
        public Builder profileTimeLimit(Duration value) {
            this.profileTimeLimit = positive("profileTimeLimit", value);
            return this;
        }

        /**
         * How many profiles are kept; default 10 000.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxProfiles(int value) {
            this.maxProfiles = atLeast("maxProfiles", 1, value);
            return this;
        }

        /**
         * How many calls for chat lists and open chats this client has under way at once; default 8.
         *
         * @param value at least 1
         * @return this
         */
        public Builder callsInFlight(int value) {
            this.callsInFlight = atLeast("callsInFlight", 1, value);
            return this;
        }

        /**
         * How many other people a row names; default 10. How many there are it says anyway.
         *
         * @param value at least 1
         * @return this
         */
        public Builder peoplePerChat(int value) {
            this.peoplePerChat = atLeast("peoplePerChat", 1, value);
            return this;
        }

        /**
         * How many participants of all conversations are kept, so that who takes part is not read again; default 50 000. Kept
         * only where the event source tells who comes and goes.
         *
         * @param value 0 for none
         * @return this
         */
        public Builder cacheParticipants(int value) {
            this.cachedParticipants = atLeast("cacheParticipants", 0, value);
            return this;
        }

        /**
         * Keeps the last messages of conversations that were opened or listed, so that opening them again and listing them
         * costs no call; default none. Kept only where the event source tells of messages.
         *
         * @param messagesPerChat how many of each conversation, 1 to 100
         * @param characters how many characters in all, about; what was used longest ago is let go
         * @return this
         */
        public Builder cacheMessages(int messagesPerChat, long characters) {
            if (messagesPerChat < 1 || messagesPerChat > 100) {
                throw new IllegalArgumentException("messagesPerChat: must be 1 to 100, was " + messagesPerChat);
            }
            if (characters < 1) {
                throw new IllegalArgumentException("characters: must be at least 1, was " + characters);
            }
            this.messagesPerChat = messagesPerChat;
            this.cachedCharacters = characters;
            return this;
        }

        /**
         * How long after it was read something is kept at most, however well events keep it right; default 10 minutes. The
         * bound on what an event does that never came.
         *
         * @param value more than zero
         * @return this
         */
        public Builder cacheLifetime(Duration value) {
            this.cacheLifetime = positive("cacheLifetime", value);
            return this;
        }

        /**
         * How long after the last event that may have changed it the number of unread messages is asked for; default 1
         * second. Until then it is counted here, which can be wrong: Twilio documents neither whether own messages count nor what
         * a removal does, and its own counter follows with a small delay.
         *
         * @param value more than zero
         * @return this
         */
        public Builder recountAfter(Duration value) {
            this.recountAfter = positive("recountAfter", value);
            return this;
        }

        /**
         * Lets a participant's client read its chat list as soon as it is ready, so that the first who asks for it need not wait
         * for any call either; default false. Without meaning on a backend.
         *
         * @param value whether to do so
         * @return this
         */
        public Builder listAtStart(boolean value) {
            this.listAtStart = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return new options
         */
        public ChatOptions build() {
            return new ChatOptions(this);
        }

        private static int atLeast(String name, int least, int value) {
            if (value < least) {
                throw new IllegalArgumentException(name + ": must be at least " + least + ", was " + value);
            }
            return value;
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + ": must be more than zero, was " + value);
            }
            return value;
        }
    }
}
