package io.github.conversations4j.internal.delivery;

import static io.github.conversations4j.event.MessageUpdateReason.ATTRIBUTES;
import static io.github.conversations4j.event.MessageUpdateReason.BODY;
import static io.github.conversations4j.event.MessageUpdateReason.DATE_UPDATED;
import static io.github.conversations4j.event.MessageUpdateReason.UNKNOWN;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.POLL;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.WEBHOOK;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.added;
import static io.github.conversations4j.internal.delivery.DeliveryFixture.updated;
import static io.github.conversations4j.source.Sink.Offer.ACCEPTED;
import static io.github.conversations4j.source.Sink.Offer.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reasons come from the source or from the former state, and are never guessed. */
class UpdateReasonsTest {
    private final DeliveryFixture fixture = new DeliveryFixture();
    private final Message message = SampleEvents.message(1, 0).toBuilder()
            .attributes(Attributes.of("{\"a\":1,\"b\":2}"))
            .dateUpdated(SampleEvents.TIME)
            .subject("hello")
            .build();

    private Set<MessageUpdateReason> reasonsOfLast() {
        return ((MessageUpdated) fixture.delivered.get(fixture.delivered.size() - 1)).updateReasons();
    }

    @Test
    void without_a_former_state_they_are_unknown() {
        fixture.offer(updated(WEBHOOK, message));
        assertThat(reasonsOfLast()).containsExactly(UNKNOWN);
    }

    @Test
    void they_are_what_differs_from_the_former_state() {
        fixture.offer(added(WEBHOOK, message));
        fixture.offer(updated(
                WEBHOOK,
                message.toBuilder()
                        .body("edited")
                        .dateUpdated(SampleEvents.TIME.plusMillis(1))
                        .build()));
        assertThat(reasonsOfLast()).containsExactlyInAnyOrder(BODY, DATE_UPDATED);
    }

    @Test
    void what_the_source_tells_is_believed() {
        fixture.offer(added(WEBHOOK, message));
        fixture.offer(updated(WEBHOOK, message.toBuilder().body("edited").build(), ATTRIBUTES));
        assertThat(reasonsOfLast()).containsExactly(ATTRIBUTES);
    }

    @Test
    void a_change_that_no_reason_exists_for_is_told_as_unknown() {
        fixture.offer(added(WEBHOOK, message));
        assertThat(fixture.offer(updated(
                        WEBHOOK,
                        message.toBuilder()
                                .contentSid(SampleEvents.sid("HX", 1))
                                .build())))
                .isEqualTo(ACCEPTED);
        assertThat(reasonsOfLast()).containsExactly(UNKNOWN);
        ConversationSnapshot conversation = ConversationSnapshot.builder(SampleEvents.conversation(1))
                .dateInactive(SampleEvents.TIME)
                .build();
        fixture.offer(added(WEBHOOK, conversation));
        fixture.offer(
                updated(WEBHOOK, conversation.toBuilder().dateInactive(null).build()));
        assertThat(((ConversationUpdated) fixture.delivered.get(3)).updateReasons())
                .containsExactly(ConversationUpdateReason.UNKNOWN);
    }

    @Test
    void one_source_that_leaves_something_out_says_that_it_is_gone() {
        fixture.offer(added(WEBHOOK, message));
        fixture.offer(updated(WEBHOOK, message.toBuilder().subject(null).build()));
        assertThat(reasonsOfLast()).containsExactly(MessageUpdateReason.SUBJECT);
    }

    @Test
    void another_source_that_leaves_something_out_says_nothing() {
        fixture.offer(added(WEBHOOK, message));
        Message overRest = message.toBuilder()
                .subject(null)
                .contentSid(SampleEvents.sid("HX", 1))
                .build();
        assertThat(fixture.offer(updated(POLL, overRest))).isEqualTo(DUPLICATE);
    }

    @Test
    void dates_of_two_sources_are_compared_in_whole_seconds() {
        fixture.offer(added(WEBHOOK, message));
        Message rounded = message.toBuilder()
                .dateUpdated(SampleEvents.TIME.plusMillis(999))
                .build();
        assertThat(fixture.offer(updated(POLL, rounded))).isEqualTo(DUPLICATE);
        Message later = message.toBuilder()
                .dateUpdated(SampleEvents.TIME.plus(Duration.ofSeconds(1)))
                .build();
        assertThat(fixture.offer(updated(POLL, later))).isEqualTo(ACCEPTED);
        assertThat(reasonsOfLast()).containsExactly(DATE_UPDATED);
    }

    @Test
    void attributes_of_two_sources_are_compared_as_json() {
        fixture.offer(added(WEBHOOK, message));
        Message reordered = message.toBuilder()
                .attributes(Attributes.of("{ \"b\": 2, \"a\": 1 }"))
                .build();
        assertThat(fixture.offer(updated(POLL, reordered))).isEqualTo(DUPLICATE);
        Message broken =
                message.toBuilder().attributes(Attributes.of("{ not json")).build();
        assertThat(fixture.offer(updated(POLL, broken))).isEqualTo(ACCEPTED);
        assertThat(reasonsOfLast()).containsExactly(ATTRIBUTES);
        assertThat(fixture.offer(updated(WEBHOOK, message))).isEqualTo(ACCEPTED);
    }
}
