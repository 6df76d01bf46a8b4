package io.github.conversations4j.emulator;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.internal.emulator.state.Behaviour;
import io.github.conversations4j.internal.wire.Sid;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an emulator is to be made: where it listens, what its account is called, which time it lives in, and what it does
 * where Twilio's behaviour is not documented. Immutable; may be used for several emulators.
 */
public final class EmulatorOptions {
    final InetAddress address;
    final int port;
    final @Nullable String accountSid;
    final @Nullable String authToken;
    final @Nullable String apiKey;
    final @Nullable String apiSecret;
    final @Nullable String serviceSid;
    final @Nullable Long seed;
    final InstantSource clock;
    final @Nullable Scheduler scheduler;
    final String linkBase;
    final Behaviour behaviour;
    final Duration mediaLinksLast;
    final Duration webhooksWait;

    private EmulatorOptions(Builder builder) {
        address = builder.address;
        port = builder.port;
        accountSid = builder.accountSid;
        authToken = builder.authToken;
        apiKey = builder.apiKey;
        apiSecret = builder.apiSecret;
        serviceSid = builder.serviceSid;
        seed = builder.seed;
        clock = builder.clock == null ? InstantSource.system() : builder.clock;
        scheduler = builder.scheduler;
        linkBase = builder.linkBase;
        behaviour = builder.behaviour.build();
        mediaLinksLast = builder.mediaLinksLast;
        webhooksWait = builder.webhooksWait;
    }

    /**
     * Starts a builder.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link EmulatorOptions}. Not thread-safe. */
    public static final class Builder {
        private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{32,}");

        private InetAddress address = InetAddress.getLoopbackAddress();
        private int port;
        private @Nullable String accountSid;
        private @Nullable String authToken;
        private @Nullable String apiKey;
        private @Nullable String apiSecret;
        private @Nullable String serviceSid;
        private @Nullable Long seed;
        private @Nullable InstantSource clock;
        private @Nullable Scheduler scheduler;
        private String linkBase = "https://conversations.twilio.com";
        private Duration mediaLinksLast = Duration.ofMinutes(5);
        private Duration webhooksWait = Duration.ofSeconds(5);
        private final Behaviour.Edit behaviour = Behaviour.DEFAULT.edit();

        private Builder() {}

        /**
         * Where the emulator listens; the default is the loopback interface, which nobody else can reach.
         *
         * @param value the address
         * @return this
         */
        public Builder address(InetAddress value) {
            this.address = Objects.requireNonNull(value, "address: must not be null");
            return this;
        }

        /**
         * The port; the default is any that is free.
         *
         * @param value 0 to 65535, 0 for any
         * @return this
         */
        public Builder port(int value) {
            if (value < 0 || value > 65_535) {
                throw new IllegalArgumentException("port: must be 0 to 65535, was " + value);
            }
            this.port = value;
            return this;
        }

        /**
         * The account; the default is made up.
         *
         * @param value {@code AC…}
         * @return this
         */
        public Builder accountSid(String value) {
            this.accountSid = sid("accountSid", "AC", value);
            return this;
        }

        /**
         * The auth token of the account, which also signs webhooks; the default is made up.
         *
         * @param value not blank
         * @return this
         */
        public Builder authToken(String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("authToken: must not be blank");
            }
            this.authToken = value;
            return this;
        }

        /**
         * The API key, which also signs access tokens; the default is made up.
         *
         * @param value {@code SK…}
         * @return this
         */
        public Builder apiKey(String value) {
            this.apiKey = sid("apiKey", "SK", value);
            return this;
        }

        /**
         * The secret of the API key; the default is made up.
         *
         * @param value at least 32 visible ASCII characters, as real ones have, because libraries for access tokens
         *     refuse shorter ones
         * @return this
         */
        public Builder apiSecret(String value) {
            if (!SECRET.matcher(value).matches()) {
                throw new IllegalArgumentException("apiSecret: must have at least 32 visible ASCII characters");
            }
            this.apiSecret = value;
            return this;
        }

        /**
         * The default service; the default is made up.
         *
         * @param value {@code IS…}
         * @return this
         */
        public Builder serviceSid(String value) {
            this.serviceSid = sid("serviceSid", "IS", value);
            return this;
        }

