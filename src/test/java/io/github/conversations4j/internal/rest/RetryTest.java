package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.model.ConversationSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest extends RestFixture {
    private static MockResponse busy(int status, @Nullable String retryAfter) {
        Headers headers = retryAfter == null ? Headers.of() : Headers.of("Retry-After", retryAfter);
        return new MockResponse(status, headers, "");
    }

    private CompletableFuture<ConversationSnapshot> fetch(RestClient client) {
        return client.send(read(client), Resources::conversation);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aReadIsRepeatedWithGrowingJitteredWaits(int status) throws Exception {
        RestClient client = client();
        for (int i = 0; i < 4; i++) {
            server.enqueue(busy(status, null));
        }
        server.enqueue(conversation());

        assertThat(await(fetch(client)).sid()).isEqualTo("CH1");

        assertThat(server.getRequestCount()).isEqualTo(5);
        assertThat(waits).hasSize(4);
        for (int i = 0; i < 4; i++) {
            double base = 0.3 * Math.pow(2, i);
            assertThat(waits.get(i).toNanos() / 1e9).isBetween(base / 2, base * 1.5);
            assertThat(waits.get(i).toNanos() / 1e9).isNotCloseTo(base, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 501})
    void whatWillNotChangeIsNotRepeated(int status) throws Exception {
        RestClient client = client();
        server.enqueue(answer(status, ERROR_404));

        assertThat(failure(fetch(client))).isInstanceOf(TwilioApiException.class);
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void theLastAnswerIsReported() throws Exception {
        RestClient client = client(options -> options.maxRepeats(1));
        server.enqueue(busy(503, null));
        server.enqueue(answer(404, ERROR_404));

        assertThat(failure(fetch(client))).isInstanceOf(NotFoundException.class);
    }

    /** OkHttp itself would send again at once after a 503 with 0. */
    @ParameterizedTest
    @CsvSource({"0, 0", "2, 2", "' 7 ', 7", "30, 30"})
    void secondsToWaitAreHonoured(String header, int seconds) throws Exception {
        RestClient client = client();
        server.enqueue(busy(503, header));
        server.enqueue(busy(429, header));
        server.enqueue(conversation());

        await(fetch(client));

        assertThat(waits)
                .hasSize(2)
                .allSatisfy(wait -> assertThat(wait)
                        .isBetween(
                                Duration.ofSeconds(seconds),
                                Duration.ofSeconds(seconds).plusMillis(400)));
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void aDateToWaitForIsHonoured() throws Exception {
        RestClient client = client();
        Instant date = time.instant().plusSeconds(12);
        server.enqueue(busy(503, DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC))));
        server.enqueue(conversation());

        await(fetch(client));

        assertThat(waits)
                .singleElement()
                .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(12), Duration.ofMillis(12_300)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1.5", "Thu, 99 Foo 2026"})
    void aWaitThatIsNoneIsTakenForNone(String header) throws Exception {
        RestClient client = client();
        server.enqueue(busy(503, header));
        server.enqueue(conversation());

        await(fetch(client));

        assertThat(waits).singleElement().satisfies(wait -> assertThat(wait).isLessThan(Duration.ofMillis(451)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "3600", "2147483648", "99999999999999999999999"})
    void whoAsksForMorePatienceThanThereIsGetsTheCallGivenUp(String header) throws Exception {
        RestClient client = client();
        server.enqueue(busy(429, header));
        server.enqueue(busy(503, header));

        assertThat(failure(fetch(client)))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter())
                                .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(30))));
        assertThat(failure(fetch(client)))
                .isInstanceOfSatisfying(
                        TwilioApiException.class, e -> assertThat(e.status()).isEqualTo(503));
        assertThat(waits).isEmpty();
    }

    @Test
    void noRepeatIsPlannedForAfterTheTimeLimit() throws Exception {
        RestClient client = client(options -> options.timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)));
        server.enqueue(busy(503, "5"));

        assertThat(failure(fetch(client))).isInstanceOf(TwilioApiException.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void aReadOnABrokenConnectionIsRepeated() throws Exception {
        RestClient client = client();
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse.Builder()
                .body("{\"sid\": \"CH1\"}")
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(conversation());

        assertThat(await(fetch(client)).sid()).isEqualTo("CH1");
        assertThat(waits).hasSize(2);
    }

    @Test
    void aConnectionThatKeepsBreakingIsReported() throws Exception {
        RestClient client = client(options -> options.maxRepeats(1));
        for (int i = 0; i < 2; i++) {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build());
        }

        assertThat(failure(fetch(client)))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageStartingWith(
                        "fetch conversation CH1: the connection to http://127.0.0.1:" + server.getPort() + " broke (");
    }

    @Test
    void anAttemptHasATimeLimit() throws Exception {
        RestClient client =
                client(options -> options.maxRepeats(1).timeouts(Duration.ofMillis(150), Duration.ofSeconds(60)));
        for (int i = 0; i < 2; i++) {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
        }

        // On a slow machine it may cut the connecting short; what is said of either is in FailuresTest.
        assertThat(failure(fetch(client))).isInstanceOf(ConversationsException.class);
        assertThat(waits).hasSize(1);
    }

    @Test
    void aCallHasATimeLimitOfItsOwn() throws Exception {
        RestClient client = client();
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        CompletableFuture<Void> sent = client.send(read(client).within(Duration.ofSeconds(90)));
        taken();

        time.advance(Duration.ofSeconds(89));
        assertThat(sent).isNotDone();
        time.advance(Duration.ofSeconds(1));

        assertThat(failure(sent)).isInstanceOf(CallTimeoutException.class).hasMessageContaining("within PT1M30S");
    }

    @Test
    void aPolicyIsAValueThatCountsDown() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4), 0);
        RetryPolicy policy = new RetryPolicy(2, Duration.ofSeconds(10), backoff);
        Random random = new Random(1);

        RetryPolicy.Step first = policy.next(random, null).orElseThrow();
        RetryPolicy.Step second =
                first.then().next(random, Duration.ofSeconds(10)).orElseThrow();

        assertThat(first.delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(second.delay()).isEqualTo(Duration.ofSeconds(10).plusMillis(500));
        assertThat(second.then().next(random, null)).isEmpty();
        assertThat(policy.next(random, Duration.ofSeconds(11))).isEqualTo(Optional.empty());
        assertThat(policy.next(random, null)).contains(first);
    }
}
