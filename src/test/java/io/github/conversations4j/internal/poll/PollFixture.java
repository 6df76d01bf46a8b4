package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.Scheduler;
import io.github.conversations4j.WriteLimits;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.EmulatorOptions;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.rest.RestClient;
import io.github.conversations4j.internal.rest.RestConversationsApi;
import io.github.conversations4j.internal.rest.RestOptions;
import io.github.conversations4j.internal.rest.RestRuntime;
import io.github.conversations4j.internal.threads.Workers;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.RecordingSink;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** A poll source on an emulator, both in a time that is moved by hand, and a log of the calls that it makes. */
final class PollFixture implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(Patience.SECONDS);

    final ManualTime time = new ManualTime();
    final SettableClock clock = new SettableClock(time);
    final RecordingSink sink = new RecordingSink();
    final ConversationsEmulator twilio;
    /** What the source asks for, in order: the path below the service and the query. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    private final Repeats repeats = new Repeats(time);
    private final Workers threads = Workers.platform("conversations4j-poll-test", 16);
    private final OkHttpClient http = new OkHttpClient();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final List<RestClient> clients = new ArrayList<>();
    private final AtomicInteger slipped = new AtomicInteger();
    private volatile Function<Request, @Nullable Answer> faults = request -> null;
    private volatile Function<Request, @Nullable String> slipsIn = request -> null;
    private @Nullable PollConnection connection;
    private @Nullable Sweep sweep;

    /** An answer in the place of the emulator's. */
    record Answer(int status) {}

    PollFixture(long seed) {
        this.twilio = ConversationsEmulator.start(
                EmulatorOptions.builder().seed(seed).clock(time).scheduler(time).build());
    }

    /** Has some calls of the source answered otherwise; null for as they should be. */
    void faults(Function<Request, @Nullable Answer> decision) {
        this.faults = decision;
    }

    /** Has the emulator answer that it is asked too much. */
    void tooMany(Duration retryAfter) {
        twilio.faults().rest().method("GET").tooManyRequests(retryAfter);
    }

    /** The way by which tests write, which is not logged and has no faults. */
    ConversationsApi people() {
        return new RestConversationsApi(rest(http, time));
    }

    /** The way of the source. */
    private ConversationsApi source() {
        OkHttpClient logged = http.newBuilder().addInterceptor(this::pass).build();
        return new RestConversationsApi(rest(logged, repeats).failingAfter429());
    }

    private RestClient rest(OkHttpClient client, Scheduler scheduler) {
        RestClient rest = new RestClient(
                twilio.credentials(),
                RestOptions.builder()
                        .baseUrl(twilio.url())
                        .httpClient(client)
                        .writeLimits(WriteLimits.none())
                        .build(),
                new RestRuntime(time, scheduler, new Random(1), threads));
        clients.add(rest);
        return rest;
    }

    /** Starts a sweep and waits until it has read everything once. */
    Sweep swept(Duration period) {
        return swept(Sweep.create(source(), period, context(), sink::offer));
    }

    /** Starts a sweep with options of its own. */
    Sweep swept(PollOptions options, Duration period) {
        return swept(new Sweep(Poller.create(source(), options, Sweep.manner(period), context(), sink::offer)));
    }

    private Sweep swept(Sweep started) {
        sweep = started;
        CompletableFuture<Void> once = started.start();
        for (int i = 0; i < 10_000 && !once.isDone(); i++) {
            pass(Duration.ofMillis(200), Duration.ofMillis(200));
        }
        assertThat(once).isCompleted();
        return started;
    }

    private SourceContext context() {
        return new SourceContext(sink, clock, time, new Random(2), threads);
    }

    /** Starts the source; the test waits for it by {@link #settle}. */
    PollConnection start(PollOptions options) {
        connection = PollConnection.open(EventSources.poll(options), source(), true, context());
        return connection;
    }

    /** Starts the source and waits until its first pass is complete. */
    PollConnection started(PollOptions options) {
        PollConnection started = start(options);
        settle();
        for (int i = 0; i < 100 && !started.ready().toCompletableFuture().isDone(); i++) {
            pass(Duration.ofSeconds(1), Duration.ofMillis(500));
        }
        assertThat(started.ready().toCompletableFuture()).isCompleted();
        return started;
    }

    private Response pass(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        String target = request.url().encodedPath().replaceFirst("/v1/Services/IS[0-9a-f]+", "")
                + (request.url().encodedQuery() == null
                        ? ""
                        : "?" + request.url().encodedQuery());
        calls.add(request.method().equals("GET") ? target : request.method() + " " + target);
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            Answer answer = faults.apply(request);
            return answer == null ? proceed(chain) : response(request, answer);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static Response response(Request request, Answer answer) {
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(answer.status())
                .message("planted")
                .body(ResponseBody.create(
                        "{\"code\": 20" + answer.status() + ", \"message\": \"planted\", \"status\": " + answer.status()
                                + "}",
                        MediaType.get("application/json")))
                .build();
    }

    /** Has the first item of some pages missing, as if it had slipped over their edge while they were read. */
    void slips(String list, Predicate<Request> when) {
        this.slipsIn = request -> when.test(request) ? list : null;
    }

    /** How often an item was missing. */
    int slipped() {
        return slipped.get();
    }

    private Response proceed(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String list = slipsIn.apply(chain.request());
        if (list == null) {
            return response;
        }
        slipped.incrementAndGet();
        ObjectNode page =
                (ObjectNode) new ObjectMapper().readTree(response.body().string());
        ((ArrayNode) page.get(list)).remove(0);
        return response.newBuilder()
                .body(ResponseBody.create(page.toString(), MediaType.get("application/json")))
                .build();
    }

    int mostUnderWay() {
        return mostUnderWay.get();
    }

    /**
     * Waits until only time makes the source go on. Time is moved meanwhile only if all that is being done waits for it:
     * for the repeats of calls that failed, or for a timer that was set while time was being moved, and rings that much late.
     */
    void settle() {
        int known = calls.size();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!isIdle()) {
            // Asked last: whoever was at work may have ended since it was asked before.
            if (repeats.waiting() == workers() && !isIdle()) {
                Duration next = time.untilNext().orElseThrow();
                time.advance(next.isNegative() ? Duration.ZERO : next);
            }
            if (known != calls.size()) {
                known = calls.size();
                end = System.nanoTime() + LIMIT.toNanos();
            }
            assertThat(System.nanoTime())
                    .as(
                            "no call for %s; %s tasks are being done, %s repeats wait, %s",
                            LIMIT, workers(), repeats.waiting(), time)
                    .isLessThan(end);
            Thread.yield();
        }
    }

    private boolean isIdle() {
        return (connection == null || connection.isIdle()) && (sweep == null || sweep.isIdle());
    }

    private int workers() {
        return (connection == null ? 0 : connection.workers()) + (sweep == null ? 0 : sweep.workers());
    }

    /** Moves time in small steps, so that what falls due on the way is done on the way. */
    void pass(Duration length, Duration step) {
        for (Duration passed = Duration.ZERO; passed.compareTo(length) < 0; passed = passed.plus(step)) {
            time.advance(step);
            settle();
        }
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static <T> List<T> all(int size, Function<PageRequest, CompletionStage<Slice<T>>> list) {
        List<T> all = new ArrayList<>();
        PageRequest page = PageRequest.first(size);
        for (Slice<T> slice = await(list.apply(page)); ; slice = await(list.apply(page))) {
            all.addAll(slice.items());
            if (slice.next() == null) {
                return all;
            }
            page = page.after(slice.next());
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            await(connection.close(LIMIT));
        }
        if (sweep != null) {
            await(sweep.close());
        }
        try {
            for (RestClient client : clients) {
                client.close();
                assertThat(client.awaitClosed(LIMIT)).isTrue();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        twilio.close();
        assertThat(threads.close(LIMIT)).isTrue();
    }
}
