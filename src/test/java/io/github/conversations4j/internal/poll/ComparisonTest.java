package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.delivery.Reconciler;
import io.github.conversations4j.internal.delivery.Reconciler.Outcome;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.source.PollOptions;
import java.time.Duration;
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
        assertThat(outcomes).as("compared in no time").hasSize(20).containsOnly(Outcome.DONE);
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
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.DONE, Outcome.DONE, Outcome.MESSAGES_DONE);
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
                .satisfies(outcome -> assertThat(PollFixture.await(outcome)).isEqualTo(Outcome.DONE));
        assertThat(events).singleElement().isInstanceOf(ConversationRemoved.class);
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
