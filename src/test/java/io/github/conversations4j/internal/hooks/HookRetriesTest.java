package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.DeadLetter;
import io.github.conversations4j.ErrorReport;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A hook that throws is called again a few times, and then its event goes to the dead letters. */
class HookRetriesTest {
    private final ManualTime time = new ManualTime();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final List<ErrorReport> reports = new ArrayList<>();
    private final List<Integer> calls = new ArrayList<>();

    private Dispatcher dispatcher(int times, Duration within) {
        return new Dispatcher(
                Runnable::run,
                QueueLimits.DEFAULT,
                List.of(),
                reports::add,
                new HookRetries(
                        times,
                        within,
                        deadLetters::add,
                        new HookRetries.Surroundings(time, time, Runnable::run, new Random(1))));
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
        dispatcher.register(EventType.MESSAGE_ADDED, null, event -> {
            calls.add(event.message().index());
            throw new IllegalStateException("no");
        });
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        dispatcher.close(Duration.ZERO);
        time.advance(Duration.ofMinutes(1));
        assertThat(calls).hasSize(2);
        assertThat(deadLetters).hasSize(1);
    }

    @Test
    void a_dead_letter_hook_that_throws_is_reported() {
        Dispatcher dispatcher = new Dispatcher(
                Runnable::run,
                QueueLimits.DEFAULT,
                List.of(),
                reports::add,
                new HookRetries(
                        0,
                        Duration.ofSeconds(1),
                        letter -> {
                            throw new IllegalStateException("no room for " + letter.calls());
                        },
                        new HookRetries.Surroundings(time, time, Runnable::run, new Random(1))));
        failing(dispatcher, 1);
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        assertThat(reports)
                .extracting(report -> report.cause().getMessage())
                .containsExactly("failure 1", "no room for 1");
    }
}
