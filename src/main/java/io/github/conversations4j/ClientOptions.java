package io.github.conversations4j;

import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.token.TokenProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How a client is to be made. Immutable; may be used for several clients.
 *
 * <p>What is handed in (executor, scheduler, HTTP client) is never closed by the library.
 */
public final class ClientOptions {
    final @Nullable TokenProvider tokenProvider;
    final @Nullable Credentials credentials;
    final @Nullable EventSource source;
    final List<Middleware> middleware;
    final @Nullable ErrorHandler errorHandler;
    final @Nullable Executor hookExecutor;
    final int hookThreads;
    final int maxQueuedEvents;
    final int maxQueuedEventsPerConversation;
    final InstantSource clock;
    final @Nullable Scheduler scheduler;
    final @Nullable RandomGenerator random;
    final @Nullable OkHttpClient httpClient;
    final @Nullable String baseUrl;
    final Duration timeLimit;
    final @Nullable Backoff reconnects;
    final boolean webhooksForWrites;
    final WriteLimits writeLimits;
    final @Nullable String sender;
    final Duration sweepEvery;
    final ChatOptions chats;
    final DeliveryOptions delivery;

    private ClientOptions(Builder builder) {
        tokenProvider = builder.tokenProvider;
        credentials = builder.credentials;
        source = builder.source;
        middleware = List.copyOf(builder.middleware);
        errorHandler = builder.errorHandler;
        hookExecutor = builder.hookExecutor;
        hookThreads = builder.hookThreads;
        maxQueuedEvents = builder.maxQueuedEvents;
        maxQueuedEventsPerConversation = builder.maxQueuedEventsPerConversation;
        clock = builder.clock;
        scheduler = builder.scheduler;
        random = builder.random;
        httpClient = builder.httpClient;
        baseUrl = builder.baseUrl;
        timeLimit = builder.timeLimit;
        reconnects = builder.reconnects;
        webhooksForWrites = builder.webhooksForWrites;
        writeLimits = builder.writeLimits;
        sender = builder.sender;
        sweepEvery = builder.sweepEvery;
        chats = builder.chats;
        delivery = builder.delivery;
    }

    /**
     * A participant: a program that acts as one identity, with an access token of it.
     *
     * <p><b>Experimental.</b> It speaks the protocol of Twilio's own clients, which Twilio does not document and may change. It
     * was tried on the emulator, beside Twilio's JavaScript client, and by nobody on a real account yet.
     *
     * @param tokens gives an access token; called at the start and again before every expiry
     * @return a builder
     */
    public static Builder participant(TokenProvider tokens) {
        return new Builder(Objects.requireNonNull(tokens, "tokens: must not be null"), null);
    }

    /**
     * A back end: a program with the credentials of the account.
     *
     * @param credentials the credentials
     * @return a builder
     */
    public static Builder backend(Credentials credentials) {
        return new Builder(null, Objects.requireNonNull(credentials, "credentials: must not be null"));
    }

    boolean isParticipant() {
        return tokenProvider != null;
    }

    /** Builds {@link ClientOptions}. Not thread-safe. */
    public static final class Builder {
        private final @Nullable TokenProvider tokenProvider;
        private final @Nullable Credentials credentials;
        private final List<Middleware> middleware = new ArrayList<>();
        private @Nullable EventSource source;
        private @Nullable ErrorHandler errorHandler;
        private @Nullable Executor hookExecutor;
        private int hookThreads = 256;
        private boolean hookThreadsSet;
        private int maxQueuedEvents = 10_000;
        private int maxQueuedEventsPerConversation = 1_000;
        private InstantSource clock = InstantSource.system();
        private @Nullable Scheduler scheduler;
        private @Nullable RandomGenerator random;
        private @Nullable OkHttpClient httpClient;
        private @Nullable String baseUrl;
        private Duration timeLimit = Duration.ofSeconds(30);
        private @Nullable Backoff reconnects;
        private boolean webhooksForWrites = true;
        private WriteLimits writeLimits = WriteLimits.documented();
        private @Nullable String sender;
        private Duration sweepEvery = Duration.ofMinutes(15);
        private ChatOptions chats = ChatOptions.DEFAULT;
        private DeliveryOptions delivery = DeliveryOptions.DEFAULT;

        private Builder(@Nullable TokenProvider tokenProvider, @Nullable Credentials credentials) {
            this.tokenProvider = tokenProvider;
            this.credentials = credentials;
        }

