package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.CallCounts;
import io.github.conversations4j.WriteLimits;
import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.TooManyWritesException;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for their turn, on time that is moved by hand. */
class WriteRateTest {
    private final ManualTime time = new ManualTime();
    private final SettableClock clock = new SettableClock(time);
    private final MockWebServer server = new MockWebServer();
    private RestClient client;

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getByName("127.0.0.1"), 0);
        client = new RestClient(
                RestFixture.credentials(),
                RestOptions.builder()
                        .baseUrl("http://127.0.0.1:" + server.getPort())
                        .writeLimits(new WriteLimits(2, 2, 3))
                        .build(),
                new RestRuntime(clock, time, new Random(1), Runnable::run));
    }

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        assertThat(client.awaitClosed(Duration.ofSeconds(5))).isTrue();
        server.close();
        assertThat(time.pending()).as("time limits that nobody cancelled").isZero();
    }

    private CompletableFuture<Void> write() {
        return client.send(RestFixture.write(client));
    }

    private void answers(int count) {
        for (int i = 0; i < count; i++) {
            server.enqueue(RestFixture.conversation());
        }
    }

    @Test
    void writesBeyondTheRateGoOutASecondLater() throws Exception {
        answers(3);
        List<CompletableFuture<Void>> writes = List.of(write(), write(), write());
        RestFixture.await(writes.get(0));
        RestFixture.await(writes.get(1));

        assertThat(server.getRequestCount()).isEqualTo(2);
        assertThat(client.counts()).isEqualTo(new CallCounts(2, 0, 0, 1, 0, 1));
        time.advance(Duration.ofSeconds(1));
        RestFixture.await(writes.get(2));

        assertThat(client.counts()).isEqualTo(new CallCounts(3, 0, 0, 1, 0, 0));
    }

    @Test
    void readsAreNotCounted() throws Exception {
        answers(20);
        List<CompletableFuture<Void>> reads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            reads.add(client.send(RestFixture.read(client)));
        }
        for (CompletableFuture<Void> read : reads) {
            RestFixture.await(read);
        }

        assertThat(client.counts().delayedWrites()).isZero();
    }

    @Test
    void whatIsCancelledInLineIsNeverSent() throws Exception {
        answers(3);
        List<CompletableFuture<Void>> writes = List.of(write(), write(), write(), write());
        writes.get(2).cancel(false);
        RestFixture.await(writes.get(0));
        RestFixture.await(writes.get(1));
        time.advance(Duration.ofSeconds(1));
        RestFixture.await(writes.get(3));

        assertThat(server.getRequestCount()).isEqualTo(3);
        assertThat(client.counts().waitingWrites()).isZero();
    }

    @Test
    void moreThanMayWaitAreRefused() throws Exception {
        answers(2);
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            writes.add(write());
        }

        assertThat(RestFixture.failure(writes.get(5)))
                .isInstanceOf(TooManyWritesException.class)
                .hasMessageStartingWith("update conversation CH1: 3 writes wait for their turn already");
        assertThat(client.counts().refusedWrites()).isOne();
        client.close();
        assertThat(RestFixture.failure(writes.get(3))).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void aLineThatTwilioRefusedWaitsAsLongAsItAsksFor() throws Exception {
        server.enqueue(new MockResponse(429, Headers.of("Retry-After", "20"), ""));
        CompletableFuture<Void> refused = write();
        server.takeRequest();
        // Its time limit and its repeat.
        Patience.until(() -> time.pending() == 2);
        CompletableFuture<Void> waiting = client.send(RestFixture.write(client).within(Duration.ofSeconds(21)));
        assertThat(client.counts().waitingWrites()).isOne();
        CompletableFuture<Void> tooLate = client.send(RestFixture.write(client).within(Duration.ofSeconds(5)));

        assertThat(RestFixture.failure(tooLate)).isInstanceOf(TooManyWritesException.class);
        assertThat(server.getRequestCount()).isOne();
        answers(2);
        time.advance(Duration.ofSeconds(20));
        RestFixture.await(waiting);
        time.advance(Duration.ofSeconds(1));
        RestFixture.await(refused);
        assertThat(client.counts().tooManyRequests()).isOne();
        assertThat(client.counts().repeated()).isOne();
    }

    @Test
    void aLineWaitsNoLongerThoughTheClockIsSetBack() throws Exception {
        server.enqueue(new MockResponse(429, Headers.of("Retry-After", "20"), ""));
        CompletableFuture<Void> refused = write();
        server.takeRequest();
        // Its time limit and its repeat.
        Patience.until(() -> time.pending() == 2);
        CompletableFuture<Void> waiting = client.send(RestFixture.write(client).within(Duration.ofSeconds(60)));
        clock.setBack(Duration.ofDays(1));
        answers(2);
        time.advance(Duration.ofSeconds(20));
        time.advance(Duration.ofSeconds(20));

        RestFixture.await(waiting);
        refused.cancel(false);
    }

    @Test
    void theTimeLimitHoldsInLineToo() throws Exception {
        CompletableFuture<Void> refused = write();
        write();
        CompletableFuture<Void> waiting = client.send(RestFixture.write(client).within(Duration.ofSeconds(3)));
        // Answered only now, so that the third is in line before its line stands still.
        server.enqueue(new MockResponse(429, Headers.of("Retry-After", "20"), ""));
        // Three time limits, the line, and the repeat of the refused one.
        Patience.until(() -> time.pending() == 5);
        time.advance(Duration.ofSeconds(3));

        assertThat(RestFixture.failure(waiting)).isInstanceOf(CallTimeoutException.class);
        assertThat(client.counts().waitingWrites()).isZero();
        assertThat(client.counts().sent()).isEqualTo(2);
        refused.cancel(false);
    }
}
