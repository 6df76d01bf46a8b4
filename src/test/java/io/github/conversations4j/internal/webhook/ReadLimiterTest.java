package io.github.conversations4j.internal.webhook;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadLimiterTest {
    private final ManualTime time = new ManualTime();
    private final ExecutorService oneThread = Executors.newSingleThreadExecutor();
    private final ReadLimiter limiter = new ReadLimiter(oneThread, time, Duration.ofSeconds(4));
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void start() {
        limiter.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        release.countDown();
        limiter.close();
        oneThread.shutdown();
        assertThat(oneThread.awaitTermination(10, SECONDS)).isTrue();
    }

    private Future<Boolean> exchange(boolean arrives) throws InterruptedException {
        FutureTask<Boolean> exchange = new FutureTask<>(() -> {
            if (arrives) {
                limiter.arrived();
            }
            reading.countDown();
            return release.await(10, SECONDS);
        });
        limiter.execute(exchange);
        assertThat(reading.await(10, SECONDS)).isTrue();
        return exchange;
    }

    @Test
    void whatArrivesJustWhenItIsInterruptedHasAllTheTimeItWants() {
        ReadLimiter here = new ReadLimiter(Runnable::run, time, Duration.ofSeconds(4));
        here.start();
        here.execute(() -> {
            time.advance(Duration.ofSeconds(10));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            here.arrived();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            reading.countDown();
        });
        here.close();
        assertThat(reading.getCount()).isZero();
    }

    @Test
    void interruptsWhatReadsForTooLong() throws Exception {
        Future<Boolean> slow = exchange(false);
        time.advance(Duration.ofSeconds(4));
        assertThat(slow).isNotDone();
        time.advance(Duration.ofSeconds(2));

        assertThatThrownBy(() -> slow.get(10, SECONDS)).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void leavesAloneWhatHasArrived() throws Exception {
        Future<Boolean> arrived = exchange(true);
        time.advance(Duration.ofMinutes(1));
        release.countDown();

        assertThat(arrived.get(10, SECONDS)).isTrue();
    }

    @Test
    void leavesNoInterruptBehind() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        limiter.execute(() -> {
            reading.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            interrupted.countDown();
        });
        assertThat(reading.await(10, SECONDS)).isTrue();
        time.advance(Duration.ofSeconds(6));
        assertThat(interrupted.await(10, SECONDS)).isTrue();

        assertThat(oneThread
                        .submit(() -> Thread.currentThread().isInterrupted())
                        .get(10, SECONDS))
                .isFalse();
    }

    @Test
    void stopsTickingWhenClosed() {
        assertThat(time.pending()).isOne();
        limiter.close();

        assertThat(time.pending()).isZero();
        limiter.start();
        assertThat(time.pending()).isZero();
    }

    @Test
    void aLimitOfNearlyNothingDoesNotTickAllTheTime() {
        limiter.close();
        ReadLimiter strict = new ReadLimiter(oneThread, time, Duration.ofNanos(1));
        strict.start();

        assertThat(time.untilNext()).hasValue(Duration.ofMillis(1));
        strict.close();
    }
}
