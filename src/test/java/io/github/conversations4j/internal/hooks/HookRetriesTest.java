package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.DeadLetter;
import io.github.conversations4j.ErrorReport;
import io.github.conversations4j.Subscription;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.threads.Workers;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A hook that throws is called again a few times, and then its event goes to the dead letters. */
class HookRetriesTest {
    private final ManualTime time = new ManualTime();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    private final List<Integer> calls = new CopyOnWriteArrayList<>();

    private Dispatcher dispatcher(int times, Duration within) {
        return dispatcher(Runnable::run, times, within);
    }

    private Dispatcher dispatcher(Executor executor, int times, Duration within) {
        return new Dispatcher(
                new HookThreads(executor, new Surroundings(time, time, new Random(1))),
                QueueLimits.DEFAULT,
                List.of(),
                reports::add,
                new HookRetries(times, within, deadLetters::add));
    }

    private void failing(Dispatcher dispatcher, int failures) {
        dispatcher.register(EventType.MESSAGE_ADDED, null, event -> {
            calls.add(event.message().index());
            if (event.message().index() == 0 && calls.size() <= failures) {
                throw new IllegalStateException("failure " + calls.size());
            }
        });
    }

    @Test
    void it_is_called_again_until_it_succeeds_and_the_conversation_waits() {
        Dispatcher dispatcher = dispatcher(3, Duration.ofMinutes(1));
        failing(dispatcher, 2);
        List<String> done = new ArrayList<>();
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0), () -> done.add("0"));
        dispatcher.dispatch(SampleEvents.messageAdded(1, 1), () -> done.add("1"));
        dispatcher.dispatch(SampleEvents.messageAdded(2, 7), () -> done.add("7"));
        assertThat(calls).containsExactly(0, 7);
        time.advance(Duration.ofSeconds(1));
        assertThat(calls).containsExactly(0, 7, 0, 1);
        assertThat(done).containsExactly("7", "0", "1");
        assertThat(reports).isEmpty();
        assertThat(deadLetters).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void after_so_many_calls_its_event_is_a_dead_letter_and_the_next_goes_on() {
        Dispatcher dispatcher = dispatcher(2, Duration.ofMinutes(1));
        failing(dispatcher, 100);
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        dispatcher.dispatch(SampleEvents.messageAdded(1, 1));
        time.advance(Duration.ofMinutes(1));
        assertThat(calls).containsExactly(0, 0, 0, 1);
        assertThat(deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.event()).isEqualTo(SampleEvents.messageAdded(1, 0));
            assertThat(letter.calls()).isEqualTo(3);
            assertThat(letter.cause()).hasMessage("failure 3");
            assertThat(letter.hook()).contains("messageAdded");
        });
        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.what()).endsWith("failed 3 times"));
    }

    @Test
    void its_lane_is_held_up_no_longer_than_said() {
        Dispatcher dispatcher = dispatcher(100, Duration.ofSeconds(1));
        failing(dispatcher, 1_000);
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        dispatcher.dispatch(SampleEvents.messageAdded(1, 1));
        time.advance(Duration.ofSeconds(1));
        assertThat(calls).endsWith(1).hasSizeBetween(4, 6);
        assertThat(deadLetters).hasSize(1);
    }

    @Test
    void an_asynchronous_hook_has_the_same_chances() {
        Dispatcher dispatcher = dispatcher(1, Duration.ofMinutes(1));
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> {
            stages.add(new CompletableFuture<>());
            return stages.get(stages.size() - 1);
        });
        List<String> done = new ArrayList<>();
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0), () -> done.add("0"));
        stages.get(0).completeExceptionally(new IllegalStateException("no"));
        assertThat(done).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(stages).hasSize(2);
        stages.get(1).completeExceptionally(new IllegalStateException("still no"));
        assertThat(done).containsExactly("0");
        assertThat(deadLetters)
                .singleElement()
                .satisfies(letter -> assertThat(letter.cause()).hasMessage("still no"));
    }

    @Test
    void one_that_was_unsubscribed_is_not_called_again() {
        Dispatcher dispatcher = dispatcher(3, Duration.ofMinutes(1));
        Subscription handle = dispatcher.register(EventType.MESSAGE_ADDED, null, event -> {
            calls.add(event.message().index());
            throw new IllegalStateException("no");
        });
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        handle.unsubscribe();
        time.advance(Duration.ofMinutes(1));
        assertThat(calls).hasSize(1);
        assertThat(deadLetters).hasSize(1);
        assertThat(dispatcher.pending()).isZero();
    }

    @Test
    void one_whose_next_call_closing_does_not_wait_for_leaves_no_dead_letter_and_is_not_done() {
        Dispatcher dispatcher = dispatcher(3, Duration.ofMinutes(1));
        failing(dispatcher, 100);
        List<String> done = new ArrayList<>();
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0), () -> done.add("0"));
        assertThat(dispatcher.close(Duration.ZERO)).isFalse();
        time.advance(Duration.ofMinutes(1));
        assertThat(calls).hasSize(1);
        assertThat(deadLetters).isEmpty();
        assertThat(done).isEmpty();
        assertThat(reports)
                .extracting(ErrorReport::what)
                .containsExactly(
                        "a hook for messageAdded is given up",
                        "the messageAdded hook registered in " + getClass().getName() + " failed");
        assertThat(dispatcher.pending()).isZero();
        assertThat(time.pending()).isZero();
    }

    @Test
    void an_executor_that_ended_before_the_client_is_not_waited_for_any_more() {
        AtomicBoolean ended = new AtomicBoolean();
        Dispatcher dispatcher = dispatcher(
                task -> {
                    if (ended.get()) {
                        throw new RejectedExecutionException("ended");
                    }
                    task.run();
                },
                3,
                Duration.ofMinutes(1));
        failing(dispatcher, 100);
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        ended.set(true);
        time.advance(Duration.ofMinutes(1));
        assertThat(time.pending()).as("waits for it").isEqualTo(1);
        assertThat(dispatcher.close(Duration.ZERO)).isFalse();
        time.advance(Duration.ofMinutes(1));
        assertThat(time.pending()).isZero();
        assertThat(dispatcher.pending()).isZero();
        assertThat(calls).hasSize(1);
    }

    @Test
    void the_time_before_its_first_failure_does_not_count() {
        Dispatcher dispatcher = dispatcher(1, Duration.ofSeconds(1));
        dispatcher.register(EventType.MESSAGE_ADDED, null, event -> {
            calls.add(event.message().index());
            if (calls.size() == 1) {
                time.advance(Duration.ofHours(1));
                throw new IllegalStateException("after an hour");
            }
        });
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        time.advance(Duration.ofSeconds(1));
        assertThat(calls).hasSize(2);
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void an_executor_that_takes_no_work_is_waited_for_and_nothing_runs_elsewhere() {
        HandDriven threads = new HandDriven();
        AtomicBoolean busy = new AtomicBoolean();
        Dispatcher dispatcher = dispatcher(
                task -> {
                    if (busy.get()) {
                        throw new RejectedExecutionException("busy");
                    }
                    threads.execute(task);
                },
                1,
                Duration.ofSeconds(1));
        failing(dispatcher, 2);
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        dispatcher.dispatch(SampleEvents.messageAdded(1, 1));
        threads.runAll();
        busy.set(true);
        time.advance(Duration.ofMinutes(1));
        assertThat(deadLetters).isEmpty();
        busy.set(false);
        time.advance(Duration.ofSeconds(12));
        assertThat(calls).as("nothing on the timer's thread").containsExactly(0);
        threads.runAll();
        assertThat(calls).containsExactly(0, 0, 1);
        assertThat(deadLetters)
                .singleElement()
                .satisfies(letter -> assertThat(letter.calls()).isEqualTo(2));
        assertThat(time.pending()).isZero();
    }

    @Test
    void the_dead_letter_of_an_asynchronous_hook_is_given_where_hooks_run() {
        HandDriven threads = new HandDriven();
        Dispatcher dispatcher = dispatcher(threads, 0, Duration.ofSeconds(1));
        CompletableFuture<Void> stage = new CompletableFuture<>();
        dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> stage);
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        threads.runAll();
        stage.completeExceptionally(new IllegalStateException("no"));
        assertThat(deadLetters).isEmpty();
        threads.runAll();
        assertThat(deadLetters).hasSize(1);
        assertThat(dispatcher.pending()).isZero();
    }

    @Test
    void a_call_again_is_inside_a_hook_too() {
        Dispatcher dispatcher = dispatcher(1, Duration.ofMinutes(1));
        List<Boolean> inside = new ArrayList<>();
        dispatcher.register(EventType.MESSAGE_ADDED, null, event -> {
            inside.add(dispatcher.isInsideHook());
            throw new IllegalStateException("no");
        });
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        time.advance(Duration.ofSeconds(1));
        assertThat(inside).containsExactly(true, true);
        assertThat(dispatcher.isInsideHook()).isFalse();
    }

    @Test
    void closing_interrupts_a_call_again_that_hangs_and_names_it_with_its_stack() {
        Workers workers = Workers.create("conversations4j-test", 2);
        Dispatcher dispatcher = dispatcher(workers, 1, Duration.ofMinutes(1));
        CountDownLatch hanging = new CountDownLatch(1);
        dispatcher.register(EventType.MESSAGE_ADDED, null, event -> {
            calls.add(event.message().index());
            if (calls.size() == 1) {
                throw new IllegalStateException("no");
            }
            hanging.countDown();
            theCallThatHangs();
        });
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        Patience.until(() -> time.pending() == 1);
        time.advance(Duration.ofSeconds(1));
        Patience.await(hanging);
        assertThat(dispatcher.close(Duration.ofMillis(1))).isFalse();
        assertThat(workers.close(Duration.ofSeconds(Patience.SECONDS))).isTrue();
        assertThat(reports.stream().filter(report -> report.what().startsWith("a hook for")))
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.what()).isEqualTo("a hook for messageAdded was interrupted");
                    assertThat(report.cause().getStackTrace())
                            .extracting(StackTraceElement::getMethodName)
                            .contains("theCallThatHangs");
                });
        assertThat(dispatcher.pending()).isZero();
    }

    private static void theCallThatHangs() throws InterruptedException {
        Patience.blockForEver();
    }

    @Test
    void a_dead_letter_hook_that_throws_is_reported() {
        Dispatcher dispatcher = new Dispatcher(
                new HookThreads(Runnable::run, new Surroundings(time, time, new Random(1))),
                QueueLimits.DEFAULT,
                List.of(),
                reports::add,
                new HookRetries(0, Duration.ofSeconds(1), letter -> {
                    throw new IllegalStateException("no room for " + letter.calls());
                }));
        failing(dispatcher, 1);
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        assertThat(reports)
                .extracting(report -> report.cause().getMessage())
                .containsExactly("failure 1", "no room for 1");
    }
}
