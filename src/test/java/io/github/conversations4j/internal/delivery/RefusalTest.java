package io.github.conversations4j.internal.delivery;

import static io.github.conversations4j.internal.delivery.DeliveryFixture.POLL;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.REALTIME;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.WEBHOOK;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.added;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.removed;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.updated;
import static io.github.conversations4j.source.Sink.Offer.ACCEPTED;
import static io.github.conversations4j.source.Sink.Offer.CLOSED;
import static io.github.conversations4j.source.Sink.Offer.DUPLICATE;
import static io.github.conversations4j.source.Sink.Offer.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.conversations4j.ErrorReport;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.Unknown;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.User;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the hooks have no room for is refused, forgotten, and welcome when it comes again. */
class RefusalTest {
    private final HandDriven executor = new HandDriven();
    private final DeliveryFixture fixture = new DeliveryFixture(executor, new QueueLimits(10, 1));
    private final Message message = SampleEvents.message(1, 1);
    private final Message other = SampleEvents.message(1, 0);
    private final Message edited = message.toBuilder().body("edited").build();

    @Test
    void a_refused_event_is_accepted_when_it_is_delivered_again() {
        fixture.offer(added(WEBHOOK, other));
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(REFUSED);
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(REFUSED);
        assertThat(fixture.delivery.counts()).isEqualTo(new Delivery.Counts(1, 0, 2));
        executor.runAll();
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(ACCEPTED);
        executor.runAll();
        assertThat(fixture.delivered).containsExactly(added(WEBHOOK, other), added(WEBHOOK, message));
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(DUPLICATE);
    }

    @Test
    void a_refused_update_or_removal_leaves_the_former_state() {
        fixture.offer(added(WEBHOOK, message));
        executor.runAll();
        fixture.offer(added(WEBHOOK, other));
        assertThat(fixture.offer(updated(WEBHOOK, edited))).isEqualTo(REFUSED);
        assertThat(fixture.offer(removed(WEBHOOK, message))).isEqualTo(REFUSED);
        executor.runAll();
        assertThat(fixture.offer(updated(WEBHOOK, edited))).isEqualTo(ACCEPTED);
        executor.runAll();
        ConversationsEvent last = fixture.delivered.get(2);
        assertThat(((MessageUpdated) last).updateReasons()).containsExactly(MessageUpdateReason.BODY);
        assertThat(fixture.offer(removed(WEBHOOK, message))).isEqualTo(ACCEPTED);
    }

    @Test
    void the_conversation_of_a_refused_event_is_marked() {
        fixture.offer(added(WEBHOOK, other));
        fixture.offer(added(WEBHOOK, message));
        assertThat(fixture.delivery.incomplete()).containsExactly(SampleEvents.conversation(1));
        fixture.delivery.markIncomplete(SampleEvents.conversation(2));
        assertThat(fixture.delivery.incomplete())
                .containsExactlyInAnyOrder(SampleEvents.conversation(1), SampleEvents.conversation(2));
    }

    @Test
    void what_belongs_to_no_conversation_and_found_no_room_is_reported_once_there_is() {
        fixture.toleratesReports();
        fixture.recoverWith(new StoredMessages());
        fixture.offer(unknown(WEBHOOK, 1));
        assertThat(fixture.offer(unknown(WEBHOOK, 2))).isEqualTo(REFUSED);
        assertThat(fixture.offer(unknown(WEBHOOK, 3))).isEqualTo(REFUSED);
        assertThat(fixture.offer(renamed(WEBHOOK))).isEqualTo(REFUSED);
        assertThat(fixture.offer(renamed(POLL))).as("polled again").isEqualTo(REFUSED);
        assertThat(fixture.reports).isEmpty();
        executor.runAll();
        fixture.time.advance(Duration.ZERO);
        assertThat(fixture.reports).singleElement().satisfies(report -> {
            assertThat(report.what()).isEqualTo("events of no conversation are lost: unknown (2), userUpdated (1)");
            assertThat(report.cause()).hasMessageStartingWith("hooks had no room for them");
        });
        executor.runAll();
        fixture.time.advance(Duration.ZERO);
        fixture.offer(unknown(WEBHOOK, 4));
        assertThat(fixture.offer(unknown(WEBHOOK, 5))).isEqualTo(REFUSED);
        fixture.delivery.close();
        fixture.delivery.close();
        assertThat(fixture.reports)
                .extracting(ErrorReport::what)
                .last()
                .isEqualTo("events of no conversation are lost: unknown (1)");
        assertThat(fixture.reports).hasSize(2);
    }

    @Test
    void what_belongs_to_no_conversation_and_is_found_again_is_not_reported() {
        fixture.toleratesReports();
        fixture.delivery.recoverWith(new StoredMessages(), new Users());
        fixture.offer(unknown(WEBHOOK, 1));
        assertThat(fixture.offer(renamed(WEBHOOK))).isEqualTo(REFUSED);
        executor.runAll();
        fixture.time.advance(Duration.ZERO);
        assertThat(fixture.reports).isEmpty();
    }

    private static Unknown unknown(String source, int number) {
        return new Unknown(EventMeta.live("unknown " + number, SampleEvents.TIME, source), "onNew", Map.of());
    }

    private static UserUpdated renamed(String source) {
        User user = User.builder("ann").friendlyName("Ann").build();
        return new UserUpdated(DeliveryFixture.meta(source), user, Set.of(UserUpdateReason.UNKNOWN));
    }

    /** Whoever reads the users finds what happened to them. */
    private static final class Users implements Reconciler {
        @Override
        public CompletionStage<Outcome> reconcile(String conversationSid, Reason reason) {
            return CompletableFuture.completedFuture(Outcome.DONE);
        }

