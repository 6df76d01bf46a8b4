package io.github.conversations4j.internal.delivery;

import static io.github.conversations4j.internal.delivery.DeliveryFixture.REALTIME;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.WEBHOOK;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.added;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.removed;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.updated;
import static io.github.conversations4j.source.Sink.Offer.ACCEPTED;
import static io.github.conversations4j.source.Sink.Offer.DUPLICATE;
import static io.github.conversations4j.source.Sink.Offer.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of a conversation reach hooks by index, whatever is early, late, lost or skipped. */
class OrderTest {
    private static final Duration PATIENCE = OrderLimits.DEFAULT.patience();
    private static final Duration ALMOST = PATIENCE.minusMillis(1);

    private final DeliveryFixture fixture = new DeliveryFixture();
    private final StoredMessages twilio = new StoredMessages();
    private final Message[] messages = new Message[20];

    OrderTest() {
        fixture.recoverWith(twilio);
        for (int index = 0; index < messages.length; index++) {
            messages[index] = SampleEvents.message(1, index);
        }
    }

    private void webhook(int... indexes) {
        for (int index : indexes) {
            twilio.put(messages[index]);
            assertThat(fixture.offer(added(WEBHOOK, messages[index]))).isEqualTo(ACCEPTED);
        }
    }

    /** What hooks saw, such as {@code 3} for a message, {@code 3r} for a recovered one. */
    private List<String> seen() {
        return seen(fixture);
    }

    private static List<String> seen(DeliveryFixture fixture) {
        return fixture.delivered.stream().map(OrderTest::word).toList();
    }

    private static String word(ConversationsEvent event) {
        String recovered = event.meta().recovered() ? "r" : "";
        if (event instanceof MessageAdded added) {
            return added.message().index() + recovered;
        } else if (event instanceof MessageUpdated updated) {
            return updated.message().index() + "u" + recovered;
        } else if (event instanceof MessageRemoved removed) {
            return removed.message().index() + "x" + recovered;
        } else if (event instanceof EventsMissed missed) {
            return "missed " + missed.firstIndex() + ".." + missed.lastIndex();
        }
        return event.type().eventName();
    }

