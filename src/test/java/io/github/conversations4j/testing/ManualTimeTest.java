package io.github.conversations4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.Scheduler.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

    private final ManualTime time = new ManualTime(START);
    private final List<String> ran = new ArrayList<>();

    private void plan(String name, long seconds) {
        time.schedule(
                () -> ran.add(
                        name + "@" + Duration.between(START, time.instant()).toSeconds()),
                Duration.ofSeconds(seconds));
    }

    @Test
    void standsStillUntilItIsMoved() {
        plan("task", 1);
        assertThat(time.instant()).isEqualTo(START);
        assertThat(ran).isEmpty();
        time.advance(Duration.ofMillis(999));
        assertThat(ran).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(ran).containsExactly("task@1");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void runsWhatIsDueInOrderOfTimeThenOfScheduling() {
        plan("c", 3);
        plan("a", 1);
        plan("b1", 2);
        plan("b2", 2);
        plan("later", 60);
        time.advance(Duration.ofSeconds(10));
        assertThat(ran).containsExactly("a@1", "b1@2", "b2@2", "c@3");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(10));
        assertThat(time.pending()).isEqualTo(1);
        assertThat(time.untilNext()).contains(Duration.ofSeconds(50));
    }

    @Test
    void includesWhatTasksScheduleOnTheWay() {
        time.schedule(
                () -> {
                    plan("nested", 2);
                    plan("too late", 5);
                },
                Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(5));
        assertThat(ran).containsExactly("nested@5");
        time.advance(Duration.ofSeconds(3));
        assertThat(ran).containsExactly("nested@5", "too late@8");
        assertThat(time.untilNext()).isEmpty();
    }

    @Test
    void runsATaskWithoutDelayAtTheNextAdvanceAndNotBefore() {
        plan("now", 0);
        plan("past", -5);
        assertThat(ran).isEmpty();
        assertThat(time.untilNext()).contains(Duration.ZERO);
        time.advance(Duration.ZERO);
        assertThat(ran).containsExactly("now@0", "past@0");
    }

    @Test
    void neverRunsACancelledTask() {
        Cancellable first = time.schedule(() -> ran.add("first"), Duration.ofSeconds(1));
        Cancellable second = time.schedule(() -> ran.add("second"), Duration.ofSeconds(2));
        time.schedule(second::cancel, Duration.ofSeconds(1));
        first.cancel();
        first.cancel();
        assertThat(time.pending()).isEqualTo(2);
        time.advance(Duration.ofSeconds(5));
        assertThat(ran).isEmpty();
        assertThat(time.pending()).isZero();
        second.cancel();
    }

    @Test
    void throwsWhatTasksThrewAfterAllOfThemRan() {
        IllegalStateException first = new IllegalStateException("first");
        AssertionError second = new AssertionError("second");
        time.schedule(
                () -> {
                    throw first;
                },
                Duration.ofSeconds(1));
        time.schedule(
                () -> {
                    throw second;
                },
                Duration.ofSeconds(2));
        plan("last", 3);
        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(3)))
                .isSameAs(first)
                .hasSuppressedException(second);
        assertThat(ran).containsExactly("last@3");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void refusesToGoBackOrToBeAdvancedByItsOwnTask() {
        assertThatThrownBy(() -> time.advance(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        time.schedule(() -> time.advance(Duration.ofSeconds(1)), Duration.ZERO);
        assertThatThrownBy(() -> time.advance(Duration.ZERO)).hasMessageContaining("can not advance");
    }

    @Test
    void losesNothingWhenManyThreadsScheduleWhileOneAdvances() throws Exception {
        AtomicInteger count = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> {
                    awaitQuietly(go);
                    for (int n = 0; n < 2_000; n++) {
                        time.schedule(count::incrementAndGet, Duration.ofMillis(n % 7));
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        go.countDown();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            time.advance(Duration.ofMillis(1));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        time.advance(Duration.ofMillis(7));
        assertThat(count).hasValue(8_000);
        assertThat(time.pending()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void startsAtAKnownMomentAndShowsItself() {
        ManualTime fresh = new ManualTime();
        assertThat(fresh.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(fresh.millis()).isEqualTo(fresh.instant().toEpochMilli());
        Stream.of(1, 2).forEach(i -> fresh.schedule(() -> {}, Duration.ofDays(i)));
        assertThat(fresh).hasToString("ManualTime[2026-01-01T00:00:00Z, 2 pending]");
    }
}