        /**
         * Where a back end gets its events from; without one it has commands and queries only. A participant's client
         * brings its own source.
         *
         * @param value the source, or several joined with {@link EventSource#and}
         * @return this
         */
        public Builder source(EventSource value) {
            this.source = Objects.requireNonNull(value, "source: must not be null");
            return this;
        }

        /**
         * Adds middleware behind what was added before.
         *
         * @param value runs around the hooks of every event
         * @return this
         */
        public Builder middleware(Middleware value) {
            middleware.add(Objects.requireNonNull(value, "middleware: must not be null"));
            return this;
        }

        /**
         * Who is told what goes wrong while nobody waits; the default logs it.
         *
         * @param value the handler
         * @return this
         */
        public Builder errorHandler(ErrorHandler value) {
            this.errorHandler = Objects.requireNonNull(value, "errorHandler: must not be null");
            return this;
        }

        /**
         * What hooks run on. The default is a virtual thread per conversation that has something to do, and on a JVM
         * without them a pool that grows up to {@link #hookThreads}.
         *
         * @param value the executor; never shut down by the library. One that runs tasks on the calling thread makes
         *     hooks of a backend run on the thread of the source; on a participant's client, where that thread reads the
         *     answers of commands too, such a task goes to a thread of the library. One that refuses a task has the event
         *     refused, as if there were no room; what was taken in before waits until it takes tasks again
         * @return this
         */
        public Builder hookExecutor(Executor value) {
            this.hookExecutor = Objects.requireNonNull(value, "hookExecutor: must not be null");
            return this;
        }

        /**
         * How many threads hooks may have on a JVM without virtual ones; default 256. When all are busy, hooks of
         * further conversations wait, and a warning is logged once.
         *
         * @param value at least 1
         * @return this
         */
        public Builder hookThreads(int value) {
            this.hookThreads = atLeastOne("hookThreads", value);
            this.hookThreadsSet = true;
            return this;
        }

        /**
         * How many events may wait for hooks or be with them; default 10 000. Beyond that sources are refused, which
         * slows them down.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxQueuedEvents(int value) {
            this.maxQueuedEvents = atLeastOne("maxQueuedEvents", value);
            return this;
        }

        /**
         * How many events of one conversation may wait for hooks or be with them; default 1 000.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxQueuedEventsPerConversation(int value) {
            this.maxQueuedEventsPerConversation = atLeastOne("maxQueuedEventsPerConversation", value);
            return this;
        }

        /**
         * What time it is; the default is the clock of the system.
         *
         * @param value for tests, {@code testing.ManualTime}
         * @return this
         */
        public Builder clock(InstantSource value) {
            this.clock = Objects.requireNonNull(value, "clock: must not be null");
            return this;
        }

        /**
         * What runs things later; the default is a daemon thread of the client.
         *
         * @param value for tests, {@code testing.ManualTime}
         * @return this
         */
        public Builder scheduler(Scheduler value) {
            this.scheduler = Objects.requireNonNull(value, "scheduler: must not be null");
            return this;
        }

        /**
         * The chance in jitter and in ids; the default is a {@link java.security.SecureRandom}.
         *
         * @param value for tests, one with a seed
         * @return this
         */
        public Builder random(RandomGenerator value) {
            this.random = Objects.requireNonNull(value, "random: must not be null");
            return this;
        }

        /**
         * The HTTP client whose connection pool, proxy, TLS and interceptors are used; the default is one of the
         * client's own. Its resends and redirects are switched off in the copy that is used.
         *
         * @param value the client; never closed by the library
         * @return this
         */
        public Builder httpClient(OkHttpClient value) {
            this.httpClient = Objects.requireNonNull(value, "httpClient: must not be null");
            return this;
        }

        /**
         * One server in place of every host of Twilio, such as the emulator.
         *
         * @param value for example {@code http://127.0.0.1:8090}; plain http only towards the loopback interface
         * @return this
         */
        public Builder baseUrl(String value) {
            this.baseUrl = Objects.requireNonNull(value, "baseUrl: must not be null");
            return this;
        }

        /**
         * How long {@link Deferred#await()} waits, and how long a call may take in all; default 30 seconds.
         *
         * @param value more than zero
         * @return this
         */
        public Builder timeLimit(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("timeLimit: must be more than zero, was " + value);
            }
            this.timeLimit = value;
            return this;
        }

