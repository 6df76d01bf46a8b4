package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Subscription;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.threads.Workers;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Closing finishes what is queued, then interrupts and names what will not end. */
class DispatcherCloseTest {
    private static final Duration LONG = Duration.ofSeconds(Patience.SECONDS);

    @Test
    void what_is_queued_is_finished_and_nothing_more_is_taken() {
        HandDriven executor = new HandDriven();
        DispatcherFixture fixture = new DispatcherFixture(executor);
        List<Integer> seen = fixture.indexesSeen();
        fixture.message(1, 0);
        fixture.message(2, 1);
        AtomicReference<Boolean> ended = new AtomicReference<>();
        Thread closer = new Thread(() -> ended.set(fixture.dispatcher.close(LONG)));
        closer.start();
        Patience.untilBlocked(closer);
        assertThat(fixture.message(3, 2)).isFalse();
        executor.runAll();
        Patience.join(closer);
        assertThat(ended).hasValue(true);
        assertThat(seen).containsExactly(0, 1);
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    @Test
    void all_handles_are_inactive_afterwards() {
        DispatcherFixture fixture = new DispatcherFixture(DispatcherFixture.SAME_THREAD);
        Subscription all = fixture.onMessage(event -> {});
        Subscription one = fixture.onMessageIn(1, event -> {});
        assertThat(fixture.dispatcher.close(Duration.ZERO)).isTrue();
        assertThat(List.of(all.isActive(), one.isActive())).containsOnly(false);
        assertThat(fixture.dispatcher.hooks()).isZero();
        assertThat(fixture.dispatcher.close(Duration.ZERO)).as("again").isTrue();
    }

    @Test
    void a_hook_that_hangs_is_interrupted_and_named_with_its_stack_and_what_waited_behind_it_calls_nobody() {
        Workers workers = Workers.create("conversations4j-test", 4);
        DispatcherFixture fixture = new DispatcherFixture(workers);
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        List<Integer> seen = fixture.indexesSeen();
        fixture.onMessage(event -> {
            hanging.countDown();
            try {
                theHookThatHangs();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        fixture.message(1, 0);
        fixture.message(1, 1);
        Patience.await(hanging);
        assertThat(fixture.dispatcher.close(Duration.ofMillis(1))).isFalse();
        Patience.await(interrupted);
        assertThat(workers.close(LONG)).isTrue();
        assertThat(seen).containsExactly(0);
        assertThat(fixture.reported())
                .containsExactlyInAnyOrder(
                        "a hook for messageAdded was interrupted",
                        "the messageAdded hook registered in " + getClass().getName() + " failed");
        Throwable named = fixture.reports.stream()
                .filter(report -> report.what().startsWith("a hook for"))
                .findFirst()
                .orElseThrow()
                .cause();
        assertThat(named).hasMessage("the hook had not ended within PT0.001S when the client was closed; it was here");
        assertThat(Arrays.stream(named.getStackTrace()).map(StackTraceElement::getMethodName))
                .contains("theHookThatHangs");
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    @Test
    void what_has_not_ended_in_time_does_not_count_as_done_and_passes_no_middleware() {
        Workers workers = Workers.create("conversations4j-test", 4);
        List<Object> passed = new CopyOnWriteArrayList<>();
        DispatcherFixture fixture = new DispatcherFixture(workers, (event, next) -> {
            passed.add(event);
            next.proceed();
        });
        CountDownLatch hanging = new CountDownLatch(1);
        fixture.onMessage(event -> {
            if (event.message().index() == 1) {
                hanging.countDown();
                theHookThatHangs();
            }
        });
        List<Integer> done = new CopyOnWriteArrayList<>();
        for (int index = 0; index < 200; index++) {
            int number = index;
            fixture.dispatcher.dispatch(SampleEvents.messageAdded(1, index), () -> done.add(number));
        }
        Patience.await(hanging);
        assertThat(fixture.dispatcher.close(Duration.ofMillis(1))).isFalse();
        assertThat(workers.close(LONG)).isTrue();
        assertThat(done).containsExactly(0);
        assertThat(passed).containsExactly(SampleEvents.messageAdded(1, 0), SampleEvents.messageAdded(1, 1));
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    @Test
    void a_stage_that_completes_after_the_end_does_not_count_as_done_either() {
        DispatcherFixture fixture = new DispatcherFixture(DispatcherFixture.SAME_THREAD);
        CompletableFuture<Void> stage = new CompletableFuture<>();
        fixture.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> stage);
        List<Integer> done = new ArrayList<>();
        fixture.dispatcher.dispatch(SampleEvents.messageAdded(1, 0), () -> done.add(0));
        assertThat(fixture.dispatcher.close(Duration.ZERO)).isFalse();
        stage.complete(null);
        assertThat(done).isEmpty();
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    private static void theHookThatHangs() throws InterruptedException {
        Patience.blockForEver();
    }

    @Test
    void a_thread_that_has_left_its_lane_is_not_interrupted() {
        Workers workers = Workers.platform("conversations4j-test", 1);
        DispatcherFixture fixture = new DispatcherFixture(workers);
        CountDownLatch asynchronous = new CountDownLatch(1);
        fixture.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> {
            asynchronous.countDown();
            return new CompletableFuture<>();
        });
        fixture.message(1, 0);
        Patience.await(asynchronous);
        CountDownLatch elsewhere = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<Boolean> flag = new AtomicReference<>();
        workers.execute(() -> {
            elsewhere.countDown();
            Patience.await(release);
            flag.set(Thread.currentThread().isInterrupted());
        });
        Patience.await(elsewhere);
        assertThat(fixture.dispatcher.close(Duration.ofMillis(1))).isFalse();
        release.countDown();
        assertThat(workers.close(LONG)).isTrue();
        assertThat(flag).hasValue(false);
    }

    @Test
    void an_interrupt_of_the_closing_thread_cuts_the_waiting_short_and_stays_set() {
        HandDriven executor = new HandDriven();
        DispatcherFixture fixture = new DispatcherFixture(executor);
        fixture.onMessage(event -> {});
        fixture.message(1, 0);
        Thread.currentThread().interrupt();
        assertThat(fixture.dispatcher.close(LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_limit_too_long_to_count_and_a_negative_one_are_taken() {
        DispatcherFixture fixture = new DispatcherFixture(DispatcherFixture.SAME_THREAD);
        assertThat(fixture.dispatcher.close(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(fixture.dispatcher.close(Duration.ofSeconds(-1))).isTrue();
    }
}
