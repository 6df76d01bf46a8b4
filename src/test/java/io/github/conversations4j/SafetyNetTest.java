package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollTier;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a back end still hears of when no webhook ever comes. */
class SafetyNetTest {
    private static final EventSource DEAF =
            EventSources.webhook("https://chat.example.com/twilio").mountedElsewhere();

    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final List<ConversationsEvent> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        twilio.close();
    }

    private ConversationsClient client(EventSource source, Duration sweep) {
        ClientOptions options = ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .source(source)
                .sweepEvery(sweep)
                .build();
        ConversationsClient client = ConversationsClient.start(
                options,
                wired -> List.of(
                                EventType.CONVERSATION_ADDED,
                                EventType.PARTICIPANT_JOINED,
                                EventType.MESSAGE_ADDED,
                                EventType.MESSAGE_UPDATED,
                                EventType.MESSAGE_REMOVED)
                        .forEach(type -> wired.on(type, heard::add)));
        client.ready().await(ClientFixture.LONG);
        return client;
    }

    private <E extends ConversationsEvent> List<E> heard(Class<E> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void theSweepFindsWhatNoWebhookTold() {
        twilio.user("ann").in("old").says("from before");
        try (ConversationsClient client = client(DEAF, Duration.ofSeconds(1))) {
            Patience.until(() ->
                    client.polling().rows().stream().anyMatch(row -> row.tier() == PollTier.HOT && row.read() == 1));
            SimulatedParticipant ann = twilio.user("ann").in("old").says("lost");
            Patience.until(() -> !heard(MessageAdded.class).isEmpty());
            String sid = heard(MessageAdded.class).get(0).message().sid();
            ann.edits(sid, "found");
            Patience.until(() -> !heard(MessageUpdated.class).isEmpty());
            ann.removes(sid);
            Patience.until(() -> !heard(MessageRemoved.class).isEmpty());
            twilio.user("bob").in("new").says("hello");
            Patience.until(() -> heard(MessageAdded.class).size() == 2);
        }
        assertThat(heard).allSatisfy(event -> {
            assertThat(event.meta().recovered()).isTrue();
            assertThat(event.meta().initial()).isFalse();
        });
        assertThat(heard(MessageAdded.class))
                .extracting(event -> event.message().body())
                .containsExactly("lost", "hello");
        assertThat(heard(MessageUpdated.class))
                .extracting(event -> event.message().body())
                .containsExactly("found");
        assertThat(heard(ConversationAdded.class)).hasSize(1);
        assertThat(heard(ParticipantJoined.class))
                .extracting(event -> event.participant().identity())
                .containsExactly("bob");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverLooksIsToldAtOnceThatItAsksTooMuch(boolean polls) {
        EventSource source = polls ? EventSources.poll(PollOptions.builder().build()) : DEAF;
        twilio.user("ann").in("general").says("hello");
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        try (ConversationsClient client = client(source, Duration.ofSeconds(1))) {
            client.onConnectionError(event -> errors.add(event.cause()));
            twilio.faults()
                    .rest()
                    .method("GET")
                    .path("/Conversations/*/Messages")
                    .next(1)
                    .tooManyRequests(Duration.ZERO);
            Patience.until(() -> !errors.isEmpty());
        }
        assertThat(errors).singleElement().isInstanceOf(RateLimitedException.class);
    }

    @Test
    void itCanBeSwitchedOff() {
        try (ConversationsClient client = client(DEAF, Duration.ZERO)) {
            assertThat(client.polling().rows()).isEmpty();
            assertThat(client.polling().calls()).isZero();
        }
        assertThatThrownBy(() -> ClientOptions.backend(twilio.credentials()).sweepEvery(Duration.ofMillis(1)))
                .hasMessage("sweepEvery: must be at least 1 s, or zero for never, was PT0.001S");
    }

    @Test
    void pollingFillsWhatWebhooksMiss() {
        PollOptions often = PollOptions.builder()
                .messagesEvery(PollTier.HOT, Duration.ofMillis(100))
                .conversationsEvery(Duration.ofMillis(100))
                .build();
        EventSource both = EventSources.webhook("http://127.0.0.1:0/twilio")
                .bindAddress("127.0.0.1")
                .onListening(twilio::sendWebhooksTo)
                .and(EventSources.poll(often));
        try (ConversationsClient client = client(both, Duration.ofMinutes(15))) {
            assertThat(client.polling().rows()).isNotEmpty();
            SimulatedParticipant ann = twilio.user("ann").in("general");
            for (int i = 0; i < 20; i++) {
                ann.says("message " + i);
            }
            Patience.until(() -> heard(MessageAdded.class).size() >= 20);
            assertThat(twilio.awaitWebhooks(ClientFixture.LONG)).isTrue();
            ann.says("the last");
            Patience.until(() -> heard(MessageAdded.class).stream()
                    .anyMatch(event -> "the last".equals(event.message().body())));
        }
        assertThat(heard(MessageAdded.class))
                .extracting(event -> event.message().index())
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(21);
        assertThat(heard(ConversationAdded.class)).hasSize(1);
        assertThat(heard(ParticipantJoined.class)).hasSize(1);
    }
}
