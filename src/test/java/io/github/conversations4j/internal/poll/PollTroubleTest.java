package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollReport;
import io.github.conversations4j.source.PollReport.Part;
import io.github.conversations4j.source.PollTier;
import io.github.conversations4j.source.Sink.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the poll source does when calls fail, when nothing happens, and when something does again. */
class PollTroubleTest {
    private static final Duration STEP = Duration.ofMillis(500);

    private final PollFixture fixture = new PollFixture(8);

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<ConnectionState> states() {
        return states(fixture.sink.drain());
    }

    private static List<ConnectionState> states(List<ConversationsEvent> events) {
        return events.stream()
                .filter(ConnectionStateChanged.class::isInstance)
                .map(event -> ((ConnectionStateChanged) event).state())
                .toList();
    }

    private static List<Throwable> errors(List<ConversationsEvent> events) {
        return events.stream()
                .filter(ConnectionError.class::isInstance)
                .map(event -> ((ConnectionError) event).cause())
                .toList();
    }

    private static PollReport.Row row(PollReport report, Part part, PollTier tier) {
        return report.rows().stream()
                .filter(row -> row.part() == part && row.tier() == tier)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysHowItIsConnected() {
        fixture.twilio.user("bob").in("general").says("hello");
        PollConnection poll = fixture.started(PollOptions.builder().build());
        assertThat(states()).containsExactly(ConnectionState.CONNECTING, ConnectionState.CONNECTED);

        fixture.faults(request -> new PollFixture.Answer(503));
        fixture.pass(Duration.ofMinutes(1), STEP);
        List<ConversationsEvent> trouble = fixture.sink.drain();
        assertThat(states(trouble)).containsExactly(ConnectionState.CONNECTING);
        assertThat(errors(trouble))
                .isNotEmpty()
                .allSatisfy(cause -> assertThat(cause)
                        .isInstanceOfSatisfying(
                                TwilioApiException.class,
                                e -> assertThat(e.status()).isEqualTo(503)));
        int attempts = fixture.calls.size();
        fixture.pass(Duration.ofMinutes(10), STEP);
        assertThat(fixture.calls.size() - attempts)
                .as("calls in ten minutes of trouble")
                .isLessThan(250);

        fixture.twilio.user("bob").in("general").says("are you there?");
        fixture.faults(request -> null);
        fixture.sink.drain();
        fixture.pass(Duration.ofMinutes(2), STEP);
        List<ConversationsEvent> end = fixture.sink.drain();
        assertThat(states(end)).containsExactly(ConnectionState.CONNECTED);
        assertThat(end).filteredOn(MessageAdded.class::isInstance).hasSize(1);

        PollFixture.await(poll.close(PollFixture.LIMIT));
        assertThat(states()).containsExactly(ConnectionState.DISCONNECTING, ConnectionState.DISCONNECTED);
    }

    @Test
    void credentialsThatAreRefusedAreDenied() {
        PollConnection poll = fixture.started(PollOptions.builder().build());
        fixture.sink.drain();
        fixture.faults(request -> new PollFixture.Answer(401));
        fixture.pass(Duration.ofMinutes(1), STEP);

        List<ConversationsEvent> events = fixture.sink.drain();
        assertThat(states(events)).containsExactly(ConnectionState.DENIED);
        assertThat(errors(events)).isNotEmpty().hasOnlyElementsOfType(AccessDeniedException.class);
        assertThat(poll.report().slowdown()).isEqualTo(1);
    }

    @Test
    void asksLessAfterATooMany() {
        fixture.twilio.user("bob").in("general").says("hello");
        PollConnection poll = fixture.started(PollOptions.builder().build());
        fixture.sink.drain();
        double quick = poll.report().callsPerMinute();
        fixture.tooMany(Duration.ofSeconds(60));
        fixture.pass(Duration.ofSeconds(20), STEP);

        assertThat(errors(fixture.sink.drain())).singleElement().isInstanceOf(RateLimitedException.class);
        assertThat(poll.report().slowdown()).isEqualTo(2);
        assertThat(poll.report().callsPerMinute()).isCloseTo(quick / 2, within(quick / 10));
        int calls = fixture.calls.size();
        fixture.twilio.faults().clear();
        fixture.pass(Duration.ofSeconds(35), STEP);
        assertThat(fixture.calls).as("calls within Retry-After").hasSize(calls);

        fixture.pass(Duration.ofMinutes(30), Duration.ofSeconds(1));
        assertThat(poll.report().slowdown()).isEqualTo(1);
        assertThat(states()).isEmpty();
    }

    @Test
    void everybodyPausesAfterOneTooMany() {
        for (int i = 0; i < 10; i++) {
            fixture.twilio.user("bob").in("conversation " + i).says("hello");
        }
        PollConnection poll = fixture.started(PollOptions.builder().build());
        fixture.sink.drain();
        fixture.calls.clear();
        fixture.twilio.faults().rest().method("GET").next(1).tooManyRequests(Duration.ofSeconds(5));
        while (fixture.calls.isEmpty()) {
            fixture.pass(Duration.ofMillis(100), Duration.ofMillis(100));
        }
        int calls = fixture.calls.size();
        fixture.pass(Duration.ofSeconds(5), Duration.ofMillis(100));
        assertThat(fixture.calls).as("calls within Retry-After").hasSize(calls);
        fixture.pass(Duration.ofMinutes(1), STEP);
        assertThat(errors(fixture.sink.drain())).singleElement().isInstanceOf(RateLimitedException.class);
        assertThat(fixture.calls).hasSizeGreaterThan(calls + 5);
        assertThat(poll.report().slowdown())
                .as("once is no reason to be slower")
                .isEqualTo(1);
    }

    @Test
    void asksLessAndLessWhileThereAreTooManyAgainAndAgain() {
        fixture.twilio.user("bob").in("general").says("hello");
        PollConnection poll = fixture.started(PollOptions.builder().build());
        fixture.sink.drain();
        fixture.tooMany(Duration.ofSeconds(1));
        fixture.pass(Duration.ofMinutes(3), STEP);
        assertThat(poll.report().slowdown()).isEqualTo(16);
        assertThat(errors(fixture.sink.drain())).hasSizeBetween(5, 15);
    }

    @Test
    void whatHasNoRoomIsToldAsSoonAsThereIsSome() {
        SimulatedParticipant bob = fixture.twilio.user("bob").in("general").says("hello");
        PollConnection poll = fixture.started(PollOptions.builder().build());
        fixture.sink.drain();
        fixture.sink.answer(Offer.REFUSED);
        bob.says("anybody there?");
        fixture.twilio.user("carl").in("general").joins();
        fixture.pass(Duration.ofMinutes(15), STEP);
        assertThat(fixture.sink.drain())
                .as("pauses grow")
                .hasSizeBetween(10, 60)
                .hasAtLeastOneElementOfType(MessageAdded.class)
                .hasAtLeastOneElementOfType(UserAdded.class);

        fixture.sink.answer(Offer.ACCEPTED);
        poll.room("CH" + "0".repeat(32));
        fixture.settle();
        assertThat(fixture.sink.drain()).isEmpty();
        poll.room("");
        fixture.settle();
        assertThat(fixture.sink.drain()).singleElement().isInstanceOf(UserAdded.class);
        poll.room(bob.conversationSid());
        fixture.settle();
        assertThat(fixture.sink.drain()).hasExactlyElementsOfTypes(MessageAdded.class, ParticipantJoined.class);
    }

    @Test
    void roomForAllEndsEveryPause() {
        PollConnection poll = fixture.started(PollOptions.builder().build());
        fixture.sink.drain();
        fixture.sink.answer(Offer.REFUSED);
        for (int i = 0; i < 3; i++) {
            fixture.twilio.user("bob").in("conversation " + i).says("hello");
        }
        fixture.pass(Duration.ofMinutes(15), STEP);
        fixture.sink.drain();
        fixture.sink.answer(Offer.ACCEPTED);
        poll.room(null);
        fixture.settle();
        assertThat(fixture.sink.drain())
                .filteredOn(MessageAdded.class::isInstance)
                .hasSize(3);
    }

    @Test
    void roomThatComesWhileItIsBeingToldCounts() {
        SimulatedParticipant bob = fixture.twilio.user("bob").in("general").says("hello");
        PollConnection poll = fixture.started(PollOptions.builder().build());
        fixture.sink.drain();
        bob.says("anybody there?");
        List<Instant> offered = new CopyOnWriteArrayList<>();
        fixture.sink.answer(event -> {
            offered.add(fixture.time.instant());
            if (offered.size() == 1) {
                poll.room(bob.conversationSid());
            }
            return offered.size() < 3 ? Offer.REFUSED : Offer.ACCEPTED;
        });
        // A step may end while a worker is at it; a pause is 400 ms at least.
        fixture.pass(Duration.ofMinutes(1), Duration.ofMillis(100));
        assertThat(offered).hasSize(3);
        assertThat(offered.get(1))
                .as("at once")
                .isBeforeOrEqualTo(offered.get(0).plusMillis(200));
        assertThat(offered.get(2)).as("room counts once").isAfter(offered.get(1).plusMillis(200));
    }

    @Test
    void coolsDownAndWarmsUp() {
        fixture.twilio.user("bob").in("general").says("hello");
        PollConnection poll = fixture.started(PollOptions.builder().build());
        assertThat(row(poll.report(), Part.NEW_MESSAGES, PollTier.HOT).read()).isEqualTo(1);
        assertThat(row(poll.report(), Part.NEW_MESSAGES, PollTier.HOT).atMostLate())
                .isEqualTo(Duration.ofSeconds(3));

        fixture.pass(Duration.ofMinutes(10), Duration.ofSeconds(1));
        assertThat(row(poll.report(), Part.NEW_MESSAGES, PollTier.WARM).read()).isEqualTo(1);
        assertThat(row(poll.report(), Part.CONVERSATIONS, null).atMostLate()).isEqualTo(Duration.ofSeconds(45));
        fixture.pass(Duration.ofMinutes(70), Duration.ofSeconds(5));
        assertThat(row(poll.report(), Part.NEW_MESSAGES, PollTier.COLD).read()).isEqualTo(1);
        fixture.calls.clear();
        fixture.pass(Duration.ofMinutes(30), Duration.ofSeconds(5));
        assertThat(fixture.calls.stream().filter(call -> call.contains("/Messages?")))
                .as("readings of a cold conversation in half an hour")
                .hasSizeBetween(5, 9);

        fixture.twilio.user("bob").in("general").says("anybody there?");
        fixture.pass(Duration.ofMinutes(5), Duration.ofSeconds(1));
        fixture.twilio.user("bob").in("new").says("hello");
        fixture.pass(Duration.ofSeconds(45), Duration.ofSeconds(1));
        assertThat(row(poll.report(), Part.NEW_MESSAGES, PollTier.HOT).read()).isPositive();
        assertThat(row(poll.report(), Part.CONVERSATIONS, null).atMostLate()).isLessThan(Duration.ofSeconds(45));
    }

    @Test
    void closingEndsCallsThatAreUnderWay() {
        fixture.faults(request -> new PollFixture.Answer(503));
        PollConnection poll = fixture.start(PollOptions.builder().build());
        PollFixture.await(poll.close(PollFixture.LIMIT));

        assertThat(poll.ready().toCompletableFuture()).isCompletedExceptionally();
        assertThat(poll.isIdle()).isTrue();
    }
}
