package io.github.conversations4j.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Scheduler.Cancellable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real time is the subject here; every wait is for an event, with the time limit only as a fuse. */
@Timeout(20)
class SystemSchedulerTest {
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void runsOnItsOwnDaemonThreadAndClosesIt() throws Exception {
        SystemScheduler scheduler = new SystemScheduler("test-own");
        Exchanger<Thread> exchanger = new Exchanger<>();
        scheduler.schedule(
                () -> {
                    try {
                        exchanger.exchange(Thread.currentThread());
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                },
                Duration.ofSeconds(-1));
        Thread worker = exchanger.exchange(Thread.currentThread());
        assertThat(worker.getName()).isEqualTo("conversations4j-test-own");
        assertThat(worker.isDaemon()).isTrue();
        scheduler.close();
        worker.join();
        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void neverRunsATaskBeforeItsDelayIsOver() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (SystemScheduler scheduler = new SystemScheduler("test-delay")) {
            long start = System.nanoTime();
            AtomicLong ranAfter = new AtomicLong();
            scheduler.schedule(
                    () -> {
                        ranAfter.set(System.nanoTime() - start);
                        done.countDown();
                    },
                    SOON);
            done.await();
            assertThat(ranAfter.get()).isGreaterThanOrEqualTo(SOON.toNanos());
        }
    }

    @Test
    void aTaskThatThrowsStopsNoOther() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (SystemScheduler scheduler = new SystemScheduler("test-throws")) {
            scheduler.schedule(
                    () -> {
                        throw new StackOverflowError("on purpose");
                    },
                    Duration.ZERO);
            scheduler.schedule(done::countDown, SOON);
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aCancelledTaskNeverRuns() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (SystemScheduler scheduler = new SystemScheduler("test-cancel")) {
            scheduler.schedule(() -> awaitUninterrupted(gate), Duration.ZERO);
            Cancellable cancelled = scheduler.schedule(ran::incrementAndGet, Duration.ZERO);
            scheduler.schedule(done::countDown, Duration.ZERO);
            scheduler.schedule(ran::incrementAndGet, NEVER);
            cancelled.cancel();
            cancelled.cancel();
            gate.countDown();
            done.await();
        }
        assertThat(ran).hasValue(0);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void closeInterruptsWhatRunsAndLaterTasksAreIgnored() throws Exception {
        SystemScheduler scheduler = new SystemScheduler("test-close");
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        scheduler.schedule(
                () -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException expected) {
                        interrupted.countDown();
                    }
                },
                Duration.ZERO);
        started.await();
        scheduler.close();
        interrupted.await();
        AtomicInteger ran = new AtomicInteger();
        scheduler.schedule(ran::incrementAndGet, Duration.ZERO).cancel();
        scheduler.close();
        assertThat(ran).hasValue(0);
    }

    @Test
    void mayBeClosedByItsOwnTask() throws Exception {
        SystemScheduler scheduler = new SystemScheduler("test-self");
        CountDownLatch closed = new CountDownLatch(1);
        scheduler.schedule(
                () -> {
                    scheduler.close();
                    closed.countDown();
                },
                Duration.ZERO);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
