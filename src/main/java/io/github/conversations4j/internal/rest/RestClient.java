package io.github.conversations4j.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.auth_strategy.AuthStrategy;
import com.twilio.auth_strategy.BasicAuthStrategy;
import com.twilio.http.HttpMethod;
import com.twilio.http.TwilioRestClient;
import io.github.conversations4j.CallCounts;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Refusals;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.media.MediaClient;
import io.github.conversations4j.internal.media.MediaOptions;
import io.github.conversations4j.internal.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls Twilio's REST API as one account: JSON in, typed failures out, pages. Thread-safe. Nothing blocks; results are
 * completed on the executor of the runtime, and cancelling one gives its call up.
 *
 * <p>A write whose answer was lost, unreadable or a server error fails as outcome unknown.
 */
public final class RestClient implements AutoCloseable {
    private static final int FILES_PER_MESSAGE = 1;
    private static final Logger log = LoggerFactory.getLogger(RestClient.class);
    /** The only value of its type, which null checkers do not know. */
    @SuppressWarnings("NullAway")
    private static final Void NOTHING = null;

    private final RestRuntime runtime;
    private final RestOptions options;
    private final Exchanges exchanges;
    private final TwilioHttp http;
    private final AuthStrategy authStrategy;
    private final TwilioRestClient twilio;
    private final @Nullable String serviceSid;
    private final MediaClient media;
    private final boolean repeatsAfter429;

    /**
     * Makes a client. Nothing is called before the first request.
     *
     * @param credentials who calls
     * @param options how
     * @param runtime time, chance and threads
     * @throws IllegalArgumentException if the base URL can not be used
     */
    public RestClient(Credentials credentials, RestOptions options, RestRuntime runtime) {
        this.runtime = runtime;
        this.options = options;
        String region = credentials.region().orElse(null);
        String edge = credentials.edge().orElse(null);
        Endpoints endpoints = new Endpoints(options.baseUrl(), region, edge);
        this.exchanges =
                new Exchanges(options, runtime, endpoints, credentials.oauth().orElse(null));
        this.http = new TwilioHttp(new Translation(endpoints, options.callTimeout()), exchanges);
        this.authStrategy = authStrategy(credentials);
        this.serviceSid = credentials.serviceSid().orElse(null);
        this.twilio = new TwilioRestClient.Builder(authStrategy)
                .accountSid(credentials.accountSid())
                .region(region)
                .edge(edge)
                .httpClient(http)
                .build();
        this.media = new MediaClient(
                new RestMediaDoor(this, endpoints, () -> exchanges.authorization(authStrategy), serviceSid),
                new MediaOptions(
                        FILES_PER_MESSAGE,
                        options.httpClient(),
                        runtime.scheduler(),
                        runtime.random(),
                        runtime.executor()));
        this.repeatsAfter429 = true;
    }

    private RestClient(RestClient same, boolean repeatsAfter429) {
        this.runtime = same.runtime;
        this.options = same.options;
        this.exchanges = same.exchanges;
        this.http = same.http;
        this.authStrategy = same.authStrategy;
        this.twilio = same.twilio;
        this.serviceSid = same.serviceSid;
        this.media = same.media;
        this.repeatsAfter429 = repeatsAfter429;
    }

    /**
     * The same client for a caller who asks for less by itself when Twilio wants that: its calls fail when they are refused
     * for their rate, and are not repeated.
     *
     * @return a view of this client, closed with it
     */
    public RestClient failingAfter429() {
        return new RestClient(this, false);
    }

    private static AuthStrategy authStrategy(Credentials credentials) {
        if (credentials.oauth().isPresent()) {
            return new BearerStrategy();
        }
        return credentials
                .apiKey()
                .map(key -> new BasicAuthStrategy(key.sid(), key.secret()))
                .orElseGet(() -> new BasicAuthStrategy(
                        credentials.accountSid(), credentials.authTokens().get(0)));
    }

    /**
     * The client of twilio-java for everything that is not wrapped here, over the same connections, with the same care for
     * writes and secrets. Its calls block, and fail with twilio-java's exceptions.
     *
     * @return the same object each time
     */
    public TwilioRestClient twilio() {
        return twilio;
    }

    /** Files, which another service keeps. */
    MediaClient media() {
        return media;
    }

    /**
     * Counts what was sent and held back, by us and through {@link #twilio}.
     *
     * @return the counts of now
     */
    public CallCounts counts() {
        return exchanges.counts();
    }

