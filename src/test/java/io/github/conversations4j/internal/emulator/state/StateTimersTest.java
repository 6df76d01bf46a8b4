package io.github.conversations4j.internal.emulator.state;

import static io.github.conversations4j.internal.emulator.state.StateBench.GENERAL;
import static io.github.conversations4j.internal.emulator.state.StateBench.REST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.internal.emulator.state.Change.OfConversation;
import io.github.conversations4j.internal.emulator.state.Change.Reason;
import io.github.conversations4j.model.ConversationState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateTimersTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final StateBench bench = new StateBench();

    private void timers(StateBench on) {
        on.service
                .conversations()
                .update(
                        REST,
                        GENERAL,
                        new ConversationDraft()
                                .inactiveAfter(MINUTE.multipliedBy(5))
                                .closedAfter(MINUTE.multipliedBy(20)));
        on.changes.clear();
    }

    @Test
    void aQuietConversationFallsAsleepAndCloses() {
        timers(bench);
        bench.time.advance(MINUTE.multipliedBy(5));
        assertThat(bench.general().state()).isEqualTo(ConversationState.INACTIVE);
        assertThat(bench.general().timers().dateInactive()).isNull();
        bench.time.advance(MINUTE.multipliedBy(15));
        assertThat(bench.general().state()).isEqualTo(ConversationState.CLOSED);
        assertThat(bench.general().timers().next()).isNull();

        List<OfConversation> changes = bench.changes(OfConversation.class);
        assertThat(changes).extracting(OfConversation::reason).containsExactly(Reason.TIMER, Reason.TIMER);
        assertThat(changes)
                .extracting(change -> change.stamp().cause().webhooks())
                .containsOnly(true);
        assertThat(bench.time.pending()).isZero();
    }

    @Test
    void aMessageWakesASleepingConversation() {
        timers(bench);
        bench.time.advance(MINUTE.multipliedBy(6));
        bench.say("hello?");
        assertThat(bench.general().state()).isEqualTo(ConversationState.ACTIVE);
        assertThat(bench.general().timers().dateInactive())
                .isEqualTo(bench.time.instant().plus(MINUTE.multipliedBy(5)));
        assertThat(bench.changes(OfConversation.class))
                .extracting(OfConversation::reason)
                .containsExactly(Reason.TIMER, Reason.EVENT);
    }

    @Test
    void aMessageStartsTheTimersAnewUnlessToldOtherwise() {
        timers(bench);
        bench.time.advance(MINUTE.multipliedBy(4));
        bench.say("still here");
        bench.time.advance(MINUTE.multipliedBy(4));
        assertThat(bench.general().state()).isEqualTo(ConversationState.ACTIVE);

        Behaviour.Edit edit = Behaviour.DEFAULT.edit();
        edit.messagesRestartTimers = false;
        StateBench strict = new StateBench(edit.build());
        timers(strict);
        strict.time.advance(MINUTE.multipliedBy(4));
        strict.say("still here");
        strict.time.advance(MINUTE.multipliedBy(4));
        assertThat(strict.general().state()).isEqualTo(ConversationState.INACTIVE);
    }

    @Test
    void closedIsFinalButWhatIsThereCanBeReadAndRemoved() {
        StoredMessage message = bench.say("last");
        bench.join("alice");
        bench.service.conversations().update(REST, GENERAL, new ConversationDraft().state(ConversationState.CLOSED));

        assertThatThrownBy(() -> bench.say("more"))
                .isInstanceOfSatisfying(
                        TwilioFault.class, fault -> assertThat(fault.code()).isEqualTo(50377));
        assertThatThrownBy(() -> bench.join("bob")).isInstanceOf(TwilioFault.class);
        assertThatThrownBy(() -> bench.service
                        .conversations()
                        .update(REST, GENERAL, new ConversationDraft().state(ConversationState.ACTIVE)))
                .isInstanceOf(TwilioFault.class);
        assertThat(bench.service.messages().get(GENERAL, message.sid()).body()).isEqualTo("last");
        bench.service.participants().remove(REST, GENERAL, "alice");
        bench.service.conversations().delete(REST, GENERAL);
    }

    @Test
    void zeroStopsATimer() {
        timers(bench);
        bench.service.conversations().update(REST, GENERAL, new ConversationDraft().inactiveAfter(Duration.ZERO));
        bench.time.advance(MINUTE.multipliedBy(19));
        assertThat(bench.general().state()).isEqualTo(ConversationState.ACTIVE);
    }

    @Test
    void theAccountHasDefaultTimers() {
        bench.twilio
                .configuration()
                .update(REST, new AccountConfiguration.Draft(null, null, MINUTE, MINUTE.multipliedBy(10)));
        StoredConversation made = bench.service.conversations().create(REST, new ConversationDraft());
        assertThat(made.timers().dateInactive()).isEqualTo(bench.time.instant().plus(MINUTE));
        bench.time.advance(MINUTE.multipliedBy(10));
        assertThat(bench.service.conversations().get(made.sid()).state()).isEqualTo(ConversationState.CLOSED);
        assertThat(bench.general().state()).isEqualTo(ConversationState.ACTIVE);
    }

    @Test
    void noTimerOutlivesItsConversationOrService() {
        timers(bench);
        bench.service.conversations().delete(REST, GENERAL);
        assertThat(bench.time.pending()).isZero();

        StoredService second = bench.twilio.services().create(REST, "second");
        bench.twilio
                .service(second.sid())
                .conversations()
                .create(
                        REST,
                        new ConversationDraft().state(ConversationState.ACTIVE).inactiveAfter(MINUTE));
        bench.twilio.services().delete(REST, second.sid());
        assertThat(bench.time.pending()).isZero();
    }

    @Test
    void aGroupCanTakeItsTimeToBeReady() {
        Behaviour.Edit edit = Behaviour.DEFAULT.edit();
        edit.initializingFor = Duration.ofSeconds(2);
        StateBench slow = new StateBench(edit.build());
        StoredConversation made = slow.service
                .groups()
                .create(
                        REST,
                        new ConversationDraft().uniqueName("group"),
                        List.of(ParticipantDraft.chat("a"), ParticipantDraft.chat("b"), ParticipantDraft.chat("c")));
        assertThat(made.state()).isEqualTo(ConversationState.INITIALIZING);
        assertThatThrownBy(() -> slow.service.messages().add(REST, "group", MessageDraft.text("hi")))
                .isInstanceOfSatisfying(
                        TwilioFault.class, fault -> assertThat(fault.status()).isEqualTo(409));
        assertThat(slow.service.participants().all("group")).isEmpty();

        slow.time.advance(Duration.ofSeconds(2));
        assertThat(slow.service.conversations().get("group").state()).isEqualTo(ConversationState.ACTIVE);
        assertThat(slow.service.participants().all("group"))
                .extracting(StoredParticipant::identity)
                .containsExactly("a", "b", "c");
    }

    @Test
    void nothing_starts_timers_that_were_stopped() {
        timers(bench);
        bench.twilio.stopTimers();
        assertThat(bench.time.pending()).isZero();
        bench.say("on its way while it is closed");
        assertThat(bench.time.pending()).isZero();
    }

    @Test
    void the_timers_of_a_service_that_was_deleted_meanwhile_can_be_stopped() {
        String sid = bench.twilio.services().create(REST, "second").sid();
        ChatService second = bench.twilio.service(sid);
        bench.twilio.services().delete(REST, sid);

        second.stopTimers();
        assertThat(bench.time.pending()).isZero();
    }
}
