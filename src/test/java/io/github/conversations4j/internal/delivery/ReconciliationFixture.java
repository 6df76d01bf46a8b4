package io.github.conversations4j.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.internal.delivery.Reconciler.Outcome;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A reconciliation, what it tells, and comparisons that are answered when the test says so. */
final class ReconciliationFixture {
    static final Duration SETTLING = Duration.ofMillis(200);

    final ManualTime time = new ManualTime();
    final List<ConversationsEvent> told = new ArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    final Reconciliation reconciliation = new Reconciliation(
            new Surroundings(time, time, new Random(1)), new Announcements(time, told::add), forgotten::add);

    /** Which conversations were compared, and why. */
    final List<String> asked = new ArrayList<>();

    private final Deque<CompletableFuture<Outcome>> open = new ArrayDeque<>();

    /** Begins to compare; some kinds of event are brought back by that. */
    void start(EventType<?>... recovered) {
        reconciliation.start(new Reconciler() {
            @Override
            public CompletionStage<Outcome> reconcile(String conversationSid, Reason reason) {
                asked.add(conversationSid + " " + reason);
                CompletableFuture<Outcome> outcome = new CompletableFuture<>();
                open.add(outcome);
                return outcome;
            }

            @Override
            public Set<EventType<?>> recovers() {
                return Set.of(recovered);
            }
        });
    }

    /** Begins to compare messages. */
    void start() {
        start(EventType.MESSAGE_ADDED);
    }

    /** Begins, and is at the first comparison, since a message found no room. */
    void startWithALostMessage() {
        start();
        lose(SampleEvents.messageAdded(1, 0));
        time.advance(SETTLING);
    }

    void lose(ConversationScoped... events) {
        for (ConversationScoped event : events) {
            reconciliation.lost(event);
        }
    }

    /** How many comparisons have not been answered. */
    int open() {
        return open.size();
    }

    /** Answers the comparison that is open for longest. */
    void answer(Outcome outcome) {
        open.remove().complete(outcome);
    }

    /** Fails the comparison that is open for longest. */
    void fail(Throwable cause) {
        open.remove().completeExceptionally(cause);
    }

    /** What was told to be missed, which must have been told once and must be all that was told. */
    EventsMissed missed() {
        assertThat(told).singleElement().isInstanceOf(EventsMissed.class);
        return (EventsMissed) told.get(0);
    }
}
