package io.github.conversations4j;

import com.twilio.http.TwilioRestClient;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.InitFailed;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.ClientIds;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.HookThreads;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.internal.realtime.RealtimeConnection;
import io.github.conversations4j.internal.realtime.RealtimeOptions;
import io.github.conversations4j.internal.realtime.RealtimeSource;
import io.github.conversations4j.internal.realtime.session.SessionSettings;
import io.github.conversations4j.internal.rest.RestWebhooks;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.Deadline;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.internal.time.Timers;
import io.github.conversations4j.internal.webhook.Decisions;
import io.github.conversations4j.source.CombinedSource;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.source.WebhookSource;
import io.github.conversations4j.token.TokenMinter;
import io.github.conversations4j.token.TokenProvider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is made of, and the order in which it comes up and goes down. Thread-safe.
 *
 * <p>Up: threads, hooks, delivery, sources. Down: sources, delivery, hooks, threads; what the application handed in
 * stays as it is.
 *
 * <p>States: <em>open</em>; <em>closing</em> from the first {@link #close} on, which one thread carries out while
 * others that close wait for it; <em>closed</em>.
 */
final class ClientRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(ClientRuntime.class);

    /** What the client fires itself, whatever its sources are. */
    static final Set<EventType<?>> OWN_EVENTS = Set.of(
            EventType.INITIALIZED,
            EventType.INIT_FAILED,
            EventType.CONNECTION_STATE_CHANGED,
            EventType.CONNECTION_ERROR,
            EventType.EVENTS_MISSED);

    private final ClientOptions options;
    private final @Nullable EventSource source;
    private final Set<EventType<?>> supported;
    private final ClientThreads threads;
    private final RandomGenerator random;
    /** Of what goes on by itself: hooks that are called again, delivery, the question for the credentials. */
    private final Timers timers;

    private final Webhooks webhooks = new Webhooks(this);
    private final Dispatcher dispatcher;
    private final DeliverySide delivery;
    private final Decisions decisions;
    private final ConnectedSources sources;
    private final SafetyNet safetyNet;
    private final Answers answers;
    private final @Nullable RestSide rest;
    private final @Nullable ConversationsApi restApi;
    private final @Nullable CredentialCheck credentialCheck;
    private final Calls calls;
    private volatile CompletableFuture<Initialized> ready = new CompletableFuture<>();
    private final Closing closing = new Closing();

    ClientRuntime(ClientOptions options) {
        this.options = options;
        this.source = options.tokenProvider == null ? options.source : realtime(options, options.tokenProvider);
        this.supported = supportedBy(source);
        this.threads = new ClientThreads(options);
        this.random = shared(options.random == null ? new SecureRandom() : options.random);
        OwnMessages own = ownMessages(options, random);
        this.timers = new Timers(threads.scheduler());
        Surroundings surroundings = new Surroundings(options.clock, timers, random);
        this.dispatcher = new Dispatcher(
                new HookThreads(threads.hooks(), surroundings),
                new QueueLimits(options.maxQueuedEvents, options.maxQueuedEventsPerConversation),
                options.middleware.stream()
                        .map(given -> given == OwnMessages.Filter.INSTANCE ? own.filter() : given)
                        .toList(),
                options.errorHandler == null ? ClientRuntime::log : options.errorHandler,
                DeliverySide.retries(options.delivery));
        this.delivery = new DeliverySide(options, dispatcher, surroundings, threads.io());
        this.decisions = new Decisions(threads.hooks(), this::report);
        this.rest = options.credentials == null ? null : new RestSide(options.credentials, options, threads, random);
        this.restApi = rest == null ? null : rest.api();
        ConversationsApi pollingApi = rest == null ? null : rest.pollingApi();
        SourceContext context =
                new SourceContext(delivery.delivery(), options.clock, threads.scheduler(), random, threads.io());
        this.sources = new ConnectedSources(
                new SourceOpener(
                        options.credentials,
                        pollingApi,
                        !(source instanceof CombinedSource),
                        decisions,
                        context,
                        threads.receiving()),
                dispatcher::dispatchAlways);
        this.safetyNet = new SafetyNet(options, pollingApi, context, sources, dispatcher::dispatchAlways);
        this.answers = new Answers(threads, options.clock, options.timeLimit, this::report);
        this.credentialCheck = restApi == null ? null : new CredentialCheck(restApi, dispatcher, surroundings);
        this.calls = new Calls(this, this::api, own);
        delivery.delivery().observe(calls.outbox()::observe);
        delivery.delivery().observe((event, later) -> safetyNet.heard(event));
        delivery.delivery().observe((event, later) -> calls.chats().observe(event));
        delivery.delivery().onRoom(safetyNet::room);
        delivery.recoverWith(this::api, safetyNet::with);
    }

    /** A generator that is used by several threads; the caller's may not be made for it. */
    private static RandomGenerator shared(RandomGenerator random) {
        return () -> {
            synchronized (random) {
                return random.nextLong();
            }
        };
    }

    private static OwnMessages ownMessages(ClientOptions options, RandomGenerator random) {
        String sender = options.sender;
        ClientIds ids = sender == null
                ? ClientIds.unshared(random)
                : ClientIds.shared(sender, options.credentials == null ? sender : secret(options.credentials), random);
        return new OwnMessages(ids, options.isParticipant());
    }

    private static String secret(Credentials credentials) {
        return credentials
                .apiKey()
                .map(Credentials.ApiKey::secret)
                .or(() -> credentials.oauth().map(Credentials.OAuthClient::secret))
                .orElseGet(() -> credentials.authTokens().get(0));
    }

    private static RealtimeSource realtime(ClientOptions options, TokenProvider tokens) {
        RealtimeOptions where =
                options.baseUrl == null ? RealtimeOptions.twilio(null) : RealtimeOptions.at(options.baseUrl);
        SessionSettings session = options.reconnects == null
                ? SessionSettings.DEFAULT
                : SessionSettings.DEFAULT.withBackoff(options.reconnects);
        return new RealtimeSource(where.over(options.httpClient).with(session), tokens);
    }

    private static Set<EventType<?>> supportedBy(@Nullable EventSource source) {
        Set<EventType<?>> all = new HashSet<>(OWN_EVENTS);
        if (source != null) {
            all.addAll(source.events());
        }
        return Set.copyOf(all);
    }

    private static void log(ErrorReport report) {
        LOG.error("{}", report.what(), report.cause());
    }

    void connect() {
        CompletionStage<Void> up = source == null ? CompletableFuture.completedFuture(null) : begin(source);
        CompletionStage<Void> accepted =
                credentialCheck == null ? CompletableFuture.completedFuture(null) : credentialCheck.run();
        ConnectedSources.all(up.toCompletableFuture(), accepted.toCompletableFuture())
                .thenCompose(nothing -> user())
                .handle((identity, failure) -> {
                    if (closing.hasBegun()) {
                        LOG.debug("client was closed while it started");
                    } else if (failure == null) {
                        initialized(identity);
                    } else {
                        initFailed(Causes.of(failure));
                        sources.open(RealtimeConnection.class).forEach(this::awaitAfterAll);
                    }
                    return null;
                })
                .exceptionally(failure -> {
                    report("what follows the start of the client failed", Causes.of(failure));
                    return null;
                });
    }

    private CompletionStage<Void> begin(EventSource from) {
        return options.delivery.cursors == null
                ? sources.connect(from)
                : delivery.open().thenCompose(nothing -> sources.connect(from));
    }

    /** Who the user of a participant's client is; null on a backend. */
    private CompletionStage<@Nullable String> user() {
        List<RealtimeConnection> realtime = sources.open(RealtimeConnection.class);
        return realtime.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : realtime.get(0).identity().thenApply(identity -> identity);
    }

    private void initialized(@Nullable String identity) {
        calls.outbox().own().connectedAs(identity);
        Initialized event = new Initialized(meta("initialized"), identity);
        LOG.info("client is ready, events come from {}", source == null ? "nowhere" : source.name());
        dispatcher.dispatchAlways(event);
        ready.complete(event);
        delivery.catchUp(restApi);
        safetyNet.start();
        calls.chats().started(identity);
        if (receivesWebhooks() && rest != null) {
            webhooks.checkAtStart();
        }
    }

    private void initFailed(Throwable cause) {
        dispatcher.dispatchAlways(new InitFailed(meta("initFailed"), cause));
        dispatcher.report(null, "the client could not start", cause);
        ready.completeExceptionally(cause);
    }

    /** The realtime source goes on trying, and what refused it may be put right. */
    private void awaitAfterAll(RealtimeConnection realtime) {
        realtime.up()
                .thenCompose(nothing -> realtime.identity())
                .thenAccept(identity -> {
                    ready = new CompletableFuture<>();
                    if (closing.hasBegun()) {
                        failReadyOfClosed();
                    } else {
                        initialized(identity);
                    }
                })
                .exceptionally(failure -> {
                    if (!closing.hasBegun()) {
                        report("what follows the late start of the client failed", Causes.of(failure));
                    }
                    return null;
                });
    }

    private void failReadyOfClosed() {
        ready.completeExceptionally(new ClientClosedException("wait for the client to become ready"));
    }

    private EventMeta meta(String id) {
        return EventMeta.live(id, options.clock.instant(), EventMeta.CLIENT);
    }

    Deferred<Initialized> ready() {
        return deferred("wait for the client to become ready", ready);
    }

    /** Makes a future for users of what Twilio is about to answer. */
    <T extends @Nullable Object> Deferred<T> deferred(String what, CompletionStage<T> stage) {
        return Deferred.of(stage, what, answers);
    }

    /** Runs a task when whoever wants to look at a failure had the time to do so. */
    void later(Runnable task) {
        answers.later(task);
    }

    void report(String what, Throwable cause) {
        dispatcher.report(null, what, cause);
    }

    /** Who the user of a participant's client is; fails on a backend. */
    CompletionStage<String> identity() {
        return ready.thenApply(event -> {
            if (event.identity() == null) {
                throw new UnsupportedByClientException(
                        "act as a participant", "a backend is no participant. Use client.as(identity)");
            }
            return event.identity();
        });
    }

    boolean isParticipant() {
        return options.isParticipant();
    }

    TwilioRestClient twilio() {
        return rest("use twilio-java").twilio();
    }

    CallCounts callCounts() {
        return rest("count calls").counts();
    }

    private RestSide rest(String what) {
        if (rest == null) {
            throw new UnsupportedByClientException(
                    what, "a participant's client has no credentials of the account; use a backend's client");
        }
        return rest;
    }

    RestWebhooks restWebhooks() {
        return rest("webhook settings").webhooks();
    }

    Calls calls() {
        return calls;
    }

    InstantSource clock() {
        return options.clock;
    }

    Webhooks webhooks() {
        return webhooks;
    }

    TokenMinter tokens() {
        Credentials credentials = options.credentials;
        if (credentials == null) {
            throw new UnsupportedByClientException(
                    "tokens", "a participant's client has no API key to sign with; ask your backend for a token");
        }
        return Minting.minter(credentials, options.clock, random);
    }

    boolean receivesWebhooks() {
        return source != null && receivesWebhooks(source);
    }

    private static boolean receivesWebhooks(EventSource source) {
        return source instanceof CombinedSource both
                ? receivesWebhooks(both.first()) || receivesWebhooks(both.second())
                : source instanceof WebhookSource;
    }

    Decisions decisions() {
        return decisions;
    }

    /** The way to Twilio: REST for a back end, the tunnel of its session for a participant; null if there is none. */
    private @Nullable ConversationsApi api() {
        if (restApi != null) {
            return restApi;
        }
        List<RealtimeConnection> realtime = sources.open(RealtimeConnection.class);
        return realtime.isEmpty() ? null : realtime.get(0).api();
    }

    ConnectedSources sources() {
        return sources;
    }

    SafetyNet safetyNet() {
        return safetyNet;
    }

    ClientOptions options() {
        return options;
    }

    RandomGenerator random() {
        return random;
    }

    ClientThreads threads() {
        return threads;
    }

    Set<EventType<?>> supported() {
        return supported;
    }

    @Nullable
    EventSource source() {
        return source;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    boolean isClosed() {
        return closing.hasBegun();
    }

    void requireOpen(String action) {
        if (closing.hasBegun()) {
            throw new ClientClosedException(action);
        }
    }

    /** See {@link ConversationsClient#close(Duration)}. */
    boolean close(Duration limit) {
        Arguments.given("limit", limit);
        boolean inside = threads.contains(Thread.currentThread()) || dispatcher.isInsideHook();
        return closing.run(limit, inside, this::takeDown);
    }

    private boolean takeDown(Duration limit) {
        ClosingSteps steps = new ClosingSteps(new Deadline(options.clock, limit), this::report);
        // First, because hooks may be waiting for it.
        failReadyOfClosed();
        if (credentialCheck != null) {
            steps.run("stopping the question for the credentials", credentialCheck::stop);
        }
        steps.run("stopping the safety net", safetyNet::close);
        steps.await("stopping the sources", sources::close);
        steps.run("stopping before hooks", decisions::close);
        steps.run("stopping delivery", delivery::stop);
        steps.await("finishing hooks", deadline -> dispatcher.close(deadline.left()));
        steps.await("saving the cursors", delivery::close);
        steps.run("stopping timers", timers::close);
        steps.run("giving up sent messages", calls.outbox()::close);
        steps.run("stopping chats", calls.chats()::close);
        steps.await("giving up calls", deadline -> rest == null || rest.close(deadline));
        steps.await("ending threads", threads::close);
        LOG.info("client is closed");
        return steps.isComplete();
    }
}
