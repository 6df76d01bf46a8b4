package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How much may wait, and what becomes of the rest. */
class QueueLimitsTest {
    private final HandDriven executor = new HandDriven();

    @Test
    void a_conversation_takes_no_more_than_its_limit_and_others_still_do() {
        DispatcherFixture fixture = new DispatcherFixture(executor, new QueueLimits(100, 2));
        List<Integer> seen = fixture.indexesSeen();
        assertThat(fixture.message(1, 0)).isTrue();
        assertThat(fixture.message(1, 1)).isTrue();
        assertThat(fixture.message(1, 2)).isFalse();
        assertThat(fixture.message(2, 3)).isTrue();
        executor.runAll();
        assertThat(seen).containsExactly(0, 1, 3);
        assertThat(fixture.message(1, 2)).as("room again").isTrue();
        executor.runAll();
        assertThat(seen).endsWith(2);
    }

    @Test
    void the_event_that_is_with_its_hooks_counts() {
        DispatcherFixture fixture = new DispatcherFixture(executor, new QueueLimits(100, 2));
        List<Boolean> taken = new ArrayList<>();
        fixture.onMessage(event -> {
            if (event.message().index() == 0) {
                taken.add(fixture.message(1, 1));
                taken.add(fixture.message(1, 2));
            }
        });
        fixture.message(1, 0);
        executor.runAll();
        assertThat(taken).containsExactly(true, false);
    }

    @Test
    void all_conversations_together_take_no_more_than_the_total() {
        DispatcherFixture fixture = new DispatcherFixture(executor, new QueueLimits(3, 3));
        assertThat(fixture.message(1, 0)).isTrue();
        assertThat(fixture.message(2, 0)).isTrue();
        assertThat(fixture.message(3, 0)).isTrue();
        assertThat(fixture.message(4, 0)).isFalse();
        assertThat(fixture.dispatcher.pending()).isEqualTo(3);
        executor.runNext();
        assertThat(fixture.message(4, 0)).isTrue();
    }

    @Test
    void the_limit_holds_turn_after_turn() {
        DispatcherFixture fixture = new DispatcherFixture(executor, new QueueLimits(10_000, 3));
        for (int round = 0; round < 3 * Lane.TURN; round++) {
            assertThat(fixture.message(1, round)).as("round %d", round).isTrue();
            assertThat(fixture.message(1, round)).as("round %d", round).isTrue();
            assertThat(fixture.message(1, round)).as("round %d", round).isTrue();
            assertThat(fixture.message(1, round)).as("round %d", round).isFalse();
            executor.runAll();
        }
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    @Test
    void events_of_the_client_are_taken_always() {
        DispatcherFixture fixture = new DispatcherFixture(executor, new QueueLimits(1, 1));
        AtomicInteger unknown = new AtomicInteger();
        fixture.dispatcher.register(EventType.UNKNOWN, null, event -> unknown.incrementAndGet());
        fixture.message(1, 0);
        fixture.dispatcher.dispatchAlways(SampleEvents.unknown("a"));
        fixture.dispatcher.dispatchAlways(SampleEvents.unknown("b"));
        executor.runAll();
        assertThat(unknown).hasValue(2);
    }

    @Test
    void an_executor_that_is_full_refuses_the_event_which_may_come_again() {
        AtomicBoolean full = new AtomicBoolean(true);
        DispatcherFixture fixture = new DispatcherFixture(task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        });
        List<Integer> seen = fixture.indexesSeen();
        assertThat(fixture.message(1, 0)).isFalse();
        assertThat(fixture.dispatcher.pending()).isZero();
        full.set(false);
        assertThat(fixture.message(1, 0)).isTrue();
        assertThat(seen).containsExactly(0);
    }

    @Test
    void an_event_of_the_client_that_the_executor_refuses_is_reported() {
        DispatcherFixture fixture = new DispatcherFixture(task -> {
            throw new RejectedExecutionException("shut down");
        });
        fixture.dispatcher.dispatchAlways(SampleEvents.initialized());
        assertThat(fixture.reported()).containsExactly("initialized is lost");
    }

    @Test
    void an_executor_that_is_full_in_the_middle_loses_nothing_that_was_taken() {
        AtomicInteger tasks = new AtomicInteger();
        List<Runnable> first = new ArrayList<>();
        DispatcherFixture fixture = new DispatcherFixture(task -> {
            if (tasks.getAndIncrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            first.add(task);
        });
        List<Integer> seen = fixture.indexesSeen();
        for (int index = 0; index < 3 * Lane.TURN; index++) {
            assertThat(fixture.message(1, index)).isTrue();
        }
        first.get(0).run();
        assertThat(seen).hasSize(3 * Lane.TURN).isSorted();
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    /** Puts two events into one lane before it is started, by an executor that takes no work then. */
    private Queued refused(DispatcherFixture fixture) {
        Queued first = fixture.dispatcher.queue(SampleEvents.messageAdded(1, 0), null);
        assertThat(fixture.dispatcher.queue(SampleEvents.messageAdded(1, 1), null))
                .isSameAs(Queued.RUNNING);
        return first;
    }

    @Test
    void what_was_taken_waits_for_an_executor_that_takes_no_work_and_runs_nowhere_else() {
        AtomicBoolean full = new AtomicBoolean(true);
        DispatcherFixture fixture = new DispatcherFixture(task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            executor.execute(task);
        });
        List<Integer> seen = fixture.indexesSeen();
        assertThat(refused(fixture).start()).isTrue();
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(executor.waiting()).isZero();
        full.set(false);
        fixture.time.advance(Duration.ofSeconds(12));
        assertThat(seen).as("nothing here, nor on the timer's thread").isEmpty();
        executor.runAll();
        assertThat(seen).containsExactly(0, 1);
        assertThat(fixture.dispatcher.pending()).isZero();
        assertThat(fixture.time.pending()).isZero();
    }

    @Test
    void what_came_behind_an_asynchronous_hook_waits_for_the_executor_too() {
        AtomicBoolean full = new AtomicBoolean();
        DispatcherFixture fixture = new DispatcherFixture(task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            executor.execute(task);
        });
        CompletableFuture<Void> stage = new CompletableFuture<>();
        fixture.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> stage);
        List<Integer> seen = fixture.indexesSeen();
        fixture.message(1, 0);
        fixture.message(1, 1);
        executor.runAll();
        full.set(true);
        stage.complete(null);
        assertThat(seen).containsExactly(0);
        full.set(false);
        fixture.time.advance(Duration.ofSeconds(1));
        executor.runAll();
        assertThat(seen).containsExactly(0, 1);
    }

    @Test
    void what_waits_for_an_executor_that_never_takes_work_is_given_up_by_closing() {
        DispatcherFixture fixture = new DispatcherFixture(task -> {
            throw new RejectedExecutionException("shut down");
        });
        List<Integer> seen = fixture.indexesSeen();
        assertThat(refused(fixture).start()).isTrue();
        assertThat(fixture.dispatcher.close(Duration.ZERO)).isFalse();
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(fixture.dispatcher.pending()).isZero();
        assertThat(fixture.time.pending()).isZero();
        assertThat(seen).isEmpty();
    }

    @Test
    void limits_that_would_take_nothing_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QueueLimits(0, 1))
                .withMessageContaining("were 0 in all and 1 per conversation");
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueLimits(1, 0));
    }
}
