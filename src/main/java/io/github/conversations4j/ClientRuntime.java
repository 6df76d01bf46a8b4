package io.github.conversations4j;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.InitFailed;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.internal.commands.ClientIds;
import io.github.conversations4j.internal.delivery.Delivery;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.HookExecutors;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.internal.rest.RestClient;
import io.github.conversations4j.internal.rest.RestConversationsApi;
import io.github.conversations4j.internal.rest.RestOptions;
import io.github.conversations4j.internal.rest.RestRuntime;
import io.github.conversations4j.internal.time.SystemScheduler;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.SourceContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is made of, and the order in which it comes up and goes down. Thread-safe.
 *
 * <p>Up: executors, hooks, delivery, sources. Down: sources, delivery, hooks, executors; what the application handed in
 * stays as it is.
 */
final class ClientRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(ClientRuntime.class);
    private static final Duration UNSEEN_AFTER = Duration.ofSeconds(1);
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(15);
    private static final int IO_THREADS = 64;

    /** What the client fires itself, whatever its sources are. */
    private static final Set<EventType<?>> OWN_EVENTS = Set.of(
            EventType.INITIALIZED,
            EventType.INIT_FAILED,
            EventType.CONNECTION_STATE_CHANGED,
            EventType.CONNECTION_ERROR);

    private final ClientOptions options;
    private final @Nullable EventSource source;
    private final Set<EventType<?>> supported;

    // Made by us and closed by us; null where the application brought its own.
    private final @Nullable ExecutorService ownHookExecutor;
    private final @Nullable SystemScheduler ownScheduler;
    private final ExecutorService ioExecutor = HookExecutors.create("conversations4j-io", IO_THREADS);

    private final Executor hookExecutor;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Dispatcher dispatcher;
    private final Delivery delivery;
    private final ConnectedSources sources;
    private final @Nullable RestClient rest;
    private final OwnMessages own;
    private final Calls calls;
    private final CompletableFuture<Initialized> ready = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    ClientRuntime(ClientOptions options) {
        this.options = options;
        this.source = options.source;
        this.supported = supportedBy(source);
        if (options.hookExecutor == null) {
            ExecutorService made = HookExecutors.create("conversations4j-hook", options.hookThreads);
            this.ownHookExecutor = made;
            this.hookExecutor = made;
        } else {
            this.ownHookExecutor = null;
            this.hookExecutor = options.hookExecutor;
        }
        if (options.scheduler == null) {
            SystemScheduler made = new SystemScheduler("conversations4j-timer");
            this.ownScheduler = made;
            this.scheduler = made;
        } else {
            this.ownScheduler = null;
            this.scheduler = options.scheduler;
        }
        this.random = shared(options.random == null ? new SecureRandom() : options.random);
        this.own = ownMessages(options, random);
        this.dispatcher = new Dispatcher(
                hookExecutor,
                new QueueLimits(options.maxQueuedEvents, options.maxQueuedEventsPerConversation),
                options.middleware.stream()
                        .map(given -> given == OwnMessages.Filter.INSTANCE ? own.filter() : given)
                        .toList(),
                options.errorHandler == null ? ClientRuntime::log : options.errorHandler);
        this.delivery = new Delivery(dispatcher);
        this.sources = new ConnectedSources(new SourceContext(delivery, options.clock, scheduler, random, ioExecutor));
        this.rest = options.credentials == null ? null : rest(options.credentials);
        this.calls = new Calls(this, rest == null ? null : new RestConversationsApi(rest), own);
        delivery.observe(calls.outbox()::observe);
    }

    private RestClient rest(Credentials credentials) {
        Duration attempt = options.timeLimit.compareTo(LONGEST_ATTEMPT) < 0 ? options.timeLimit : LONGEST_ATTEMPT;
        RestOptions how = RestOptions.builder()
                .baseUrl(options.baseUrl)
                .httpClient(options.httpClient)
                .timeouts(attempt, options.timeLimit)
                .webhooks(options.webhooksForWrites)
                .build();
        return new RestClient(credentials, how, new RestRuntime(options.clock, scheduler, random, ioExecutor));
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
                .orElseGet(() -> credentials.authTokens().get(0));
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
        CompletionStage<Void> up = source == null ? CompletableFuture.completedFuture(null) : sources.connect(source);
        up.whenComplete((nothing, failure) -> {
            if (failure == null) {
                initialized();
            } else {
                initFailed(Failures.unwrap(failure));
            }
        });
    }

    private void initialized() {
        Initialized event = new Initialized(meta("initialized"), null);
        LOG.info("client is ready, events come from {}", source == null ? "nowhere" : source.name());
        dispatcher.dispatchAlways(event);
        ready.complete(event);
    }

    private void initFailed(Throwable cause) {
        if (closed.get()) {
            ready.completeExceptionally(new ClientClosedException("wait for the client to become ready"));
            return;
        }
        dispatcher.dispatchAlways(new InitFailed(meta("initFailed"), cause));
        dispatcher.report(null, "the client could not start", cause);
        ready.completeExceptionally(cause);
    }

    private EventMeta meta(String id) {
        return EventMeta.live(id, options.clock.instant(), EventMeta.CLIENT);
    }

    Deferred<Initialized> ready() {
        return deferred("ready", ready);
    }

    /** Makes a future for users of what Twilio is about to answer. */
    <T extends @Nullable Object> Deferred<T> deferred(String what, CompletionStage<T> stage) {
        return Deferred.of(
                stage,
                new Deferred.Terms(
                        what,
                        this::executeAnyway,
                        options.timeLimit,
                        this::later,
                        failure -> report(what + " failed and nobody looked at it", failure)));
    }

    /** Runs a task when whoever wants to look at a failure had the time to do so. */
    void later(Runnable task) {
        scheduler.schedule(task, UNSEEN_AFTER);
    }

    void report(String what, Throwable cause) {
        dispatcher.report(null, what, cause);
    }

    boolean isParticipant() {
        return options.isParticipant();
    }

    Calls calls() {
        return calls;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Executor hookExecutor() {
        return this::executeAnyway;
    }

    /** Runs a task on the hook executor, and here if that is shut down: an answer must reach who waits for it. */
    private void executeAnyway(Runnable task) {
        try {
            hookExecutor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
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
        return closed.get();
    }

    void requireOpen(String action) {
        if (closed.get()) {
            throw new ClientClosedException(action);
        }
    }

    boolean close(Duration limit) {
        if (closed.getAndSet(true)) {
            return true;
        }
        if (dispatcher.isInsideHook()) {
            // The hook that asks would wait for itself.
            Thread closer = new Thread(() -> takeDown(limit), "conversations4j-close");
            closer.setDaemon(true);
            closer.start();
            return false;
        }
        return takeDown(limit);
    }

    private boolean takeDown(Duration limit) {
        boolean ended = sources.close(limit);
        delivery.close();
        ended &= dispatcher.close(limit);
        ready.completeExceptionally(new ClientClosedException("wait for the client to become ready"));
        ended &= closeRest(limit);
        calls.outbox().close();
        if (ownScheduler != null) {
            ownScheduler.close();
        }
        ended &= shutDown(ioExecutor, limit);
        if (ownHookExecutor != null) {
            ended &= shutDown(ownHookExecutor, limit);
        }
        LOG.info("client is closed");
        return ended;
    }

    private boolean closeRest(Duration limit) {
        if (rest == null) {
            return true;
        }
        rest.close();
        try {
            return rest.awaitClosed(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean shutDown(ExecutorService executor, Duration limit) {
        executor.shutdown();
        try {
            if (executor.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
        return false;
    }
}
