package io.github.conversations4j.internal.delivery;

import static io.github.conversations4j.internal.delivery.DeliveryFixture.removed;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.internal.delivery.Reconciler.Outcome;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Marks are read when there is room, again and again until it worked, and what cannot be had is said. */
class ReconciliationTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final ManualTime time = new ManualTime();
    private final List<ConversationsEvent> told = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private final Reconciliation reconciliation = new Reconciliation(
            new Surroundings(time, time, new Random(1)), new Announcements(time, told::add), forgotten::add);
    private final Comparisons comparisons = new Comparisons();
    private final String one = SampleEvents.conversation(1);

    /** Answers when the test says so. */
    private static final class Comparisons implements Reconciler {
        final List<String> asked = new ArrayList<>();
        final Deque<CompletableFuture<Outcome>> open = new ArrayDeque<>();

        @Override
        public CompletionStage<Outcome> reconcile(String conversationSid, Reason reason) {
            asked.add(conversationSid + " " + reason);
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            open.add(outcome);
            return outcome;
        }

        @Override
        public Set<EventType<?>> recovers() {
            return Set.of(EventType.MESSAGE_ADDED);
        }
    }

    @Test
    void marks_wait_for_somebody_who_compares() {
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        time.advance(LONG);
        assertThat(reconciliation.marked()).containsExactly(one);
        reconciliation.start(comparisons);
        assertThat(comparisons.asked).containsExactly(one + " INCOMPLETE");
        comparisons.open.remove().complete(Outcome.DONE);
        assertThat(reconciliation.marked()).isEmpty();
        assertThat(told).as("messages come back").isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void what_does_not_come_back_is_reported_once_as_missed() {
        reconciliation.start(comparisons);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        reconciliation.lost(SampleEvents.typingStarted(1));
        reconciliation.lost(SampleEvents.typingStarted(1));
        reconciliation.incomplete(one);
        time.advance(LONG);
        comparisons.open.remove().complete(Outcome.DONE);
        assertThat(told).singleElement().isInstanceOfSatisfying(EventsMissed.class, missed -> {
            assertThat(missed.conversationSid()).isEqualTo(one);
            assertThat(missed.types()).containsExactly(EventType.TYPING_STARTED);
        });
    }

    @Test
    void a_failure_is_told_once_and_tried_again_with_growing_pauses() {
        reconciliation.start(comparisons);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pauses.add(time.untilNext().orElseThrow());
            time.advance(pauses.get(i));
            comparisons.open.remove().completeExceptionally(new IllegalStateException("no luck"));
        }
        assertThat(pauses.get(11)).isGreaterThan(pauses.get(5)).isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(told).singleElement().isInstanceOfSatisfying(ConnectionError.class, error -> {
            assertThat(error.terminal()).isFalse();
            assertThat(error.cause()).hasMessage("no luck");
        });
        time.advance(LONG);
        comparisons.open.remove().complete(Outcome.DONE);
        assertThat(reconciliation.marked()).isEmpty();
    }

    @Test
    void no_room_is_no_failure_and_is_tried_again() {
        reconciliation.start(comparisons);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        time.advance(Duration.ofSeconds(1));
        comparisons.open.remove().complete(Outcome.NO_ROOM);
        time.advance(Duration.ofSeconds(1));
        comparisons.open.remove().complete(Outcome.DONE);
        assertThat(told).isEmpty();
        assertThat(comparisons.asked).hasSize(2);
    }

    @Test
    void what_a_comparison_of_messages_alone_does_not_bring_back_is_missed() {
        reconciliation.start(new Reconciler() {
            @Override
            public CompletionStage<Outcome> reconcile(String conversationSid, Reason reason) {
                return CompletableFuture.completedFuture(Outcome.MESSAGES_DONE);
            }

            @Override
            public Set<EventType<?>> recovers() {
                return Set.of(EventType.MESSAGE_ADDED, EventType.TYPING_STARTED);
            }
        });
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        reconciliation.lost(SampleEvents.typingStarted(1));
        time.advance(LONG);
        assertThat(reconciliation.marked()).isEmpty();
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        EventsMissed.class,
                        missed -> assertThat(missed.types()).containsExactly(EventType.TYPING_STARTED));
    }

    /** Compares messages, the newest ones also with what they were before. */
    private static Reconciler reaching(Reach reach) {
        return new Reconciler() {
            @Override
            public CompletionStage<Outcome> reconcile(String conversationSid, Reason reason) {
                return CompletableFuture.completedFuture(new Outcome(Reconciler.End.DONE, reach));
            }

            @Override
            public Set<EventType<?>> recovers() {
                return Set.of(EventType.MESSAGE_ADDED, EventType.MESSAGE_UPDATED, EventType.MESSAGE_REMOVED);
            }
        };
    }

    @Test
    void a_change_further_back_than_a_comparison_looks_is_missed() {
        reconciliation.start(reaching(new Reach(10, Instant.MIN, 0)));
        reconciliation.lost(updated("webhook", SampleEvents.message(1, 30)));
        reconciliation.lost(updated("webhook", SampleEvents.message(1, 9)));
        reconciliation.lost(updated("webhook", SampleEvents.message(1, 20)));
        reconciliation.lost(removed("webhook", SampleEvents.message(1, 10)));
        reconciliation.lost(SampleEvents.messageAdded(1, 5));
        time.advance(LONG);
        assertThat(reconciliation.marked()).isEmpty();
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        EventsMissed.class,
                        missed -> assertThat(missed.types()).containsExactly(EventType.MESSAGE_UPDATED));
    }

    @Test
    void a_removal_further_back_than_a_comparison_looks_is_missed() {
        reconciliation.start(reaching(new Reach(10, Instant.MIN, 0)));
        reconciliation.lost(removed("webhook", SampleEvents.message(1, 9)));
        reconciliation.lost(updated("webhook", SampleEvents.message(1, 10)));
        time.advance(LONG);
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        EventsMissed.class,
                        missed -> assertThat(missed.types()).containsExactly(EventType.MESSAGE_REMOVED));
    }

    @Test
    void a_change_of_an_old_message_before_anybody_has_read_it_is_missed() {
        Instant begun = time.instant().plusSeconds(1);
        reconciliation.start(reaching(new Reach(10, begun, 20)));
        reconciliation.lost(updated("webhook", SampleEvents.message(1, 19)));
        reconciliation.lost(removed("webhook", SampleEvents.message(1, 20)));
        time.advance(LONG);
        reconciliation.lost(updated("webhook", SampleEvents.message(1, 19)));
        time.advance(LONG);
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        EventsMissed.class,
                        missed -> assertThat(missed.types()).containsExactly(EventType.MESSAGE_UPDATED));
    }

    @Test
    void room_ends_the_pause_of_what_had_none() {
        reconciliation.start(comparisons);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        reconciliation.lost(SampleEvents.messageAdded(2, 0));
        time.advance(Duration.ofMillis(200));
        for (int i = 0; i < 20; i++) {
            comparisons.open.remove().complete(Outcome.NO_ROOM);
            comparisons.open.remove().complete(Outcome.NO_ROOM);
            reconciliation.room(i % 2 == 0 ? null : one);
            reconciliation.room(i % 2 == 0 ? null : SampleEvents.conversation(2));
            reconciliation.room(SampleEvents.conversation(3));
        }
        assertThat(comparisons.asked).hasSize(42);
        comparisons.open.remove().complete(Outcome.DONE);
        comparisons.open.remove().complete(Outcome.DONE);
        time.advance(LONG);
        assertThat(comparisons.asked)
                .as("the pauses that were ended ripen nothing")
                .hasSize(42);
        assertThat(reconciliation.marked()).isEmpty();
    }

    @Test
    void room_that_came_during_a_comparison_counts() {
        reconciliation.start(comparisons);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        time.advance(Duration.ofMillis(200));
        reconciliation.room(one);
        comparisons.open.remove().complete(Outcome.NO_ROOM);
        time.advance(Duration.ZERO);
        assertThat(comparisons.asked).hasSize(2);
        comparisons.open.remove().complete(Outcome.NO_ROOM);
        time.advance(Duration.ZERO);
        assertThat(comparisons.asked).as("it counts once").hasSize(2);
    }

    @Test
    void room_does_not_end_the_pause_after_a_failure() {
        reconciliation.start(comparisons);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        time.advance(Duration.ofMillis(200));
        reconciliation.room(one);
        comparisons.open.remove().completeExceptionally(new IllegalStateException("no luck"));
        reconciliation.room(null);
        time.advance(Duration.ZERO);
        assertThat(comparisons.asked).hasSize(1);
        time.advance(LONG);
        assertThat(comparisons.asked).hasSize(2);
    }

    @Test
    void a_conversation_that_is_gone_is_let_go_of_and_what_was_lost_is_missed() {
        reconciliation.start(comparisons);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        time.advance(LONG);
        comparisons.open.remove().completeExceptionally(new CompletionException(StoredMessages.gone(one)));
        assertThat(forgotten).containsExactly(one);
        assertThat(reconciliation.marked()).isEmpty();
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        EventsMissed.class,
                        missed -> assertThat(missed.types()).containsExactly(EventType.MESSAGE_ADDED));
        time.advance(LONG);
        assertThat(comparisons.asked).hasSize(1);
    }

    @Test
    void what_is_lost_during_a_comparison_needs_another_one() {
        reconciliation.start(comparisons);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        time.advance(LONG);
        reconciliation.lost(SampleEvents.typingStarted(1));
        comparisons.open.remove().complete(Outcome.DONE);
        assertThat(told).isEmpty();
        assertThat(comparisons.asked).as("what was lost settles first").hasSize(1);
        time.advance(Duration.ofMillis(200));
        comparisons.open.remove().complete(Outcome.DONE);
        assertThat(told).hasSize(1);
        assertThat(comparisons.asked).hasSize(2);
    }

    @Test
    void few_are_compared_at_a_time_and_all_in_the_end() {
        reconciliation.start(comparisons);
        for (int number = 0; number < 100; number++) {
            reconciliation.lost(SampleEvents.messageAdded(number, 0));
        }
        time.advance(LONG);
        assertThat(comparisons.asked).hasSize(4);
        while (!comparisons.open.isEmpty()) {
            comparisons.open.remove().complete(Outcome.DONE);
            assertThat(comparisons.open).hasSizeLessThanOrEqualTo(4);
        }
        assertThat(comparisons.asked).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void what_was_asked_for_completes_when_it_was_compared() {
        reconciliation.start(comparisons);
        CompletableFuture<Void> done = reconciliation.request(one, Reason.START).toCompletableFuture();
        time.advance(Duration.ZERO);
        assertThat(comparisons.asked).containsExactly(one + " START");
        assertThat(done).isNotDone();
        comparisons.open.remove().complete(Outcome.DONE);
        assertThat(done).isCompleted();
    }

    @Test
    void losses_go_before_what_is_compared_because_of_a_start() {
        reconciliation.start(comparisons);
        for (int number = 10; number < 30; number++) {
            reconciliation.request(SampleEvents.conversation(number), Reason.START);
        }
        time.advance(Duration.ZERO);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        reconciliation.lost(SampleEvents.messageAdded(25, 0));
        time.advance(Duration.ofMillis(200));
        comparisons.open.remove().complete(Outcome.DONE);
        comparisons.open.remove().complete(Outcome.DONE);
        assertThat(comparisons.asked.subList(4, 6))
                .containsExactlyInAnyOrder(one + " INCOMPLETE", SampleEvents.conversation(25) + " INCOMPLETE");
    }

    @Test
    void what_was_asked_for_completes_even_if_it_has_to_be_compared_again() {
        reconciliation.start(comparisons);
        CompletableFuture<Void> noRoom =
                reconciliation.request(one, Reason.START).toCompletableFuture();
        CompletableFuture<Void> failing = reconciliation
                .request(SampleEvents.conversation(2), Reason.START)
                .toCompletableFuture();
        CompletableFuture<Void> waiting = reconciliation
                .request(SampleEvents.conversation(3), Reason.START)
                .toCompletableFuture();
        time.advance(Duration.ZERO);
        comparisons.open.remove().complete(Outcome.NO_ROOM);
        comparisons.open.remove().completeExceptionally(new IllegalStateException("no luck"));
        assertThat(noRoom).isCompleted();
        assertThat(failing).isCompleted();
        assertThat(reconciliation.marked()).hasSize(3);
        assertThat(waiting).isNotDone();
        reconciliation.close();
        assertThat(waiting).isCompleted();
    }

    @Test
    void the_mark_of_a_conversation_that_was_removed_is_dropped() {
        reconciliation.start(comparisons);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        reconciliation.gone(one);
        reconciliation.gone(one);
        assertThat(told).singleElement().isInstanceOf(EventsMissed.class);
        time.advance(LONG);
        assertThat(comparisons.asked).isEmpty();
    }

    @Test
    void a_comparison_that_fails_because_the_conversation_was_removed_meanwhile_is_the_last_one() {
        reconciliation.start(comparisons);
        reconciliation.lost(SampleEvents.messageAdded(1, 0));
        time.advance(LONG);
        reconciliation.gone(one);
        comparisons.open.remove().completeExceptionally(new IllegalStateException("not yours"));
        assertThat(reconciliation.marked()).isEmpty();
        assertThat(told).singleElement().isInstanceOf(EventsMissed.class);
        time.advance(LONG);
        assertThat(comparisons.asked).hasSize(1);
    }
}
