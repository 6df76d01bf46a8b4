package io.github.conversations4j.internal.delivery;

import static io.github.conversations4j.internal.delivery.DeliveryFixture.POLL;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.REALTIME;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.WEBHOOK;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.added;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.meta;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.removed;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.updated;
import static io.github.conversations4j.model.ConversationState.ACTIVE;
import static io.github.conversations4j.model.ConversationState.INACTIVE;
import static io.github.conversations4j.source.Sink.Offer.ACCEPTED;
import static io.github.conversations4j.source.Sink.Offer.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConversationStateUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.TypingStarted;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import io.github.conversations4j.tests.SampleEvents;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was delivered before is dropped, in whichever order and from whichever source it comes. */
class OnceTest {
    private final DeliveryFixture fixture = new DeliveryFixture();
    private final Message message = SampleEvents.message(1, 0);
    private final Message edited = message.toBuilder().body("edited").build();
    private final ConversationSnapshot conversation =
            ConversationSnapshot.builder(SampleEvents.conversation(1)).build();

    @Test
    void the_same_event_again_is_a_duplicate_also_from_another_source() {
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(added(POLL, message))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(removed(WEBHOOK, message))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(removed(POLL, message))).isEqualTo(DUPLICATE);
        assertThat(fixture.delivered).containsExactly(added(WEBHOOK, message), removed(WEBHOOK, message));
        assertThat(fixture.delivery.counts()).isEqualTo(new Delivery.Counts(2, 3, 0));
    }

    @Test
    void an_update_is_new_if_it_differs_from_what_was_delivered_last() {
        fixture.offer(added(WEBHOOK, message));
        assertThat(fixture.offer(updated(WEBHOOK, edited))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(updated(WEBHOOK, edited))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(updated(WEBHOOK, message))).as("and back").isEqualTo(ACCEPTED);
        assertThat(fixture.delivered).hasSize(3);
    }

    private ConversationStateUpdated state(String source, String id, ConversationState from, ConversationState to) {
        EventMeta meta = EventMeta.live(id, SampleEvents.TIME, source);
        return new ConversationStateUpdated(meta, conversation.sid(), from, to, null);
    }

    @Test
    void a_change_of_state_that_another_source_told_otherwise_is_a_duplicate() {
        assertThat(fixture.offer(state(WEBHOOK, "w1", ACTIVE, INACTIVE))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(state(POLL, "p1", ACTIVE, INACTIVE))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(state(POLL, "p2", INACTIVE, ACTIVE))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(state(WEBHOOK, "w2", INACTIVE, ACTIVE))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(state(WEBHOOK, "w3", ACTIVE, INACTIVE))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(state(WEBHOOK, "w3", ACTIVE, INACTIVE))).isEqualTo(DUPLICATE);
    }

    @Test
    void an_update_that_says_it_is_older_is_not_delivered_and_twilio_is_asked() {
        Message second =
                edited.toBuilder().dateUpdated(SampleEvents.TIME.plusMillis(2)).build();
        Message first = message.toBuilder()
                .body("typo")
                .dateUpdated(SampleEvents.TIME.plusMillis(1))
                .build();
        fixture.offer(added(WEBHOOK, message));
        fixture.offer(updated(WEBHOOK, second));
        assertThat(fixture.offer(updated(WEBHOOK, first))).isEqualTo(DUPLICATE);
        assertThat(fixture.delivered).hasSize(2);
        assertThat(fixture.delivery.incomplete()).containsExactly(SampleEvents.conversation(1));
        assertThat(fixture.offer(updated(POLL, first)))
                .as("what is read is what there is")
                .isEqualTo(ACCEPTED);
    }

    @Test
    void an_update_before_anything_else_is_known_is_new() {
        assertThat(fixture.offer(updated(WEBHOOK, edited))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(updated(WEBHOOK, edited))).isEqualTo(DUPLICATE);
    }

    @Test
    void what_is_added_after_an_update_of_it_is_not_lost_and_comes_as_the_update_left_it() {
        fixture.offer(updated(WEBHOOK, edited));
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(ACCEPTED);
        assertThat(fixture.delivered).containsExactly(updated(WEBHOOK, edited), added(WEBHOOK, edited));
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(updated(WEBHOOK, edited))).isEqualTo(DUPLICATE);
    }

    @Test
    void the_same_holds_for_participants_conversations_and_users() {
        Participant joined = Participant.builder(SampleEvents.sid("MB", 1), SampleEvents.conversation(1))
                .identity("alice")
                .build();
        Participant read = joined.toBuilder().lastReadMessageIndex(3).build();
        EventMeta meta = meta(WEBHOOK);
        fixture.offer(new ParticipantUpdated(meta, read, Set.of(ParticipantUpdateReason.UNKNOWN)));
        fixture.offer(new ParticipantJoined(meta, joined));
        assertThat(last()).isEqualTo(new ParticipantJoined(meta, read));

        ConversationSnapshot renamed =
                conversation.toBuilder().friendlyName("new").build();
        fixture.offer(updated(WEBHOOK, renamed));
        fixture.offer(added(WEBHOOK, conversation));
        assertThat(last()).isEqualTo(added(WEBHOOK, renamed));

        User user = User.builder("alice").build();
        User named = user.toBuilder().friendlyName("Alice").build();
        fixture.offer(new UserUpdated(meta, named, Set.of(UserUpdateReason.UNKNOWN)));
        fixture.offer(new UserAdded(meta, user));
        assertThat(last()).isEqualTo(new UserAdded(meta, named));
        assertThat(fixture.delivered).hasSize(6);
    }

    @Test
    void a_user_who_is_deleted_and_made_again_is_somebody_new() {
        User first = User.builder("alice")
                .sid(SampleEvents.sid("US", 1))
                .dateCreated(SampleEvents.TIME)
                .build();
        User second = first.toBuilder()
                .sid(SampleEvents.sid("US", 2))
                .dateCreated(SampleEvents.TIME.plusSeconds(60))
                .build();
        assertThat(fixture.offer(new UserAdded(meta(WEBHOOK), first))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(new UserAdded(meta(WEBHOOK), second))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(new UserAdded(meta(POLL), second))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(new UserAdded(meta(WEBHOOK), first)))
                .as("a redelivery of what is over")
                .isEqualTo(DUPLICATE);
        assertThat(fixture.delivered).hasSize(2);
    }

    @Test
    void a_user_who_was_made_again_is_added_also_after_an_update_of_them() {
        User first = User.builder("alice").sid(SampleEvents.sid("US", 1)).build();
        User second = first.toBuilder().sid(SampleEvents.sid("US", 2)).build();
        fixture.offer(new UserAdded(meta(WEBHOOK), first));
        UserUpdated update = new UserUpdated(meta(WEBHOOK), second, Set.of(UserUpdateReason.UNKNOWN));
        assertThat(fixture.offer(update)).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(new UserAdded(meta(WEBHOOK), second))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(new UserAdded(meta(WEBHOOK), second))).isEqualTo(DUPLICATE);
        assertThat(fixture.delivered).hasSize(3).contains(update);
    }

    private ConversationsEvent last() {
        return fixture.delivered.get(fixture.delivered.size() - 1);
    }

    @Test
    void what_is_gone_is_neither_added_nor_updated_afterwards() {
        fixture.offer(removed(WEBHOOK, message));
        assertThat(fixture.offer(added(WEBHOOK, message))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(updated(WEBHOOK, edited))).isEqualTo(DUPLICATE);
        fixture.offer(added(WEBHOOK, conversation));
        fixture.offer(removed(WEBHOOK, conversation));
        assertThat(fixture.offer(added(WEBHOOK, conversation))).isEqualTo(DUPLICATE);
        Participant participant = Participant.builder(SampleEvents.sid("MB", 1), SampleEvents.conversation(1))
                .build();
        fixture.offer(new ParticipantLeft(meta(WEBHOOK), participant));
        assertThat(fixture.offer(new ParticipantJoined(meta(WEBHOOK), participant)))
                .isEqualTo(DUPLICATE);
    }

    @Test
    void a_conversation_goes_out_of_a_participants_sight_and_comes_back() {
        fixture.offer(added(REALTIME, conversation));
        fixture.offer(removed(REALTIME, conversation));
        assertThat(fixture.offer(added(REALTIME, conversation))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(added(REALTIME, conversation))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(removed(REALTIME, conversation))).isEqualTo(ACCEPTED);
        assertThat(fixture.delivered).hasSize(4);
    }

    @Test
    void steps_of_a_delivery_are_told_apart_by_their_ids_however_late_one_is_repeated() {
        for (int round = 0; round < 2; round++) {
            for (DeliveryStatus status : DeliveryStatus.values()) {
                assertThat(fixture.offer(step(status))).isEqualTo(round == 0 ? ACCEPTED : DUPLICATE);
            }
        }
        assertThat(fixture.delivered).hasSize(DeliveryStatus.values().length);
    }

    private static DeliveryUpdated step(DeliveryStatus status) {
        DeliveryReceipt receipt = DeliveryReceipt.builder(
                        SampleEvents.sid("DY", 1), SampleEvents.conversation(1), SampleEvents.sid("IM", 1), status)
                .build();
        return new DeliveryUpdated(EventMeta.live("delivery " + status, SampleEvents.TIME, WEBHOOK), receipt);
    }

    @Test
    void what_nobody_knows_is_told_apart_by_its_id() {
        assertThat(fixture.offer(SampleEvents.unknown("onNew"))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(SampleEvents.unknown("onNew"))).isEqualTo(DUPLICATE);
        assertThat(fixture.offer(SampleEvents.unknown("onNewer"))).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(SampleEvents.unknown("onNew"))).isEqualTo(DUPLICATE);
    }

    @Test
    void what_has_no_identity_is_never_a_duplicate() {
        TypingStarted typing = SampleEvents.typingStarted(1);
        assertThat(fixture.offer(typing)).isEqualTo(ACCEPTED);
        assertThat(fixture.offer(typing)).isEqualTo(ACCEPTED);
    }
}