        /**
         * How long a participant's client waits before it connects again: the first time, and at most, after doubling the
         * wait each time. Up to a fifth is added or taken by chance. The default is 1 s and 120 s, as in Twilio's own
         * client; shorter ones are for a local server.
         *
         * @param first the first wait, more than zero
         * @param longest the longest wait, not shorter than the first
         * @return this
         */
        public Builder reconnectDelays(Duration first, Duration longest) {
            this.reconnects = new Backoff(first, longest, 0.2);
            return this;
        }

        /**
         * Whether the writes of a back end fire webhooks, as those of everybody else do; default true. Twilio is silent
         * about REST writes unless asked, so that without it the hooks of all clients miss what this one does.
         *
         * @param value whether to ask for webhooks
         * @return this
         * @see <a href="https://www.twilio.com/docs/conversations/conversations-webhooks">Conversations Webhooks</a>
         */
        public Builder webhooksForWrites(boolean value) {
            this.webhooksForWrites = value;
            return this;
        }

        /**
         * How many writes a back end sends in a second; the default is what Twilio documents. A participant's writes go
         * through its session and are not limited here.
         *
         * @param value the limits
         * @return this
         */
        public Builder writeLimits(WriteLimits value) {
            this.writeLimits = Objects.requireNonNull(value, "writeLimits: must not be null");
            return this;
        }

        /**
         * A name under which clients recognise each other's messages as their own, such as several processes of one bot,
         * or one before and after a restart; see {@link Middleware#ignoreOwnMessages()}. The default is a name of chance.
         * Backends recognise each other only with the same credentials.
         *
         * @param value the name, not blank
         * @return this
         */
        public Builder sender(String value) {
            this.sender = Arguments.text("sender", value);
            return this;
        }

        /**
         * How often a back end that has only webhooks reads everything over REST, to find what they missed: webhooks are
         * sent once, and a lost last message, a change, a removal, a new conversation or participant leaves no hole. The
         * default is 15 minutes, which is also how late such a thing can be found. It takes two calls for each
         * conversation that is not closed and one for every hundred, spread over the period: about 142 a minute for a
         * thousand. Without meaning for a client that polls.
         *
         * @param period at least a second; zero for never
         * @return this
         * @see ConversationsClient#polling()
         */
        public Builder sweepEvery(Duration period) {
            if (!period.isZero() && period.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(
                        "sweepEvery: must be at least 1 s, or zero for never, was " + period);
            }
            this.sweepEvery = period;
            return this;
        }

        /**
         * How chat lists and open chats are read and kept.
         *
         * @param value who knows the names and pictures of people, how many calls at once, what is kept
         * @return this
         */
        public Builder chats(ChatOptions value) {
            this.chats = Objects.requireNonNull(value, "chats: must not be null");
            return this;
        }

        /**
         * How the promise is kept: order, positions that outlive the process, hooks that fail.
         *
         * @param value the options
         * @return this
         */
        public Builder delivery(DeliveryOptions value) {
            this.delivery = Objects.requireNonNull(value, "delivery: must not be null");
            return this;
        }

        /**
         * Makes the options.
         *
         * @return new options
         * @throws IllegalArgumentException if settings contradict each other; the message names them
         */
        public ClientOptions build() {
            if (tokenProvider != null && source != null) {
                throw new IllegalArgumentException("source: a participant's client brings its own realtime source;"
                        + " use ClientOptions.backend(…) for " + source.name());
            }
            if (credentials != null && reconnects != null) {
                throw new IllegalArgumentException(
                        "reconnectDelays: only a participant's client has a connection of its own");
            }
            if (tokenProvider != null && delivery.cursors != null && delivery.cursorScope == null) {
                throw new IllegalArgumentException(
                        "cursorScope: must be set for a participant's client, whose identity is not known beforehand");
            }
            if (hookExecutor != null && hookThreadsSet) {
                throw new IllegalArgumentException(
                        "hookThreads: has no effect together with hookExecutor; set one of them");
            }
            if (maxQueuedEventsPerConversation > maxQueuedEvents) {
                throw new IllegalArgumentException("maxQueuedEventsPerConversation: " + maxQueuedEventsPerConversation
                        + " is more than maxQueuedEvents, " + maxQueuedEvents);
            }
            return new ClientOptions(this);
        }

        private static int atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": must be at least 1, was " + value);
            }
            return value;
        }
    }
}
