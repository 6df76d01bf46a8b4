package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Credentials;
import io.github.conversations4j.testing.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A REST client towards a local server, with repeats that come at once and are written down. */
abstract class RestFixture {
    static final String ACCOUNT = "AC00000000000000000000000000000001";
    static final String KEY = "SK00000000000000000000000000000001";
    static final String SERVICE = "IS00000000000000000000000000000001";
    static final String BASIC = "Basic " + Base64.getEncoder().encodeToString((KEY + ":key-secret").getBytes());
    static final String ERROR_404 = """
            {"code": 20404, "message": "The requested resource /Conversations/CH1 was not found",
             "more_info": "https://www.twilio.com/docs/errors/20404", "status": 404}""";
    private static final long SEED = 20260101;

    final ManualTime time = new ManualTime();
    /** The waits before repeats, in order. */
    final List<Duration> waits = new CopyOnWriteArrayList<>();

    MockWebServer server = new MockWebServer();
    private final List<RestClient> clients = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startServer() throws IOException {
        server.start(InetAddress.getByName("127.0.0.1"), 0);
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        for (RestClient client : clients) {
            client.close();
            assertThat(client.awaitClosed(Duration.ofSeconds(5)))
                    .as("threads of the client are gone")
                    .isTrue();
        }
        server.close();
        assertThat(time.pending()).as("time limits that nobody cancelled").isZero();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getPort();
    }

    static Credentials credentials() {
        return Credentials.builder(ACCOUNT).apiKey(KEY, "key-secret").build();
    }

    RestClient client() {
        return client(credentials(), options -> options);
    }

    RestClient client(UnaryOperator<RestOptions.Builder> change) {
        return client(credentials(), change);
    }

    RestClient client(Credentials credentials, UnaryOperator<RestOptions.Builder> change) {
        RestOptions options =
                change.apply(RestOptions.builder().baseUrl(baseUrl())).build();
        RestClient client = new RestClient(credentials, options, runtime(options.callTimeout()));
        clients.add(client);
        return client;
    }

    /** Repeats come at once, on a thread of their own as from a scheduler; time limits wait for {@link #time}. */
    private RestRuntime runtime(Duration limit) {
        return new RestRuntime(
                time,
                (task, delay) -> {
                    if (delay.compareTo(limit) >= 0) {
                        return time.schedule(task, delay);
                    }
                    waits.add(delay);
                    CompletableFuture.runAsync(task);
                    return () -> {};
                },
                new Random(SEED),
                Runnable::run);
    }

    static TwilioRequest read(RestClient client) {
        return TwilioRequest.get("fetch conversation CH1", client.path("Conversations", "CH1"));
    }

    static TwilioRequest write(RestClient client) {
        return TwilioRequest.post("update conversation CH1", client.path("Conversations", "CH1"))
                .form("FriendlyName", "x");
    }

    static TwilioRequest removal(RestClient client) {
        return TwilioRequest.delete("delete conversation CH1", client.path("Conversations", "CH1"));
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    /** What a future failed with, as its dependents see it. */
    static Throwable failure(CompletableFuture<?> future) throws InterruptedException, TimeoutException {
        try {
            Object value = future.get(10, TimeUnit.SECONDS);
            throw new AssertionError("did not fail but gave " + value);
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    static MockResponse answer(int status, String body) {
        return new MockResponse(status, Headers.of("Content-Type", "application/json"), body);
    }

    static MockResponse conversation() {
        return answer(200, "{\"sid\": \"CH1\", \"state\": \"active\"}");
    }

    /** The next request that the server got; fails if there is none. */
    RecordedRequest taken() throws InterruptedException {
        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(request).as("a request").isNotNull();
        return request;
    }
}