    /** Whether writes ask for webhooks. */
    boolean webhooks() {
        return options.webhooks();
    }

    /** The service that the client speaks for; null for the account's default one. */
    @Nullable
    String serviceSid() {
        return serviceSid;
    }

    /** The path of a resource of the configured service, or of the account's default one. */
    List<String> path(String... segments) {
        List<String> path = new ArrayList<>(segments.length + 3);
        path.add("v1");
        if (serviceSid != null) {
            path.add("Services");
            path.add(serviceSid);
        }
        path.addAll(List.of(segments));
        return path;
    }

    /** Sends a request and decodes its answer. */
    <T> CompletableFuture<T> send(TwilioRequest request, Function<JsonNode, T> decoder) {
        return exchange(request, answer -> decoder.apply(answer.json(request.action())));
    }

    /** Sends a request whose answer says nothing more. */
    CompletableFuture<Void> send(TwilioRequest request) {
        return exchange(request, answer -> NOTHING);
    }

    /**
     * Reads one page of a list. The link to the next page is used as Twilio gave it, and checked like every URL.
     *
     * @param first the request for the first page; its action is used for all of them
     * @param list what is listed
     * @param page which page
     */
    <T> CompletableFuture<Slice<T>> page(TwilioRequest first, ListOf<T> list, PageRequest page) {
        String link = page.next();
        TwilioRequest request = link == null
                ? first.query("PageSize", Math.min(page.size(), list.largestPage()))
                : TwilioRequest.link(first.action(), link);
        String asked = request.exactUrl();
        return send(request, tree -> endIfRepeated(request.action(), asked, list.slice(tree)));
    }

    private static <T> Slice<T> endIfRepeated(String action, String asked, Slice<T> slice) {
        if (!asked.equals(slice.next())) {
            return slice;
        }
        log.warn("{}: Twilio's link to the next page leads to the same page; the list ends there", action);
        return new Slice<>(slice.items(), null);
    }

    private <T> CompletableFuture<T> exchange(TwilioRequest request, Function<Answer, T> decoder) {
        request.setAuth(authStrategy);
        if (!repeatsAfter429) {
            request.onceAfter429();
        }
        CompletableFuture<Answer> sent = http.send(request);
        CompletableFuture<T> result = new CompletableFuture<>();
        sent.whenComplete((answer, failure) -> {
            if (failure != null) {
                handOver(() -> result.completeExceptionally(failure));
                return;
            }
            try {
                T decoded = decode(request, answer, decoder);
                handOver(() -> result.complete(decoded));
            } catch (RuntimeException unusable) {
                handOver(() -> result.completeExceptionally(unusable));
            }
        });
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                sent.cancel(true);
            }
        });
        return result;
    }

    /** An executor that is closed already must not keep anybody waiting for ever. */
    private void handOver(Runnable completion) {
        try {
            runtime.executor().execute(completion);
        } catch (RejectedExecutionException closed) {
            completion.run();
        }
    }

    private <T> T decode(TwilioRequest request, Answer answer, Function<Answer, T> decoder) {
        boolean write = request.getMethod() != HttpMethod.GET;
        String action = request.action();
        if (!answer.isSuccess()) {
            TwilioApiException refusal = Refusals.of(
                    action, answer.error(), answer.retryAfter(runtime.clock().instant()));
            throw write && answer.status() >= 500 ? Failures.unknown(action, refusal) : refusal;
        }
        try {
            return decoder.apply(answer);
        } catch (MalformedResourceException e) {
            ApiError error = new ApiError(
                    answer.status(), null, e.getMessage(), null, answer.error().requestId());
            TwilioApiException unreadable = new TwilioApiException(action, error);
            throw write ? Failures.unknown(action, unreadable) : unreadable;
        } catch (TwilioApiException notJson) {
            throw write ? Failures.unknown(action, notJson) : notJson;
        }
    }

    /** Gives up what is under way and takes nothing new. Does not wait. */
    @Override
    public void close() {
        exchanges.close();
        media.close();
    }

    /**
     * Waits, after {@link #close}, until no thread and no connection of ours is left.
     *
     * @param limit how long to wait at most, for calls and files together
     * @return whether nothing is left
     * @throws InterruptedException if interrupted
     */
    public boolean awaitClosed(Duration limit) throws InterruptedException {
        Deadline deadline = new Deadline(runtime.clock(), limit);
        boolean callsGone = exchanges.awaitClosed(deadline.left());
        return media.awaitClosed(deadline.left()) && callsGone;
    }
}