    @Test
    void in_order_nothing_waits_and_nobody_is_asked() {
        webhook(0, 1, 2, 3);
        assertThat(seen()).containsExactly("0", "1", "2", "3");
        assertThat(fixture.time.pending()).isZero();
        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void what_is_early_waits_for_what_comes_before_it() {
        webhook(0, 3, 2);
        assertThat(seen()).containsExactly("0");
        webhook(1);
        assertThat(seen()).containsExactly("0", "1", "2", "3");
        assertThat(fixture.time.pending()).as("timers").isZero();
        webhook(4);
        assertThat(seen()).endsWith("4");
        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void what_was_removed_before_it_could_be_told_is_missed() {
        fixture.offer(removed(WEBHOOK, messages[1]));
        webhook(0);
        fixture.offer(added(WEBHOOK, messages[1]));
        webhook(2);
        assertThat(seen()).containsExactly("1x", "0", "missed 1..1", "2");
        fixture.offer(added(WEBHOOK, messages[1]));
        assertThat(seen()).as("said once").hasSize(4);
    }

    @Test
    void what_was_passed_over_and_removed_before_it_came_is_missed() {
        twilio.failing(() -> true);
        webhook(0, 2);
        fixture.time.advance(Duration.ofMinutes(1));
        fixture.offer(removed(WEBHOOK, messages[1]));
        fixture.offer(added(WEBHOOK, messages[1]));
        fixture.offer(added(WEBHOOK, messages[1]));
        assertThat(seen().stream().filter(word -> !word.equals("connectionError")))
                .containsExactly("0", "2", "1x", "missed 1..1");
    }

    @Test
    void a_hole_is_asked_about_when_patience_ends() {
        webhook(0);
        twilio.put(messages[1]);
        twilio.put(messages[2]);
        webhook(3);
        fixture.time.advance(ALMOST);
        assertThat(twilio.asked()).isEmpty();
        fixture.time.advance(Duration.ofMillis(1));
        assertThat(seen()).containsExactly("0", "1r", "2r", "3");
        assertThat(fixture.offer(added(WEBHOOK, messages[2]))).isEqualTo(DUPLICATE);
        assertThat(fixture.time.pending()).isZero();
    }

    @Test
    void a_hole_is_asked_about_though_the_clock_is_set_back() {
        webhook(0);
        twilio.put(messages[1]);
        webhook(2);
        fixture.clock.setBack(Duration.ofDays(1));
        fixture.time.advance(PATIENCE);
        fixture.time.advance(PATIENCE);
        assertThat(seen()).containsExactly("0", "1r", "2");
    }

    @Test
    void an_index_that_twilio_skipped_is_asked_about_once_and_told_as_missed() {
        webhook(0, 3);
        fixture.time.advance(PATIENCE);
        assertThat(seen()).containsExactlyInAnyOrder("0", "3", "missed 1..2");
        assertThat(twilio.asked()).hasSize(1);
        webhook(4);
        assertThat(seen()).endsWith("4");
    }

    @Test
    void a_message_that_comes_after_its_hole_was_closed_is_delivered_once_and_marked() {
        webhook(0, 2);
        fixture.time.advance(PATIENCE);
        assertThat(fixture.offer(added(WEBHOOK, messages[1]))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(added(WEBHOOK, messages[1]))).isEqualTo(DUPLICATE);
        assertThat(seen()).containsExactlyInAnyOrder("0", "2", "missed 1..1", "1r");
    }

    @Test
    void what_happens_to_a_message_that_waits_waits_with_it() {
        Message edited = messages[2].toBuilder().body("edited").build();
        webhook(0, 2);
        assertThat(fixture.offer(updated(WEBHOOK, edited))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(updated(WEBHOOK, edited))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(removed(WEBHOOK, edited))).isEqualTo(ACCEPTED);
        assertThat(seen()).containsExactly("0");
        webhook(1);
        assertThat(seen()).containsExactly("0", "1", "2", "2u", "2x");
    }

    @Test
    void an_update_of_a_message_that_is_missing_makes_it_be_asked_for() {
        webhook(0);
        Message edited = twilio.put(messages[1].toBuilder().body("edited").build());
        fixture.offer(updated(WEBHOOK, edited));
        assertThat(seen()).containsExactly("0");
        fixture.time.advance(PATIENCE);
        assertThat(seen()).containsExactly("0", "1r");
        assertThat(((MessageAdded) fixture.delivered.get(1)).message().body()).isEqualTo("edited");
    }

    @Test
    void a_message_that_was_removed_before_it_could_be_read_is_missed() {
        webhook(0);
        fixture.offer(removed(WEBHOOK, messages[1]));
        webhook(2);
        fixture.time.advance(PATIENCE);
        assertThat(seen()).containsExactlyInAnyOrder("0", "missed 1..1", "1x", "2");
    }

    @Test
    void every_hole_has_its_own_patience_but_one_question_serves_all() {
        twilio.put(messages[1]);
        twilio.put(messages[3]);
        webhook(0, 2, 4);
        fixture.time.advance(PATIENCE);
        assertThat(seen()).containsExactly("0", "1r", "2", "3r", "4");
        assertThat(twilio.asked()).hasSize(1);
    }

    @Test
    void while_a_question_is_open_no_other_is_asked_and_what_comes_in_order_goes_on() {
        twilio.waiting(true);
        webhook(0, 2);
        fixture.time.advance(PATIENCE);
        webhook(4);
        fixture.time.advance(PATIENCE);
        assertThat(twilio.asked()).hasSize(1);
        webhook(1);
        assertThat(seen()).containsExactly("0", "1", "2");
        twilio.answerAll();
        webhook(3);
        assertThat(seen()).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void if_twilio_does_not_answer_it_is_asked_again_and_in_the_end_the_rest_goes_on() {
        twilio.failing(() -> true);
        webhook(0);
        twilio.put(messages[1]);
        webhook(2);
        fixture.time.advance(Duration.ofSeconds(30));
        assertThat(seen()).contains("0", "2").doesNotContain("1r");
        assertThat(twilio.asked()).hasSizeBetween(3, 30);
        assertThat(fixture.delivered.stream().filter(ConnectionError.class::isInstance))
                .as("told once")
                .hasSize(1);
        twilio.failing(() -> false);
        fixture.time.advance(Duration.ofMinutes(2));
        assertThat(seen()).endsWith("1r");
        assertThat(fixture.delivery.incomplete()).isEmpty();
    }

    @Test
    void where_nobody_can_be_asked_patience_alone_decides() {
        twilio.reachable(false);
        webhook(0, 3);
        fixture.time.advance(PATIENCE);
        assertThat(seen()).containsExactlyInAnyOrder("0", "3", "missed 1..2");
        webhook(1, 4);
        assertThat(seen()).endsWith("1r", "4");
    }

    @Test
    void the_first_message_of_an_unknown_conversation_asks_for_those_before_it() {
        twilio.put(messages[3]);
        webhook(4);
        assertThat(seen()).containsExactly("3r", "4");
        assertThat(twilio.asked()).containsExactly("..3");
    }

    @Test
    void a_conversation_that_has_just_begun_starts_at_nothing() {
        fixture.offer(added(
                WEBHOOK,
                ConversationSnapshot.builder(SampleEvents.conversation(1)).build()));
        webhook(1);
        assertThat(seen()).containsExactly("conversationAdded");
        webhook(0);
        assertThat(seen()).containsExactly("conversationAdded", "0", "1");
    }

    @Test
    void realtime_tells_everything_from_where_it_begins() {
        fixture.offer(added(REALTIME, messages[7]));
        assertThat(seen()).containsExactly("7");
        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void what_waits_is_bounded_and_what_finds_no_room_is_refused_and_read_later() {
        for (int index = 1; index <= 100; index++) {
            Message message = twilio.put(SampleEvents.message(1, index));
            if (index == 1) {
                fixture.offer(added(
                        WEBHOOK,
                        ConversationSnapshot.builder(SampleEvents.conversation(1))
                                .build()));
            }
            assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(ACCEPTED);
        }
        assertThat(fixture.offer(added(WEBHOOK, twilio.put(SampleEvents.message(1, 101)))))
                .isEqualTo(REFUSED);
        assertThat(fixture.delivery.incomplete()).containsExactly(SampleEvents.conversation(1));
        twilio.put(messages[0]);
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(seen()).hasSize(103).contains("0r", "100", "101r").endsWith("101r");
    }

    @Test
    void the_end_of_a_conversation_lets_go_of_what_waits() {
        webhook(0, 2);
        fixture.offer(removed(
                WEBHOOK,
                ConversationSnapshot.builder(SampleEvents.conversation(1)).build()));
        assertThat(seen()).containsExactlyInAnyOrder("0", "2", "missed 1..1", "conversationRemoved");
        assertThat(fixture.time.pending()).isZero();
    }

    @Test
    void what_waits_goes_on_only_as_far_as_hooks_have_room() {
        HandDriven executor = new HandDriven();
        DeliveryFixture slow = new DeliveryFixture(executor, new QueueLimits(100, 2));
        slow.recoverWith(twilio);
        slow.offer(added(WEBHOOK, messages[0]));
        executor.runAll();
        for (int index = 2; index < 7; index++) {
            slow.offer(added(WEBHOOK, messages[index]));
        }
        assertThat(slow.offer(added(WEBHOOK, messages[1]))).isEqualTo(ACCEPTED);
        for (int round = 0; round < 10; round++) {
            executor.runAll();
            slow.time.advance(Duration.ofSeconds(6));
        }
        executor.runAll();
        assertThat(seen(slow)).containsExactly("0", "1", "2", "3", "4", "5", "6");
    }

    @Test
    void what_is_held_goes_on_when_its_conversation_is_gone() {
        webhook(0, 2, 5);
        twilio.goneForGood();
        fixture.time.advance(PATIENCE);
        assertThat(seen()).containsExactly("0", "2", "5", "missed 1..1", "missed 3..4");
        assertThat(twilio.asked()).hasSize(1);
        assertThat(fixture.time.pending()).isZero();
        assertThat(fixture.delivery.incomplete()).isEmpty();
    }

    @Test
    void nothing_is_held_for_longer_than_stated_if_twilio_answers_late_or_never() {
        twilio.waiting(true);
        webhook(0, 2, 5);
        Duration limit = OrderLimits.DEFAULT.longestHold();
        fixture.time.advance(limit.minusMillis(1));
        assertThat(seen()).containsExactly("0");
        fixture.time.advance(Duration.ofMillis(1));
        assertThat(seen()).containsExactly("0", "2", "5");
        twilio.put(messages[1]);
        twilio.answerAll();
        fixture.time.advance(Duration.ofSeconds(1));
        twilio.answerAll();
        assertThat(seen()).containsExactlyInAnyOrder("0", "2", "5", "1r", "missed 3..4");
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(fixture.delivery.incomplete()).isEmpty();
        assertThat(fixture.time.pending()).isZero();
    }

    @Test
    void what_waited_long_for_room_still_waits_for_the_answer_about_what_comes_before_it() {
        HandDriven executor = new HandDriven();
        DeliveryFixture slow = new DeliveryFixture(executor, new QueueLimits(100, 2));
        slow.recoverWith(twilio);
        for (int index = 0; index <= 5; index++) {
            twilio.put(messages[index]);
        }
        slow.offer(added(WEBHOOK, messages[0]));
        slow.offer(added(WEBHOOK, messages[5]));
        slow.time.advance(OrderLimits.DEFAULT.longestHold().plus(PATIENCE));
        twilio.waiting(true);
        executor.runAll();
        slow.time.advance(Duration.ofSeconds(6));
        assertThat(seen(slow)).as("nothing goes ahead").containsExactly("0", "1r");
        twilio.waiting(false);
        twilio.answerAll();
        for (int round = 0; round < 5; round++) {
            executor.runAll();
            slow.time.advance(Duration.ofSeconds(6));
        }
        assertThat(seen(slow)).containsExactly("0", "1r", "2r", "3r", "4r", "5");
    }

    @Test
    void a_long_answer_is_waited_for_as_long_as_twilio_goes_on_answering() {
        twilio.waiting(true);
        webhook(0, 2);
        twilio.put(messages[1]);
        for (int page = 0; page < 5; page++) {
            fixture.time.advance(OrderLimits.DEFAULT.longestHold().minus(PATIENCE.multipliedBy(2)));
            twilio.givesAPage();
        }
        assertThat(seen()).containsExactly("0");
        twilio.answerAll();
        assertThat(seen()).containsExactly("0", "1r", "2");
    }

    @Test
    void what_comes_while_an_old_question_is_under_way_waits_like_it() {
        twilio.waiting(true);
        webhook(0, 2);
        fixture.time.advance(PATIENCE);
        webhook(1);
        twilio.put(messages[3]);
        webhook(4);
        othersGetPagesFor(30);
        assertThat(seen()).as("nothing goes ahead").containsExactly("0", "1", "2");
        twilio.waiting(false);
        twilio.answerAll();
        fixture.time.advance(PATIENCE);
        assertThat(seen()).containsExactly("0", "1", "2", "3r", "4");
    }

    @Test
    void a_question_that_always_fails_is_given_up_though_twilio_answers_others() {
        twilio.failing(() -> {
            twilio.givesAPage();
            return true;
        });
        webhook(0, 2);
        othersGetPagesFor(20);
        assertThat(seen()).contains("2");
    }

    @Test
    void a_question_that_failed_about_one_hole_leaves_time_for_the_next() {
        HandDriven executor = new HandDriven();
        DeliveryFixture slow = new DeliveryFixture(executor, new QueueLimits(100, 3));
        slow.recoverWith(twilio);
        twilio.failing(() -> true);
        slow.offer(added(WEBHOOK, messages[0]));
        slow.offer(added(WEBHOOK, messages[3]));
        slow.time.advance(PATIENCE);
        for (int index : List.of(1, 2, 5)) {
            slow.offer(added(WEBHOOK, messages[index]));
        }
        slow.time.advance(Duration.ofMinutes(1));
        twilio.failing(() -> false);
        twilio.put(messages[4]);
        twilio.waiting(true);
        executor.runAll();
        slow.time.advance(Duration.ofSeconds(6));
        executor.runAll();
        assertThat(messagesOf(slow)).as("nothing goes ahead").containsExactly("0", "1", "2", "3");
        twilio.answerAll();
        executor.runAll();
        assertThat(messagesOf(slow)).containsExactly("0", "1", "2", "3", "4r", "5");
    }

    @Test
    void a_failure_counts_for_its_hole_only_though_it_is_asked_about_again() {
        twilio.failing(() -> true);
        webhook(0, 2);
        fixture.time.advance(PATIENCE);
        twilio.failing(() -> false);
        twilio.waiting(true);
        fixture.time.advance(Duration.ofSeconds(1));
        assertThat(twilio.asked()).hasSize(2);
        webhook(1);
        twilio.put(messages[3]);
        webhook(4);
        othersGetPagesFor(30);
        assertThat(messagesOf(fixture)).as("nothing goes ahead").containsExactly("0", "1", "2");
    }

    /** One each second. */
    private void othersGetPagesFor(int seconds) {
        for (int second = 0; second < seconds; second++) {
            fixture.time.advance(Duration.ofSeconds(1));
            twilio.givesAPage();
        }
    }

    private static List<String> messagesOf(DeliveryFixture fixture) {
        return fixture.delivered.stream()
                .filter(MessageAdded.class::isInstance)
                .map(OrderTest::word)
                .toList();
    }

    @Test
    void what_hooks_have_no_room_for_is_missed_when_its_conversation_ends() {
        HandDriven executor = new HandDriven();
        DeliveryFixture slow = new DeliveryFixture(executor, new QueueLimits(100, 1));
        slow.recoverWith(twilio);
        slow.offer(added(WEBHOOK, messages[0]));
        slow.offer(added(WEBHOOK, messages[2]));
        slow.offer(updated(WEBHOOK, messages[2].toBuilder().body("edited").build()));
        twilio.put(messages[1]);
        slow.offer(added(WEBHOOK, messages[1]));
        slow.offer(removed(
                WEBHOOK,
                ConversationSnapshot.builder(SampleEvents.conversation(1)).build()));
        executor.runAll();
        slow.time.advance(Duration.ofSeconds(1));
        executor.runAll();
        assertThat(slow.delivered.stream()
                        .filter(EventsMissed.class::isInstance)
                        .flatMap(missed -> ((EventsMissed) missed).types().stream()))
                .contains(EventType.MESSAGE_ADDED, EventType.MESSAGE_UPDATED);
        assertThat(seen(slow)).startsWith("0").contains("missed 1..2");
    }

    @Test
    void after_the_end_of_a_conversation_nothing_of_it_is_told_unless_it_comes_back() {
        webhook(0);
        ConversationSnapshot conversation =
                ConversationSnapshot.builder(SampleEvents.conversation(1)).build();
        fixture.offer(removed(REALTIME, conversation));
        assertThat(fixture.offer(added(WEBHOOK, messages[1]))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(added(REALTIME, messages[2]))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(
                        updated(WEBHOOK, messages[0].toBuilder().body("x").build())))
                .isEqualTo(DUPLICATE);
        assertThat(seen()).containsExactly("0", "conversationRemoved", "missed 1..1", "missed 2..2");
        assertThat(fixture.offer(SampleEvents.typingStarted(1))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(added(WEBHOOK, conversation)))
                .as("it came to be before")
                .isEqualTo(DUPLICATE);
        assertThat(fixture.offer(added(WEBHOOK, messages[4]))).isEqualTo(DUPLICATE);
        assertThat(fixture.delivery.recover(
                        new Reading(SampleEvents.conversation(1), 1, 5, List.of(messages[5]), true, WEBHOOK)))
                .as("need not be read again")
                .isTrue();
        assertThat(seen()).hasSize(5).endsWith("missed 4..4");

        fixture.offer(added(REALTIME, conversation));
        assertThat(fixture.offer(added(REALTIME, messages[3]))).isEqualTo(ACCEPTED);
        assertThat(seen()).endsWith("conversationAdded", "3");
    }
}
