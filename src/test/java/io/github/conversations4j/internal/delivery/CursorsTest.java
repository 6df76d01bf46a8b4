package io.github.conversations4j.internal.delivery;

import static io.github.conversations4j.internal.delivery.DeliveryFixture.WEBHOOK;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.added;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.removed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.delivery.FlakyStore.Failing;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.internal.time.Deadline;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.Sink.Offer;
import io.github.conversations4j.store.Cursor;
import io.github.conversations4j.store.Ownership;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import io.github.conversations4j.tests.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What hooks have taken is remembered, and what they have not is delivered after a restart. */
class CursorsTest {
    private static final String SCOPE = "scope";

    private final ManualTime time = new ManualTime();
    private final FlakyStore store = new FlakyStore();
    private final StoredMessages twilio = new StoredMessages();
    private final HandDriven hooks = new HandDriven();
    private final String one = SampleEvents.conversation(1);

    /** A process that delivers, until it is left alone. */
    private final class Process {
        final Cursors cursors;
        final DeliveryFixture fixture;

        Process(Duration lookBack) {
            cursors = new Cursors(store, SCOPE, lookBack, new Surroundings(time, time, new Random(1)), Runnable::run);
            fixture = new DeliveryFixture(hooks, QueueLimits.DEFAULT, time, cursors);
            cursors.open();
            fixture.recoverWith(twilio);
            cursors.conversations()
                    .forEach(sid -> fixture.delivery.reconciliation().request(sid, Reason.START));
        }

        Process() {
            this(Duration.ZERO);
        }

        void webhook(int... indexes) {
            for (int index : indexes) {
                fixture.offer(added(WEBHOOK, twilio.put(SampleEvents.message(1, index))));
            }
        }

        List<String> seen() {
            return fixture.delivered.stream()
                    .filter(MessageAdded.class::isInstance)
                    .map(MessageAdded.class::cast)
                    .map(event -> event.message().index() + (event.meta().recovered() ? "r" : ""))
                    .toList();
        }
    }

    private Cursors opened(Executor executor) {
        Cursors cursors =
                new Cursors(store, SCOPE, Duration.ZERO, new Surroundings(time, time, new Random(1)), executor);
        cursors.open();
        return cursors;
    }

    private void close(Cursors cursors) {
        cursors.close(new Deadline(time, Duration.ofSeconds(Patience.SECONDS)));
    }

    private long stored() {
        return stored(1, one);
    }

    /** What the owner of an epoch has stored; -2 for nothing. */
    private long stored(int epoch, String conversationSid) {
        return store.memory
                .read(new Ownership(SCOPE, epoch), conversationSid)
                .map(Cursor::index)
                .orElse(-2L);
    }

