package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.internal.poll.Heard.Told;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of what other sources told. */
class HeardTest {
    private static final Instant NOW = SampleEvents.TIME;
    private static final Instant LATER = NOW.plusSeconds(60);

    private final Recollection states = new Recollection(1_000);
    private final Heard heard = new Heard(states);

    private static Message message(int index) {
        return SampleEvents.message(1, index);
    }

    private void said(int index) {
        heard.note(SampleEvents.messageAdded(1, index), NOW);
    }

    private Message state(int index) {
        return states.of(message(index).sid(), Message.class);
    }

    @Test
    void messagesAreKeptAsFarAsThereIsRoomForAllConversationsTogether() {
        for (int index = 0; index < 50; index++) {
            said(index);
        }
        List<Told> told = heard.messages(LATER);
        assertThat(told).extracting(Told::index).hasSize(50).startsWith(0, 1).endsWith(49);
        assertThat(told)
                .extracting(Told::sid)
                .contains(message(0).sid(), message(49).sid());
        assertThat(state(0)).as("there is room for three").isNull();
        assertThat(state(46)).isNull();
        assertThat(state(49)).isEqualTo(message(49));
    }

    @Test
    void whatIsForgottenTakesNoRoom() {
        said(0);
        said(1);
        heard.forgetMessages(heard.messages(LATER));
        assertThat(heard.messages(LATER)).isEmpty();
        assertThat(state(0)).isNull();
        said(2);
        heard.note(new MessageRemoved(SampleEvents.meta("removed"), message(2)), NOW);
        assertThat(heard.messages(LATER)).isEmpty();
        assertThat(state(2)).isNull();
    }

    @Test
    void onlyTheNewestAreKept() {
        for (int index = 0; index < 101; index++) {
            said(index);
        }
        assertThat(heard.messages(LATER)).extracting(Told::index).hasSize(100).startsWith(1);
    }

    @Test
    void peopleKeepTheirNames() {
        Participant bob = Participant.builder(SampleEvents.sid("MB", 1), SampleEvents.conversation(1))
                .identity("bob")
                .build();
        heard.note(new ParticipantJoined(SampleEvents.meta("joined"), bob), NOW);
        assertThat(heard.people(NOW)).as("may not be in the lists yet").isEmpty();
        assertThat(heard.people(LATER)).containsExactly(new Told(bob.sid(), -1, "bob", NOW));
        assertThat(states.of(bob.sid(), Participant.class)).isEqualTo(bob);
    }

    @Test
    void whereNobodyLooksAnyMoreNothingIsKept() {
        said(0);
        heard.end();
        assertThat(heard.messages(LATER)).isEmpty();
        assertThat(state(0)).isNull();
        heard.note(new MessageAdded(SampleEvents.meta("late"), message(1)), NOW);
        assertThat(heard.messages(LATER)).isEmpty();
        assertThat(state(1)).isNull();
    }
}
