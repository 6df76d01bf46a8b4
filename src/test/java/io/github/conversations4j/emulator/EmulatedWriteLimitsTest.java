package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.Deferred;
import io.github.conversations4j.WriteLimits;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client against an emulator that answers 429 to more than so many writes in a second. */
class EmulatedWriteLimitsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int WRITES = 12;

    private final ManualTime time = new ManualTime();

    private ConversationsEmulator emulator() {
        return ConversationsEmulator.start(EmulatorOptions.builder()
                .clock(time)
                .scheduler(time)
                .actionsPerSecond(5)
                .build());
    }

    /** Without a source, so that nothing is sent but what the test asks for. */
    private ClientOptions.Builder options(ConversationsEmulator twilio) {
        return ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .timeLimit(Duration.ofMinutes(10))
                .clock(time)
                .scheduler(time);
    }

    private static List<Deferred<?>> create(ConversationsClient client) {
        List<Deferred<?>> made = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            made.add(client.createConversation(
                    NewConversation.builder().uniqueName("room" + i).build()));
        }
        return made;
    }

    /** Lets time go on only while nothing is on the wire, as if every answer came at once. */
    private void untilAllAreThere(ConversationsClient client, List<Deferred<?>> made, long sentBefore) {
        Patience.until(() -> {
            long done = made.stream().filter(Deferred::isDone).count();
            long answered = done + client.callCounts().tooManyRequests();
            if (done < WRITES && client.callCounts().sent() - sentBefore == answered) {
                time.advance(Duration.ofMillis(100));
            }
            return done == WRITES;
        });
        List<String> names = client.findConversations().await().items().stream()
                .map(ConversationSnapshot::uniqueName)
                .toList();
        assertThat(names).hasSize(WRITES).doesNotHaveDuplicates();
    }

    @Test
    void aClientThatKnowsTheLimitIsNeverRefused() {
        try (ConversationsEmulator twilio = emulator();
                ConversationsClient client = ConversationsClient.start(
                        options(twilio).writeLimits(new WriteLimits(5, 5, 100)).build())) {
            client.ready().await(LONG);

            long before = client.callCounts().sent();
            untilAllAreThere(client, create(client), before);

            assertThat(client.callCounts().tooManyRequests()).isZero();
            assertThat(client.callCounts().delayedWrites()).isEqualTo(WRITES - 5);
        }
    }

    @Test
    void aClientThatDoesNotIsRefusedAndGetsThroughAllTheSame() {
        try (ConversationsEmulator twilio = emulator();
                ConversationsClient client = ConversationsClient.start(
                        options(twilio).writeLimits(WriteLimits.none()).build())) {
            client.ready().await(LONG);
            long before = client.callCounts().sent();
            untilAllAreThere(client, create(client), before);

            assertThat(client.callCounts().tooManyRequests()).isPositive();
            assertThat(client.callCounts().repeated())
                    .isEqualTo(client.callCounts().tooManyRequests());
            assertThat(client.callCounts().delayedWrites()).isZero();
        }
    }
}
