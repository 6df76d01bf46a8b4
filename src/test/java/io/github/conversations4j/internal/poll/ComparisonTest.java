package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.delivery.Reach;
import io.github.conversations4j.internal.delivery.Reconciler;
import io.github.conversations4j.internal.delivery.Reconciler.End;
import io.github.conversations4j.internal.delivery.Reconciler.Outcome;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.source.PollOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a poller does when somebody asks it to compare a conversation. */
class ComparisonTest {
    private static final Duration STEP = Duration.ofMillis(500);

    private final PollFixture fixture = new PollFixture(9);
    private final ConversationsApi people = fixture.people();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Makes some conversations, and lets them become old. */
    private List<String> conversations(int number) {
        List<String> sids = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            sids.add(PollFixture.await(people.conversations()
                            .create(NewConversation.builder().build()))
                    .sid());
        }
        fixture.time.advance(Duration.ofSeconds(5));
        return sids;
    }

    private static List<Outcome> compared(Reconciler reconciler, List<String> sids) {
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        sids.forEach(sid -> reconciler.reconcile(sid, Reason.INCOMPLETE).thenAccept(outcomes::add));
        return outcomes;
    }

    @Test
    void whatIsAskedForDoesNotWaitForTheRestsOfTheSweep() {
        List<String> sids = conversations(20);
        Sweep sweep = fixture.swept(Duration.ofMinutes(15));
        List<Outcome> outcomes = compared(sweep.with(new NothingToCompare()), sids);

        fixture.settle();
        assertThat(outcomes)
                .as("compared in no time")
                .extracting(Outcome::end)
                .hasSize(20)
                .containsOnly(End.DONE);
    }

    @Test
    void ofAConversationThatIsOneTooManyOnlyMessagesAreCompared() {
        List<String> sids = conversations(3);
        Duration period = Duration.ofMinutes(15);
        Sweep sweep = fixture.swept(Sweep.options(period).maxConversations(2).build(), period);
        assertThat(fixture.sink.drain())
                .filteredOn(ConnectionError.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((ConnectionError) event).cause())
                        .hasMessage("sweep: there are more than 2 conversations, and the others are not swept. Add"
                                + " EventSources.poll with a larger PollOptions.maxConversations, or spread them over"
                                + " several services"));
        List<Outcome> outcomes = compared(sweep.with(new NothingToCompare()), sids);

        fixture.settle();
        assertThat(outcomes).extracting(Outcome::end).containsExactlyInAnyOrder(End.DONE, End.DONE, End.MESSAGES_DONE);
    }

    @Test
    void itSaysHowFarBackItHasLooked() {
        String sid = conversations(1).get(0);
        write(sid, 150);
        fixture.time.advance(Duration.ofSeconds(5));
        Instant start = fixture.time.instant();
        Reconciler sweep = fixture.swept(Duration.ofMinutes(15)).with(new NothingToCompare());
        Reach first = reach(sweep, sid);
        assertThat(first.from()).as("a window of a hundred").isEqualTo(50);
        assertThat(first.begunFrom()).as("all that was there before").isEqualTo(150);
        assertThat(first.begun()).isBetween(start, fixture.time.instant());

        write(sid, 10);
        assertThat(reach(sweep, sid)).isEqualTo(new Reach(60, first.begun(), 150));
        String added = PollFixture.await(
                        people.conversations().create(NewConversation.builder().build()))
                .sid();
        write(added, 150);
        assertThat(reach(sweep, added)).as("all of it was told").isEqualTo(Reach.ALL);
        assertThat(reach(sweep, added)).isEqualTo(new Reach(50, Instant.MIN, 0));
    }

    private void write(String sid, int messages) {
        for (int i = 0; i < messages; i++) {
            PollFixture.await(people.messages().send(sid, NewMessage.text("message " + i), "MU" + i));
        }
    }

    private Reach reach(Reconciler sweep, String sid) {
        List<Outcome> outcomes = compared(sweep, List.of(sid));
        fixture.settle();
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0).reach();
    }

    @Test
    void itBringsBackWhatIsRead() {
        conversations(1);
        Reconciler less = fixture.started(PollOptions.builder()
                        .withoutParticipants()
                        .withoutUsers()
                        .build())
                .with(new NothingToCompare());
        assertThat(less.recovers())
                .contains(EventType.MESSAGE_UPDATED, EventType.CONVERSATION_UPDATED)
                .doesNotContain(EventType.PARTICIPANT_LEFT, EventType.PARTICIPANT_UPDATED, EventType.USER_UPDATED);
        Reconciler all = fixture.swept(Duration.ofMinutes(15)).with(new NothingToCompare());
        assertThat(all.recovers()).contains(EventType.PARTICIPANT_LEFT, EventType.USER_UPDATED);
    }

    @Test
    void theSweepCoversMoreConversationsThanAreFollowedByDefault() {
        int swept = Sweep.options(Duration.ofMinutes(15)).build().maxConversations();
        assertThat(swept)
                .isEqualTo(100_000)
                .isGreaterThan(PollOptions.builder().build().maxConversations());
    }

    @Test
    void aConversationThatIsGoneIsToldOnceEvenIfItIsAskedForMeanwhile() {
        String sid = conversations(1).get(0);
        PollConnection poll = fixture.started(PollOptions.builder().build());
        Reconciler everything = poll.with(new NothingToCompare());
        List<CompletionStage<Outcome>> compared = new CopyOnWriteArrayList<>();
        fixture.faults(request -> {
            if (compared.isEmpty() && request.url().encodedPath().endsWith("/Conversations/" + sid)) {
                compared.add(everything.reconcile(sid, Reason.INCOMPLETE));
            }
            return null;
        });
        fixture.sink.drain();
        PollFixture.await(people.conversations().delete(sid));
        fixture.pass(Duration.ofMinutes(2), STEP);

        List<ConversationsEvent> events = fixture.sink.drain();
        assertThat(compared)
                .singleElement()
                .satisfies(
                        outcome -> assertThat(PollFixture.await(outcome).end()).isEqualTo(End.DONE));
        assertThat(events).singleElement().isInstanceOf(ConversationRemoved.class);
    }

    @Test
    void anErrorEndsAComparisonAsAnyOtherFailureDoes() {
        SimulatedParticipant bob = fixture.twilio.user("bob").in("general").says("hello");
        Sweep sweep = fixture.swept(Duration.ofMinutes(15));
        NoClassDefFoundError missing = new NoClassDefFoundError("org/example/Listener");
        fixture.sink.answer(event -> {
            throw missing;
        });
        bob.says("anybody there?");
        CompletableFuture<Outcome> compared = sweep.with(new NothingToCompare())
                .reconcile(bob.conversationSid(), Reason.INCOMPLETE)
                .toCompletableFuture();

        fixture.settle();
        assertThat(compared)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(missing);
    }

    private static final class NothingToCompare implements Reconciler {
        @Override
        public CompletionStage<Outcome> reconcile(String conversationSid, Reason reason) {
            return CompletableFuture.completedFuture(Outcome.DONE);
        }

        @Override
        public Set<EventType<?>> recovers() {
            return Set.of();
        }
    }
}
