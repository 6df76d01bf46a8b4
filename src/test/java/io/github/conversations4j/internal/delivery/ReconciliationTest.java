package io.github.conversations4j.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.internal.delivery.Reconciler.End;
import io.github.conversations4j.internal.delivery.Reconciler.Outcome;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Marks are read when there is room, again and again until it worked, and what cannot be had is said. */
class ReconciliationTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final ReconciliationFixture fixture = new ReconciliationFixture();
    private final ManualTime time = fixture.time;
    private final Reconciliation reconciliation = fixture.reconciliation;
    private final String one = SampleEvents.conversation(1);

    @Test
    void marks_wait_for_somebody_who_compares() {
        fixture.lose(SampleEvents.messageAdded(1, 0));
        time.advance(LONG);
        assertThat(reconciliation.marked()).containsExactly(one);
        fixture.start();
        assertThat(fixture.asked).containsExactly(one + " INCOMPLETE");
        fixture.answer(Outcome.DONE);
        assertThat(reconciliation.marked()).isEmpty();
        assertThat(fixture.told).as("messages come back").isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void what_does_not_come_back_is_reported_once_as_missed() {
        fixture.start();
        fixture.lose(SampleEvents.messageAdded(1, 0), SampleEvents.typingStarted(1), SampleEvents.typingStarted(1));
        reconciliation.incomplete(one);
        time.advance(LONG);
        fixture.answer(Outcome.DONE);
        assertThat(fixture.missed().conversationSid()).isEqualTo(one);
        assertThat(fixture.missed().types()).containsExactly(EventType.TYPING_STARTED);
    }

    @Test
    void a_failure_is_told_once_and_tried_again_with_growing_pauses() {
        fixture.start();
        fixture.lose(SampleEvents.messageAdded(1, 0));
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pauses.add(time.untilNext().orElseThrow());
            time.advance(pauses.get(i));
            fixture.fail(new IllegalStateException("no luck"));
        }
        assertThat(pauses.get(11)).isGreaterThan(pauses.get(5)).isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(fixture.told).singleElement().isInstanceOfSatisfying(ConnectionError.class, error -> {
            assertThat(error.terminal()).isFalse();
            assertThat(error.cause()).hasMessage("no luck");
        });
        time.advance(LONG);
        fixture.answer(Outcome.DONE);
        assertThat(reconciliation.marked()).isEmpty();
    }

    @Test
    void no_room_is_no_failure_and_is_tried_again() {
        fixture.startWithALostMessage();
        fixture.answer(Outcome.NO_ROOM);
        time.advance(Duration.ofSeconds(1));
        fixture.answer(Outcome.DONE);
        assertThat(fixture.told).isEmpty();
        assertThat(fixture.asked).hasSize(2);
    }

    @Test
    void what_a_comparison_of_messages_alone_does_not_bring_back_is_missed() {
        fixture.start(EventType.MESSAGE_ADDED, EventType.TYPING_STARTED);
        fixture.lose(SampleEvents.messageAdded(1, 0), SampleEvents.typingStarted(1));
        time.advance(LONG);
        fixture.answer(Outcome.MESSAGES_DONE);
        assertThat(reconciliation.marked()).isEmpty();
        assertThat(fixture.missed().types()).containsExactly(EventType.TYPING_STARTED);
    }

    /** Loses changes and compares them as far back as a comparison reaches. */
    private void compare(Reach reach, ConversationScoped... lost) {
        fixture.lose(lost);
        time.advance(LONG);
        fixture.answer(new Outcome(End.DONE, reach));
        assertThat(reconciliation.marked()).isEmpty();
    }

    private static MessageUpdated edited(int index) {
        return DeliveryFixture.updated(DeliveryFixture.WEBHOOK, SampleEvents.message(1, index));
    }

    private static MessageRemoved removed(int index) {
        return DeliveryFixture.removed(DeliveryFixture.WEBHOOK, SampleEvents.message(1, index));
    }

    @Test
    void a_change_further_back_than_a_comparison_looks_is_missed() {
        fixture.start(EventType.MESSAGE_ADDED, EventType.MESSAGE_UPDATED, EventType.MESSAGE_REMOVED);
        Reach reach = new Reach(10, Instant.MIN, 0);
        compare(reach, edited(30), edited(9), edited(20), removed(10), SampleEvents.messageAdded(1, 5));
        assertThat(fixture.missed().types()).containsExactly(EventType.MESSAGE_UPDATED);
    }

    @Test
    void a_removal_further_back_than_a_comparison_looks_is_missed() {
        fixture.start(EventType.MESSAGE_UPDATED, EventType.MESSAGE_REMOVED);
        compare(new Reach(10, Instant.MIN, 0), removed(9), edited(10));
        assertThat(fixture.missed().types()).containsExactly(EventType.MESSAGE_REMOVED);
    }

    @Test
    void a_change_of_an_old_message_before_anybody_has_read_it_is_missed() {
        fixture.start(EventType.MESSAGE_UPDATED, EventType.MESSAGE_REMOVED);
        Reach reach = new Reach(10, time.instant().plusSeconds(1), 20);
        compare(reach, edited(19), removed(20));
        compare(reach, edited(19));
        assertThat(fixture.missed().types()).containsExactly(EventType.MESSAGE_UPDATED);
    }

    @Test
    void room_ends_the_pause_of_what_had_none() {
        fixture.start();
        fixture.lose(SampleEvents.messageAdded(1, 0), SampleEvents.messageAdded(2, 0));
        time.advance(ReconciliationFixture.SETTLING);
        for (int i = 0; i < 20; i++) {
            fixture.answer(Outcome.NO_ROOM);
            fixture.answer(Outcome.NO_ROOM);
            reconciliation.room(i % 2 == 0 ? null : one);
            reconciliation.room(i % 2 == 0 ? null : SampleEvents.conversation(2));
            reconciliation.room(SampleEvents.conversation(3));
        }
        assertThat(fixture.asked).hasSize(42);
        fixture.answer(Outcome.DONE);
        fixture.answer(Outcome.DONE);
        time.advance(LONG);
        assertThat(fixture.asked).as("the pauses that were ended ripen nothing").hasSize(42);
        assertThat(reconciliation.marked()).isEmpty();
    }

    @Test
    void room_that_came_during_a_comparison_counts() {
        fixture.startWithALostMessage();
        reconciliation.room(one);
        fixture.answer(Outcome.NO_ROOM);
        time.advance(Duration.ZERO);
        assertThat(fixture.asked).hasSize(2);
        fixture.answer(Outcome.NO_ROOM);
        time.advance(Duration.ZERO);
        assertThat(fixture.asked).as("it counts once").hasSize(2);
    }

    @Test
    void room_does_not_end_the_pause_after_a_failure() {
        fixture.startWithALostMessage();
        reconciliation.room(one);
        fixture.fail(new IllegalStateException("no luck"));
        reconciliation.room(null);
        time.advance(Duration.ZERO);
        assertThat(fixture.asked).hasSize(1);
        time.advance(LONG);
        assertThat(fixture.asked).hasSize(2);
    }

    @Test
    void a_conversation_that_is_gone_is_let_go_of_and_what_was_lost_is_missed() {
        fixture.startWithALostMessage();
        fixture.fail(new CompletionException(StoredMessages.gone(one)));
        assertThat(fixture.forgotten).containsExactly(one);
        assertThat(reconciliation.marked()).isEmpty();
        assertThat(fixture.missed().types()).containsExactly(EventType.MESSAGE_ADDED);
        time.advance(LONG);
        assertThat(fixture.asked).hasSize(1);
    }

    @Test
    void the_end_of_a_conversation_is_missed_where_nobody_else_finds_it() {
        ConversationSnapshot conversation = ConversationSnapshot.builder(one).build();
        fixture.start(EventType.MESSAGE_ADDED);
        fixture.lose(DeliveryFixture.removed(DeliveryFixture.WEBHOOK, conversation));
        time.advance(ReconciliationFixture.SETTLING);
        fixture.fail(new CompletionException(StoredMessages.gone(one)));
        assertThat(fixture.missed().types()).containsExactly(EventType.CONVERSATION_REMOVED);
    }

    @Test
    void the_end_of_a_conversation_is_not_missed_where_somebody_looks_for_it() {
        ConversationSnapshot conversation = ConversationSnapshot.builder(one).build();
        fixture.start(EventType.MESSAGE_ADDED, EventType.CONVERSATION_REMOVED);
        fixture.lose(DeliveryFixture.removed(DeliveryFixture.WEBHOOK, conversation));
        time.advance(ReconciliationFixture.SETTLING);
        fixture.fail(new CompletionException(StoredMessages.gone(one)));
        assertThat(fixture.told).isEmpty();
    }

    @Test
    void what_is_lost_during_a_comparison_needs_another_one() {
        fixture.startWithALostMessage();
        fixture.lose(SampleEvents.typingStarted(1));
        fixture.answer(Outcome.DONE);
        assertThat(fixture.told).isEmpty();
        assertThat(fixture.asked).as("what was lost settles first").hasSize(1);
        time.advance(ReconciliationFixture.SETTLING);
        fixture.answer(Outcome.DONE);
        assertThat(fixture.told).hasSize(1);
        assertThat(fixture.asked).hasSize(2);
    }

    @Test
    void few_are_compared_at_a_time_and_all_in_the_end() {
        fixture.start();
        for (int number = 0; number < 100; number++) {
            fixture.lose(SampleEvents.messageAdded(number, 0));
        }
        time.advance(LONG);
        assertThat(fixture.asked).hasSize(4);
        while (fixture.open() > 0) {
            fixture.answer(Outcome.DONE);
            assertThat(fixture.open()).isLessThanOrEqualTo(4);
        }
        assertThat(fixture.asked).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void what_was_asked_for_completes_when_it_was_compared() {
        fixture.start();
        CompletableFuture<Void> done = reconciliation.request(one, Reason.START).toCompletableFuture();
        time.advance(Duration.ZERO);
        assertThat(fixture.asked).containsExactly(one + " START");
        assertThat(done).isNotDone();
        fixture.answer(Outcome.DONE);
        assertThat(done).isCompleted();
    }

    @Test
    void losses_go_before_what_is_compared_because_of_a_start() {
        fixture.start();
        for (int number = 10; number < 30; number++) {
            reconciliation.request(SampleEvents.conversation(number), Reason.START);
        }
        time.advance(Duration.ZERO);
        fixture.lose(SampleEvents.messageAdded(1, 0), SampleEvents.messageAdded(25, 0));
        time.advance(ReconciliationFixture.SETTLING);
        fixture.answer(Outcome.DONE);
        fixture.answer(Outcome.DONE);
        assertThat(fixture.asked.subList(4, 6))
                .containsExactlyInAnyOrder(one + " INCOMPLETE", SampleEvents.conversation(25) + " INCOMPLETE");
    }

    @Test
    void what_was_asked_for_completes_even_if_it_has_to_be_compared_again() {
        fixture.start();
        CompletableFuture<Void> noRoom =
                reconciliation.request(one, Reason.START).toCompletableFuture();
        CompletableFuture<Void> failing = reconciliation
                .request(SampleEvents.conversation(2), Reason.START)
                .toCompletableFuture();
        CompletableFuture<Void> waiting = reconciliation
                .request(SampleEvents.conversation(3), Reason.START)
                .toCompletableFuture();
        time.advance(Duration.ZERO);
        fixture.answer(Outcome.NO_ROOM);
        fixture.fail(new IllegalStateException("no luck"));
        assertThat(noRoom).isCompleted();
        assertThat(failing).isCompleted();
        assertThat(reconciliation.marked()).hasSize(3);
        assertThat(waiting).isNotDone();
        reconciliation.close();
        assertThat(waiting).isCompleted();
    }

    @Test
    void the_mark_of_a_conversation_that_was_removed_is_dropped() {
        fixture.start();
        fixture.lose(SampleEvents.messageAdded(1, 0));
        reconciliation.gone(one);
        reconciliation.gone(one);
        assertThat(fixture.missed().types()).containsExactly(EventType.MESSAGE_ADDED);
        time.advance(LONG);
        assertThat(fixture.asked).isEmpty();
    }

    @Test
    void a_comparison_that_fails_because_the_conversation_was_removed_meanwhile_is_the_last_one() {
        fixture.startWithALostMessage();
        reconciliation.gone(one);
        fixture.fail(new IllegalStateException("not yours"));
        assertThat(reconciliation.marked()).isEmpty();
        assertThat(fixture.missed().types()).containsExactly(EventType.MESSAGE_ADDED);
        time.advance(LONG);
        assertThat(fixture.asked).hasSize(1);
    }
}