        @Override
        public Set<EventType<?>> recovers() {
            return Set.of(EventType.USER_ADDED, EventType.USER_UPDATED);
        }
    }

    @Test
    void a_message_that_turns_up_in_a_hole_which_was_given_up_is_not_lost_when_it_is_refused() {
        StoredMessages twilio = new StoredMessages();
        fixture.recoverWith(twilio);
        fixture.offer(added(WEBHOOK, twilio.put(other)));
        executor.runAll();
        fixture.offer(added(WEBHOOK, twilio.put(SampleEvents.message(1, 2))));
        fixture.time.advance(Duration.ofSeconds(1));
        executor.runAll();
        assertThat(fixture.delivered)
                .as("the hole at 1 was given up")
                .hasSize(3)
                .hasAtLeastOneElementOfType(EventsMissed.class);
        fixture.offer(added(WEBHOOK, twilio.put(SampleEvents.message(1, 3))));
        assertThat(fixture.offer(added(WEBHOOK, twilio.put(message))))
                .as("there is room for one")
                .isEqualTo(REFUSED);
        fixture.time.advance(Duration.ofSeconds(1));
        executor.runAll();
        fixture.time.advance(Duration.ofSeconds(1));
        executor.runAll();
        assertThat(fixture.delivered)
                .filteredOn(MessageAdded.class::isInstance)
                .extracting(event -> ((MessageAdded) event).message().index())
                .containsExactly(0, 2, 3, 1);
    }

    @Test
    void what_a_participants_source_offers_again_is_not_missed_when_the_executor_takes_no_work() {
        AtomicBoolean takes = new AtomicBoolean();
        DeliveryFixture refusing = new DeliveryFixture(
                task -> {
                    if (!takes.get()) {
                        throw new RejectedExecutionException("full");
                    }
                    task.run();
                },
                QueueLimits.DEFAULT);
        refusing.recoverWith(new StoredMessages());
        ConversationSnapshot conversation =
                ConversationSnapshot.builder(SampleEvents.conversation(1)).build();
        assertThat(refusing.offer(added(REALTIME, conversation))).isEqualTo(REFUSED);
        assertThat(refusing.delivery.incomplete()).isEmpty();
        takes.set(true);
        assertThat(refusing.offer(added(REALTIME, conversation))).isEqualTo(ACCEPTED);
        refusing.time.advance(Duration.ofMinutes(1));
        assertThat(refusing.delivered).containsExactly(added(REALTIME, conversation));
    }

    @Test
    void a_closed_delivery_says_so() {
        fixture.delivery.close();
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(CLOSED);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_dispatcher_that_takes_no_more_means_refused() {
        fixture.dispatcher.close(Duration.ZERO);
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(REFUSED);
    }

    @Test
    void events_of_the_client_itself_can_not_be_offered() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.offer(SampleEvents.initialized()))
                .withMessageContaining("initialized: only the client itself fires this");
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.offer(SampleEvents.initFailed()));
    }

    @Test
    void a_burst_goes_on_whenever_hooks_have_room_and_not_when_a_pause_ends() {
        StoredMessages twilio = new StoredMessages();
        fixture.recoverWith(twilio);
        for (int i = 0; i < 40; i++) {
            fixture.offer(added(WEBHOOK, twilio.add(1, 0)));
        }
        // One message may wait at a time, and the pauses alone would come to 36 minutes.
        fixture.time.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 40; i++) {
            executor.runAll();
            fixture.time.advance(Duration.ofMillis(10));
        }
        assertThat(fixture.delivered)
                .extracting(event -> ((MessageAdded) event).message().index())
                .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
        assertThat(fixture.delivery.incomplete()).isEmpty();
    }

    @Test
    void room_for_one_conversation_is_room_for_all_where_the_limit_of_all_was_met() {
        DeliveryFixture fixture = new DeliveryFixture(executor, new QueueLimits(2, 2));
        StoredMessages twilio = new StoredMessages();
        fixture.recoverWith(twilio);
        for (int conversation = 1; conversation <= 20; conversation++) {
            fixture.offer(added(WEBHOOK, twilio.add(conversation, 0)));
        }
        fixture.time.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 20; i++) {
            executor.runAll();
            fixture.time.advance(Duration.ofMillis(10));
        }
        assertThat(fixture.delivered)
                .extracting(event -> ((MessageAdded) event).conversationSid())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20)
                        .mapToObj(SampleEvents::conversation)
                        .toList());
    }

    @Test
    void a_refused_message_that_is_removed_before_it_can_be_read_is_missed_though_nothing_comes_after_it() {
        StoredMessages twilio = new StoredMessages();
        fixture.recoverWith(twilio);
        fixture.offer(added(WEBHOOK, twilio.add(1, 0)));
        Message last = twilio.add(1, 0);
        assertThat(fixture.offer(added(WEBHOOK, last))).isEqualTo(REFUSED);
        twilio.remove(last);
        executor.runAll();
        fixture.time.advance(Duration.ofSeconds(1));
        executor.runAll();
        assertThat(fixture.delivered.get(1)).isInstanceOfSatisfying(EventsMissed.class, missed -> {
            assertThat(missed.firstIndex()).isEqualTo(1);
            assertThat(missed.lastIndex()).isEqualTo(1);
        });
        fixture.offer(added(WEBHOOK, twilio.add(1, 0)));
        executor.runAll();
        assertThat(fixture.delivered).hasSize(3);
        assertThat(fixture.delivery.incomplete()).isEmpty();
    }
}