    @Test
    void a_message_counts_as_delivered_when_its_hooks_have_returned() {
        Process process = new Process();
        process.webhook(0, 1);
        assertThat(stored()).isEqualTo(-2);
        hooks.runAll();
        assertThat(stored()).isEqualTo(1);
        process.webhook(3);
        hooks.runAll();
        assertThat(stored()).as("what is early does not count").isEqualTo(1);
        process.webhook(2);
        hooks.runAll();
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void after_a_restart_what_was_stored_meanwhile_comes_first() {
        new Process().webhook(0, 1);
        hooks.runAll();
        twilio.put(SampleEvents.message(1, 2));
        twilio.put(SampleEvents.message(1, 3));
        Process next = new Process();
        next.webhook(4);
        time.advance(Duration.ofSeconds(2));
        hooks.runAll();
        assertThat(next.seen()).containsExactly("2r", "3r", "4");
    }

    @Test
    void what_was_taken_is_a_duplicate_after_a_restart_though_nobody_remembers_it() {
        new Process().webhook(0, 1);
        hooks.runAll();
        Process next = new Process();
        assertThat(next.fixture.offer(added(WEBHOOK, SampleEvents.message(1, 1))))
                .isEqualTo(Offer.DUPLICATE);
        assertThat(next.fixture.offer(added(WEBHOOK, SampleEvents.message(1, 0))))
                .isEqualTo(Offer.DUPLICATE);
    }

    @Test
    void a_crash_between_hook_and_store_delivers_again_with_the_same_id() {
        Process process = new Process();
        process.webhook(0);
        hooks.runAll();
        store.fails(Failing.BEFORE);
        process.webhook(1);
        hooks.runAll();
        store.fails(Failing.NOT);
        Process next = new Process();
        time.advance(Duration.ofSeconds(1));
        hooks.runAll();
        assertThat(process.seen()).containsExactly("0", "1");
        assertThat(next.seen()).containsExactly("1r");
        assertThat(next.fixture.delivered.get(0).meta().id())
                .isEqualTo("messageAdded:" + SampleEvents.message(1, 1).sid());
    }

    @Test
    void a_store_that_fails_is_tried_again_and_told_once() {
        Process process = new Process();
        store.fails(Failing.BEFORE);
        process.webhook(0, 1, 2);
        hooks.runAll();
        time.advance(Duration.ofSeconds(10));
        hooks.runAll();
        assertThat(process.seen()).as("delivery goes on").containsExactly("0", "1", "2");
        assertThat(process.fixture.delivered.stream().filter(ConnectionError.class::isInstance))
                .hasSize(1);
        store.fails(Failing.NOT);
        time.advance(Duration.ofMinutes(1));
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void a_store_that_fails_after_it_has_stored_is_read_again_and_not_the_end() {
        Process process = new Process();
        process.webhook(0);
        hooks.runAll();
        store.fails(Failing.AFTER);
        process.webhook(1);
        hooks.runAll();
        time.advance(Duration.ofSeconds(1));
        assertThat(stored()).isEqualTo(1);
        store.fails(Failing.NOT);
        process.webhook(2);
        hooks.runAll();
        time.advance(Duration.ofMinutes(1));
        assertThat(stored()).isEqualTo(2);
        assertThat(process.fixture.offer(added(WEBHOOK, twilio.put(SampleEvents.message(1, 3)))))
                .isEqualTo(Offer.ACCEPTED);
        assertThat(process.fixture.delivered.stream()
                        .filter(ConnectionError.class::isInstance)
                        .map(ConnectionError.class::cast))
                .singleElement()
                .satisfies(error -> assertThat(error.terminal()).isFalse());
    }

    @Test
    void what_a_store_removed_before_it_failed_can_come_back() {
        Cursors cursors = opened(Runnable::run);
        cursors.taken(one, 0);
        store.fails(Failing.AFTER);
        cursors.ended(one);
        assertThat(stored()).isEqualTo(-2);
        store.fails(Failing.NOT);
        cursors.taken(one, 4);
        time.advance(Duration.ofSeconds(1));
        assertThat(stored()).isEqualTo(4);
        time.advance(Duration.ofMinutes(1));
        assertThat(stored()).as("nobody remembers the end").isEqualTo(4);
        close(cursors);
    }

    @Test
    void what_ended_while_its_position_could_not_be_saved_has_ended() {
        Cursors cursors = opened(Runnable::run);
        store.fails(Failing.AFTER);
        cursors.taken(one, 0);
        cursors.ended(one);
        store.fails(Failing.NOT);
        time.advance(Duration.ofMinutes(1));
        assertThat(stored()).isEqualTo(-2);
        assertThat(cursors.conversations()).isEmpty();
        close(cursors);
    }

    @Test
    void a_cursor_that_is_another_in_the_store_is_read_again() {
        Cursors cursors = opened(Runnable::run);
        cursors.taken(one, 0);
        Ownership same = new Ownership(SCOPE, 1);
        Cursor first = store.memory.read(same, one).orElseThrow();
        store.memory.save(same, first.at(5, SampleEvents.TIME));
        cursors.taken(one, 4);
        time.advance(Duration.ofSeconds(1));
        assertThat(stored()).as("not moved back").isEqualTo(5);
        assertThat(cursors.position(one)).isEqualTo(5);
        cursors.taken(one, 6);
        assertThat(stored()).isEqualTo(6);
        close(cursors);
    }

    @Test
    void closing_after_such_a_failure_saves_what_is_left() {
        Cursors cursors = opened(Runnable::run);
        store.fails(Failing.AFTER);
        cursors.taken(one, 1);
        store.fails(Failing.NOT);
        cursors.taken(one, 2);
        close(cursors);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void an_error_of_the_store_is_a_failure_like_any_other() {
        Cursors cursors = opened(Runnable::run);
        List<Throwable> told = new ArrayList<>();
        cursors.tell(told::add, told::add);
        store.fails(Failing.BADLY);
        cursors.taken(one, 1);
        store.fails(Failing.NOT);
        time.advance(Duration.ofSeconds(1));
        assertThat(stored()).isEqualTo(1);
        assertThat(told).singleElement().isInstanceOf(NoClassDefFoundError.class);
        close(cursors);
    }

    @Test
    void a_store_that_fails_is_left_alone_for_the_pause_whatever_hooks_take_meanwhile() {
        Cursors cursors = opened(Runnable::run);
        store.fails(Failing.BEFORE);
        int before = store.asked;
        for (int index = 0; index < 50; index++) {
            cursors.taken(one, index);
        }
        assertThat(store.asked - before).isEqualTo(1);
        assertThat(time.pending()).isEqualTo(1);
        store.fails(Failing.NOT);
        time.advance(Duration.ofSeconds(1));
        assertThat(stored()).isEqualTo(49);
        close(cursors);
    }

    @Test
    void a_name_that_no_cursor_can_have_keeps_no_other_from_being_saved() {
        HandDriven later = new HandDriven();
        Cursors cursors = opened(later);
        cursors.taken("not a SID", 1);
        cursors.taken(one, 1);
        later.runAll();
        assertThat(stored()).isEqualTo(1);
        assertThat(cursors.conversations()).containsExactly(one);
        cursors.taken(one, 2);
        later.runAll();
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void whoever_was_taken_over_delivers_nothing_any_more() {
        Process first = new Process();
        first.webhook(0);
        hooks.runAll();
        Process second = new Process();
        first.fixture.toleratesReports();
        first.webhook(1);
        hooks.runAll();
        assertThat(first.fixture.delivered.get(2))
                .isInstanceOfSatisfying(
                        ConnectionError.class,
                        error -> assertThat(error.terminal()).isTrue());
        assertThat(first.fixture.offer(added(WEBHOOK, SampleEvents.message(1, 2))))
                .isEqualTo(Offer.CLOSED);
        second.webhook(1);
        hooks.runAll();
        assertThat(stored(2, one)).isEqualTo(1);
    }

    @Test
    void whoever_was_taken_over_drops_what_waits_for_its_hooks() {
        Process first = new Process();
        first.webhook(0);
        hooks.runAll();
        Process second = new Process();
        first.fixture.toleratesReports();
        first.webhook(1, 2, 3);
        hooks.runAll();
        assertThat(first.seen()).as("until it saved").containsExactly("0", "1");
        assertThat(first.fixture.dispatcher.pending()).isZero();
        time.advance(Duration.ofSeconds(1));
        hooks.runAll();
        assertThat(second.seen()).containsExactly("1r", "2r", "3r");
    }

    @Test
    void what_hooks_took_before_the_end_is_saved_by_closing() {
        HandDriven later = new HandDriven();
        AtomicBoolean closing = new AtomicBoolean();
        Cursors cursors = opened(task -> (closing.get() ? (Executor) Runnable::run : later).execute(task));
        cursors.taken(one, 7);
        assertThat(stored()).isEqualTo(-2);
        closing.set(true);
        close(cursors);
        assertThat(stored()).isEqualTo(7);
        later.runAll();
        assertThat(stored()).isEqualTo(7);
    }

    @Test
    void a_store_that_fails_at_the_end_is_no_silent_loss() {
        Cursors cursors = opened(Runnable::run);
        store.fails(Failing.BEFORE);
        cursors.taken(one, 7);
        assertThatThrownBy(() -> close(cursors))
                .isInstanceOf(ConversationsException.class)
                .hasMessage(
                        "the last positions of scope were not saved, so that what hooks have taken since comes again"
                                + " after the next start")
                .hasRootCauseMessage("the disk is full");
    }

    @Test
    void a_store_that_does_not_answer_is_waited_for_no_longer_than_the_limit() {
        HandDriven never = new HandDriven();
        Cursors cursors = opened(never);
        cursors.taken(one, 7);
        assertThatThrownBy(() -> cursors.close(new Deadline(time, Duration.ZERO)))
                .isInstanceOf(ConversationsException.class)
                .hasMessageStartingWith("the last positions of scope were not saved in time");
        never.forget();
    }

    @Test
    void closing_that_is_interrupted_saves_all_the_same() {
        Cursors cursors = opened(task -> new Thread(task).start());
        store.fails(Failing.BEFORE);
        cursors.taken(one, 7);
        Patience.until(() -> time.pending() == 1);
        store.fails(Failing.NOT);
        Thread.currentThread().interrupt();
        close(cursors);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stored()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "BADLY"})
    void whoever_is_told_of_a_failure_may_wait_for_the_end(Failing how) {
        Cursors cursors = opened(Runnable::run);
        AtomicReference<Throwable> end = new AtomicReference<>();
        cursors.tell(
                failure -> {
                    Thread closer = new Thread(() -> {
                        try {
                            close(cursors);
                        } catch (ConversationsException e) {
                            end.set(e);
                        }
                    });
                    closer.start();
                    Patience.join(closer);
                },
                failure -> {});
        store.fails(how);
        cursors.taken(one, 7);
        assertThat(end.get()).hasMessageContaining("were not saved");
    }

    @Test
    void whoever_is_told_that_somebody_took_over_may_wait_for_the_end() {
        Cursors cursors = opened(Runnable::run);
        AtomicBoolean ended = new AtomicBoolean();
        cursors.tell(failure -> {}, failure -> {
            Thread closer = new Thread(() -> {
                close(cursors);
                ended.set(true);
            });
            closer.start();
            Patience.join(closer);
        });
        opened(Runnable::run);
        cursors.taken(one, 7);
        assertThat(ended).isTrue();
    }

    @Test
    void what_no_hook_has_taken_when_closing_is_over_is_delivered_after_a_restart() {
        Process process = new Process();
        process.webhook(0);
        hooks.runAll();
        process.webhook(1, 2, 3);
        assertThat(process.fixture.dispatcher.close(Duration.ZERO)).isFalse();
        hooks.runAll();
        close(process.cursors);
        assertThat(process.seen()).containsExactly("0");
        assertThat(stored()).isZero();
        Process next = new Process();
        time.advance(Duration.ofSeconds(1));
        hooks.runAll();
        assertThat(next.seen()).containsExactly("1r", "2r", "3r");
    }

    @Test
    void a_conversation_that_is_gone_needs_no_cursor() {
        Process process = new Process();
        process.webhook(0);
        process.fixture.offer(removed(WEBHOOK, ConversationSnapshot.builder(one).build()));
        hooks.runAll();
        assertThat(stored()).isEqualTo(-2);
        assertThat(process.cursors.conversations()).isEmpty();
    }

    @Test
    void a_conversation_whose_last_message_is_not_saved_yet_ends_too() {
        HandDriven later = new HandDriven();
        List<Throwable> lost = new ArrayList<>();
        Cursors cursors = opened(later);
        cursors.tell(lost::add, lost::add);
        cursors.taken(one, 0);
        later.runAll();
        cursors.taken(one, 1);
        cursors.ended(one);
        String two = SampleEvents.conversation(2);
        cursors.taken(two, 5);
        cursors.ended(two);
        later.runAll();
        assertThat(lost).isEmpty();
        assertThat(cursors.conversations()).isEmpty();
        assertThat(stored()).isEqualTo(-2);
    }

    @Test
    void an_executor_that_takes_no_work_is_asked_again() {
        AtomicInteger refusals = new AtomicInteger(1);
        Cursors cursors = opened(command -> {
            if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("busy");
            }
            command.run();
        });
        cursors.taken(one, 3);
        assertThat(stored()).isEqualTo(-2);
        time.advance(Duration.ofSeconds(1));
        assertThat(stored()).isEqualTo(3);
        cursors.taken(one, 4);
        assertThat(stored()).isEqualTo(4);
        close(cursors);
    }

    @Test
    void the_first_start_is_remembered() {
        Process first = new Process(Duration.ofHours(1));
        assertThat(first.cursors.isResumed()).isFalse();
        time.advance(Duration.ofDays(1));
        Process second = new Process(Duration.ofHours(2));
        assertThat(second.cursors.isResumed()).isTrue();
        assertThat(second.cursors.since()).isEqualTo(SampleEvents.TIME.minus(Duration.ofHours(1)));
    }

    static LongStream seeds() {
        return Seeds.of(30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void crashes_lose_nothing_and_double_only_what_was_with_hooks(long seed) {
        System.out.println("CursorsTest: seed " + seed);
        Random random = new Random(seed);
        Set<String> delivered = new HashSet<>();
        Map<String, Integer> last = new HashMap<>();
        List<Message> written = new ArrayList<>();
        int doubled = 0;
        int atRisk = 0;
        for (int life = 0; life < 8; life++) {
            Process process = new Process();
            for (int step = 0; step < 60; step++) {
                Message message = twilio.add(random.nextInt(3), random.nextInt(20) == 0 ? 1 : 0);
                written.add(message);
                if (random.nextDouble() < 0.7) {
                    process.fixture.offer(added(WEBHOOK, message));
                }
                store.fails(
                        random.nextInt(8) > 0 ? Failing.NOT : random.nextBoolean() ? Failing.BEFORE : Failing.AFTER);
                time.advance(Duration.ofMillis(random.nextInt(150)));
                if (random.nextBoolean()) {
                    hooks.runAll();
                }
            }
            boolean crash = life < 7;
            for (int round = 0; !crash && round < 30; round++) {
                store.fails(Failing.NOT);
                time.advance(Duration.ofSeconds(10));
                hooks.runAll();
                for (int number = 0; number < 3; number++) {
                    process.fixture
                            .delivery
                            .reconciliation()
                            .request(SampleEvents.conversation(number), Reason.INCOMPLETE);
                }
            }
            last.clear();
            for (ConversationsEvent event : process.fixture.delivered) {
                if (event instanceof MessageAdded added) {
                    int index = added.message().index();
                    assertThat(index)
                            .as("in order within a life")
                            .isGreaterThan(last.getOrDefault(added.conversationSid(), -1));
                    last.put(added.conversationSid(), index);
                    doubled += delivered.add(added.message().sid()) ? 0 : 1;
                }
            }
            for (ConversationsEvent event : process.fixture.delivered) {
                if (event instanceof MessageAdded added) {
                    long cursor = stored(life + 1, added.conversationSid());
                    atRisk += added.message().index() > cursor ? 1 : 0;
                }
            }
            // The process dies: nothing of it runs again.
            process.fixture.delivery.close();
            hooks.forget();
        }
        assertThat(written).allMatch(message -> delivered.contains(message.sid()));
        assertThat(doubled).as("what hooks had taken and the store had not").isLessThanOrEqualTo(atRisk);
    }
}
