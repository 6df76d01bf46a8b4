package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.ApiConnectionException;
import com.twilio.http.HttpMethod;
import com.twilio.rest.conversations.v1.User;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.error.CallInterruptedException;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.OutcomeUnknownException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.tests.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestClientTest extends RestFixture {
    private static MockResponse silence() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    @Test
    void aRequestSaysWhoCallsAndWhatItTakes() throws Exception {
        server.enqueue(conversation());

        await(client().send(read(client())));

        Headers headers = taken().getHeaders();
        assertThat(headers.get("Authorization")).isEqualTo(BASIC);
        assertThat(headers.get("Accept")).isEqualTo("application/json");
        assertThat(headers.get("User-Agent")).matches("twilio-java/13\\.0\\.1 \\(.+\\) java/.+ conversations4j custom");
        assertThat(headers.get("X-Twilio-Client")).isEqualTo("java-13.0.1");
    }

    @Test
    void withoutAKeyTheFirstAuthTokenSignsIn() throws Exception {
        Credentials credentials = Credentials.builder(ACCOUNT)
                .authToken("first")
                .authToken("second")
                .build();
        RestClient client = client(credentials, options -> options);
        server.enqueue(conversation());

        await(client.send(read(client)));

        assertThat(taken().getHeaders().get("Authorization")).isEqualTo(okhttp3.Credentials.basic(ACCOUNT, "first"));
    }

    @Test
    void theServiceIsPartOfThePath() {
        Credentials credentials =
                Credentials.builder(ACCOUNT).authToken("t").serviceSid(SERVICE).build();

        assertThat(client(credentials, options -> options).path("Users"))
                .containsExactly("v1", "Services", SERVICE, "Users");
        assertThat(client().path("Users")).containsExactly("v1", "Users");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerHasALimitAlsoWhenItIsPacked(boolean packed) throws Exception {
        RestClient client = client(options -> options.maxAnswerBytes(10_000));
        Buffer body = new Buffer().writeUtf8("\"" + "x".repeat(10_000) + '"');
        Buffer sent = new Buffer();
        if (packed) {
            try (okio.BufferedSink sink = Okio.buffer(new GzipSink(sent))) {
                sink.writeAll(body);
            }
        } else {
            sent.writeAll(body);
        }
        Headers headers = packed ? Headers.of("Content-Encoding", "gzip") : Headers.of();
        server.enqueue(new MockResponse.Builder().headers(headers).body(sent).build());

        assertThat(failure(client.send(read(client))))
                .isInstanceOf(TwilioApiException.class)
                .hasMessageContaining("longer than the limit of 10000 bytes");
        assertThat(waits).isEmpty();
    }

    @Test
    void jsonWithoutEndIsNoStackOverflow() throws Exception {
        RestClient client = client();
        server.enqueue(answer(200, "[".repeat(1_000_000)));

        assertThat(failure(client.send(read(client), Resources::conversation)))
                .isInstanceOf(TwilioApiException.class)
                .hasMessageContaining("no JSON of Twilio's");
    }

    @Test
    void noMoreCallsAreUnderWayThanAllowed() throws Exception {
        RestClient client = client(options -> options.maxConcurrent(3));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                three.countDown();
                three.await(5, TimeUnit.SECONDS);
                now.decrementAndGet();
                return conversation();
            }
        });

        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(client.send(read(client)));
        }
        for (CompletableFuture<Void> call : calls) {
            await(call);
        }

        assertThat(most).hasValue(3);
    }

    @Test
    void resultsAreCompletedOnTheExecutorThatWasGiven() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> new Thread(work, "given"));
        RestOptions options = RestOptions.builder().baseUrl(baseUrl()).build();
        try (RestClient client =
                new RestClient(credentials(), options, new RestRuntime(time, time, new Random(1), executor))) {
            CountDownLatch registered = new CountDownLatch(1);
            server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                    registered.await(5, TimeUnit.SECONDS);
                    return conversation();
                }
            });
            CompletableFuture<String> thread = client.send(read(client))
                    .thenApply(sent -> Thread.currentThread().getName());
            registered.countDown();

            assertThat(await(thread)).isEqualTo("given");

            executor.shutdown();
            await(client.send(read(client)));
        }
    }

    @Test
    void aCancelledCallLeavesTheWire() throws Exception {
        RestClient client = client(options -> options.maxConcurrent(1));
        server.enqueue(silence());
        server.enqueue(conversation());
        CompletableFuture<Void> stuck = client.send(read(client));
        taken();

        stuck.cancel(true);

        // The only place is free again.
        await(client.send(read(client)));
        assertThatThrownBy(stuck::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void closingGivesUpWhatIsUnderWayAndSaysWhatMayHaveHappened() throws Exception {
        RestClient client = client(options -> options.maxConcurrent(2));
        server.enqueue(silence());
        server.enqueue(silence());
        CompletableFuture<Void> read = client.send(read(client));
        CompletableFuture<Void> write = client.send(write(client));
        taken();
        taken();
        CompletableFuture<Void> queued = client.send(write(client));

        client.close();

        assertThat(failure(read))
                .isInstanceOf(ClientClosedException.class)
                .hasMessage("fetch conversation CH1: the client is closed. Start a new one");
        assertThat(failure(write))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCauseInstanceOf(ClientClosedException.class);
        assertThat(failure(queued)).isInstanceOf(ClientClosedException.class);
        assertThat(failure(client.send(read(client)))).isInstanceOf(ClientClosedException.class);
        assertThat(client.awaitClosed(Duration.ofSeconds(5))).isTrue();
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void callsAndFilesThatDoNotEndHoldUpClosingForOneTimeLimitOnly() throws Exception {
        Duration day = Duration.ofDays(1);
        CountDownLatch underWay = new CountDownLatch(2);
        CountDownLatch calls = new CountDownLatch(1);
        CountDownLatch files = new CountDownLatch(1);
        OkHttpClient stuck = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    underWay.countDown();
                    Patience.await(chain.request().url().encodedPath().endsWith("/Media") ? files : calls);
                    throw new IOException("nothing came of it");
                })
                .build();
        RestClient client = client(
                Credentials.builder(ACCOUNT).authToken("t").serviceSid(SERVICE).build(),
                options -> options.httpClient(stuck));
        client.send(read(client));
        client.media().upload(NewMedia.of(new byte[1], "text/plain"), (sent, total) -> {});
        Patience.await(underWay);
        client.close();

        FutureTask<Boolean> closing = new FutureTask<>(() -> client.awaitClosed(day));
        Thread closer = new Thread(closing);
        closer.start();
        Patience.untilBlocked(closer);
        time.advance(day);
        calls.countDown();
        try {
            assertThat(closing.get(Patience.SECONDS, TimeUnit.SECONDS)).isFalse();
        } finally {
            files.countDown();
        }
    }

    @Test
    void theClientOfTheCallerIsUsedAndLeftAsItWas() throws Exception {
        List<Headers> seen = new ArrayList<>();
        OkHttpClient given = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    seen.add(chain.request().headers());
                    return chain.proceed(chain.request());
                })
                .build();
        server.enqueue(conversation());
        server.enqueue(conversation());
        RestClient client = client(options -> options.httpClient(given));

        await(client.send(read(client)));
        client.close();
        assertThat(client.awaitClosed(Duration.ofSeconds(5))).isTrue();

        assertThat(seen)
                .singleElement()
                .satisfies(headers -> assertThat(headers.get("Authorization")).isNull());
        assertThat(given.connectionPool().connectionCount()).isOne();
        try (Response response =
                given.newCall(new Request.Builder().url(baseUrl()).build()).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        assertThat(taken().getConnectionIndex()).isEqualTo(taken().getConnectionIndex());
        given.connectionPool().evictAll();
    }

    @Test
    void anInterceptorThatTurnsARequestAwayGetsNoSecrets() throws Exception {
        HttpUrl elsewhere = HttpUrl.get("https://evil.example/");
        OkHttpClient given = new OkHttpClient.Builder()
                .addInterceptor(chain -> chain.proceed(
                        chain.request().newBuilder().url(elsewhere).build()))
                .build();
        RestClient client = client(options -> options.httpClient(given).maxRepeats(0));

        assertThat(failure(client.send(read(client))))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("an interceptor turned the request to https://evil.example");
    }

    /** Neither our credentials nor a token that the request itself carries. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://media.evil.example/ME1?signature=1",
                "http://mcs.us1.twilio.com/v1/Services/IS1/Media/ME1?x=1",
                "https://mcs.us1.twilio.com:444/v1/Services/IS1/Media/ME1"
            })
    void aMediaLinkTakesNoTokenElsewhere(String link) {
        com.twilio.http.Request request = new com.twilio.http.Request(HttpMethod.GET, link);
        request.addHeaderParam("X-Twilio-Token", "jwt-of-alice");

        assertThatThrownBy(() -> client().twilio().request(request))
                .isInstanceOf(ApiConnectionException.class)
                .hasMessageContaining("credentials are sent only to " + baseUrl())
                .hasMessageNotContaining("jwt-of-alice");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aWaitingThreadOfTwilioJavaCanBeInterrupted() throws Exception {
        RestClient client = client();
        server.enqueue(silence());
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                User.fetcher("a").fetch(client.twilio());
            } catch (RuntimeException e) {
                failure.complete(e);
            }
            flag.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        taken();

        caller.interrupt();

        assertThat(await(failure))
                .isInstanceOf(ApiConnectionException.class)
                .hasCauseInstanceOf(CallInterruptedException.class);
        assertThat(await(flag)).isTrue();
        caller.join();
    }

    @Test
    void noTextOfOursShowsASecret() throws Exception {
        RestClient client = client(options -> options.maxRepeats(0));
        server.enqueue(answer(401, "{\"code\": 20003, \"message\": \"Authenticate\"}"));
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        for (int i = 0; i < 2; i++) {
            Throwable failure = failure(client.send(write(client)));
            for (Throwable part = failure; part != null; part = part.getCause()) {
                assertThat(String.valueOf(part)).doesNotContain("key-secret").doesNotContain(BASIC.substring(6));
            }
        }
    }
}
