package io.github.conversations4j.internal.rest;

import com.twilio.auth_strategy.AuthStrategy;
import io.github.conversations4j.CallCounts;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * All calls that are under way over one OkHttp client. Thread-safe.
 *
 * <p>The client is derived from the caller's, so that its connections, proxy and interceptors are used, and is stripped of
 * everything by which OkHttp sends a request again or elsewhere. Threads and line are always ours: OkHttp's dispatcher
 * keeps the limit of calls at once, and closing must not touch calls of the caller's own.
 */
final class Exchanges implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(300), Duration.ofSeconds(5), 0.5);

    private final RestOptions options;
    private final RestRuntime runtime;
    private final ThreadPoolExecutor threads;
    private final OkHttpClient client;
    private final @Nullable ConnectionPool ownConnections;
    private final Set<Exchange> live = ConcurrentHashMap.newKeySet();
    private final Object chance = new Object();
    private final InstantSource steady;
    private final CallTally tally = new CallTally();
    private final WriteLimiter limiter;
    private final @Nullable OAuthTokens tokens;
    /** Written once by close; read by every start after it has registered, so that none slips through. */
    private volatile boolean closed;

    Exchanges(RestOptions options, RestRuntime runtime, Endpoints endpoints, Credentials.@Nullable OAuthClient oauth) {
        this.options = options;
        this.runtime = runtime;
        this.steady = new SteadyTime(runtime.clock());
        this.limiter = new WriteLimiter(options.writeLimits(), steady, runtime.scheduler(), tally);
        this.tokens = oauth == null
                ? null
                : new OAuthTokens(
                        new TokenRoute(oauth, endpoints, options, runtime.clock(), this::start)::fetch,
                        runtime.clock());
        this.threads = threads();
        this.ownConnections = options.httpClient() == null ? new ConnectionPool() : null;
        this.client = client(endpoints);
    }

    private static ThreadPoolExecutor threads() {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "conversations4j-rest-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private OkHttpClient client(Endpoints endpoints) {
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(options.maxConcurrent());
        dispatcher.setMaxRequestsPerHost(options.maxConcurrent());
        OkHttpClient given = options.httpClient();
        OkHttpClient.Builder builder = given == null ? new OkHttpClient.Builder() : given.newBuilder();
        if (ownConnections != null) {
            builder.connectionPool(ownConnections);
        }
        return builder.dispatcher(dispatcher)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .callTimeout(options.attemptTimeout())
                .readTimeout(options.attemptTimeout())
                .writeTimeout(options.attemptTimeout())
                .addInterceptor(new Authorize(endpoints))
                .addNetworkInterceptor(new SendOnce())
                .build();
    }

    /** Starts a call; completed on a thread of ours, or of the scheduler. */
    CompletableFuture<Answer> start(Outgoing outgoing) {
        if (closed) {
            return CompletableFuture.failedFuture(new ClientClosedException(outgoing.action()));
        }
        Exchange exchange = new Exchange(this, outgoing, new RetryPolicy(options.maxRepeats(), PATIENCE, BACKOFF));
        live.add(exchange);
        CompletableFuture<Answer> result = exchange.start();
        if (closed) {
            exchange.abortBecauseClosed();
        }
        return result;
    }

    void forget(Exchange exchange) {
        live.remove(exchange);
    }

    Call newCall(Request request) {
        return client.newCall(request);
    }

    Cancellable schedule(Runnable task, Duration delay) {
        return runtime.scheduler().schedule(task, delay);
    }

    WriteLimiter limiter() {
        return limiter;
    }

    CallTally tally() {
        return tally;
    }

    /** Where bearer tokens come from; null if requests say themselves how they sign in. */
    @Nullable
    OAuthTokens tokens() {
        return tokens;
    }

    /** How the account signs in now, for requests that go another way. */
    CompletableFuture<String> authorization(AuthStrategy otherwise) {
        return tokens == null ? CompletableFuture.completedFuture(otherwise.getAuthString()) : tokens.authorization();
    }

    CallCounts counts() {
        return tally.counts(limiter.waiting());
    }

    /** For time limits: it never goes back. */
    Instant steadyNow() {
        return steady.instant();
    }

    /** For dates that Twilio gives. */
    Instant now() {
        return runtime.clock().instant();
    }

    /** The random generator may be any, so it is asked by one thread at a time. */
    Optional<RetryPolicy.Step> next(RetryPolicy policy, @Nullable Duration retryAfter) {
        synchronized (chance) {
            return policy.next(runtime.random(), retryAfter);
        }
    }

    int maxAnswerBytes() {
        return options.maxAnswerBytes();
    }

    Duration attemptTimeout() {
        return options.attemptTimeout();
    }

    /** How many calls have no result yet. */
    int underWay() {
        return live.size();
    }

    /** Gives up what is under way and takes nothing new. Does not wait. */
    @Override
    public void close() {
        closed = true;
        live.forEach(Exchange::abortBecauseClosed);
        threads.shutdown();
        evict();
    }

    /** Waits until no thread and no connection of ours is left; false if the time was not enough. */
    boolean awaitClosed(Duration limit) throws InterruptedException {
        boolean gone = threads.awaitTermination(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        evict();
        return gone;
    }

    private void evict() {
        if (ownConnections != null) {
            ownConnections.evictAll();
        }
    }
}