        /**
         * Makes everything that is made up (SIDs, secrets, skipped indexes) the same on every run.
         *
         * @param value the seed
         * @return this
         */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /**
         * What time it is for the emulator; the default is the clock of the system.
         *
         * @param value for tests, {@code testing.ManualTime}
         * @return this
         */
        public Builder clock(InstantSource value) {
            this.clock = Objects.requireNonNull(value, "clock: must not be null");
            return this;
        }

        /**
         * What runs the emulator's timers; the default is a daemon thread of its own.
         *
         * @param value for tests, {@code testing.ManualTime}; never closed by the emulator
         * @return this
         */
        public Builder scheduler(Scheduler value) {
            this.scheduler = Objects.requireNonNull(value, "scheduler: must not be null");
            return this;
        }

        /**
         * What the addresses in answers begin with; the default is Twilio's own host, because twilio-java follows no
         * other, and mangles those of hosts with two labels.
         *
         * @param value scheme and host, without a slash at the end
         * @return this
         */
        public Builder linkBase(String value) {
            if (value.isBlank() || value.endsWith("/")) {
                throw new IllegalArgumentException("linkBase: must be scheme and host without a slash, was " + value);
            }
            this.linkBase = value;
            return this;
        }

        /**
         * Whether a new message starts the state timers of its conversation anew; default true. The documentation speaks
         * of inactivity and does not say.
         *
         * @param value whether it does
         * @return this
         */
        public Builder messagesRestartTimers(boolean value) {
            behaviour.messagesRestartTimers = value;
            return this;
        }

        /**
         * Whether one's own messages count as unread; default true, as plain counting does. Not documented.
         *
         * @param value whether they do
         * @return this
         */
        public Builder ownMessagesUnread(boolean value) {
            behaviour.ownMessagesUnread = value;
            return this;
        }

        /**
         * Whether a page size above the maximum is refused with code 20007; default false, which cuts it down. Not
         * documented.
         *
         * @param value whether it is
         * @return this
         */
        public Builder refuseLargePages(boolean value) {
            behaviour.refuseLargePages = value;
            return this;
        }

        /**
         * How often the index of a message skips a number; default never. Twilio says that it happens.
         *
         * @param value from 0, never, to 1, always
         * @return this
         */
        public Builder skippedIndexes(double value) {
            behaviour.skippedIndexes = value;
            return this;
        }

        /**
         * How long a conversation that is made together with its participants stays {@code initializing}; the default,
         * zero, has it ready with the answer.
         *
         * @param value not negative
         * @return this
         */
        public Builder initializingFor(Duration value) {
            behaviour.initializingFor = value;
            return this;
        }

        /**
         * How many writes a conversation, and how many a service, takes in a second before it answers 429; the default, 0,
         * is any number. Twilio documents 30.
         *
         * @param value not negative
         * @return this
         */
        public Builder actionsPerSecond(int value) {
            behaviour.actionsPerSecond = value;
            return this;
        }

        /**
         * How long a temporary link to a media file is good; the default is five minutes. Twilio only says that the time
         * is limited.
         *
         * @param value longer than nothing
         * @return this
         */
        public Builder mediaLinksLast(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("mediaLinksLast: must be longer than nothing, was " + value);
            }
            this.mediaLinksLast = value;
            return this;
        }

        /**
         * How long the receiver of a webhook may take; the default is five seconds, as at Twilio. Shorter, a test of what
         * comes too late need not wait so long. Measured in real time.
         *
         * @param value longer than nothing
         * @return this
         */
        public Builder webhooksWait(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("webhooksWait: must be longer than nothing, was " + value);
            }
            this.webhooksWait = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return new options
         * @throws IllegalArgumentException if settings contradict each other; the message names them
         */
        public EmulatorOptions build() {
            if (scheduler == null && clock != null) {
                throw new IllegalArgumentException(
                        "clock: needs a scheduler that goes with it; without one timers follow the system's clock");
            }
            return new EmulatorOptions(this);
        }

        private static String sid(String name, String prefix, String value) {
            if (!Sid.is(prefix, value)) {
                throw new IllegalArgumentException(
                        name + ": must be " + prefix + " and 32 hexadecimal digits, was " + value);
            }
            return value;
        }
    }
}
