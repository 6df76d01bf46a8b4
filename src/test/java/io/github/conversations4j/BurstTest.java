package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More messages in one conversation than may wait for its hooks. */
class BurstTest {
    private static final int MESSAGES = 600;

    @Test
    void aParticipantHearsAllOfABurstThatFoundNoRoom() throws Exception {
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            assertThat(hears(twilio, twilio.participantOptions("alice")))
                    .as("what was missed")
                    .isEmpty();
        }
    }

    @Test
    void aBackEndHearsAllOfABurstThatFoundNoRoom() throws Exception {
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            hears(twilio, twilio.backendOptions().sweepEvery(Duration.ZERO));
        }
    }

    /** What was said to be missed, once all has come. */
    private static List<EventsMissed> hears(ConversationsEmulator twilio, ClientOptions.Builder options)
            throws Exception {
        twilio.user("alice").in("general").joins();
        SimulatedParticipant bob = twilio.user("bob").in("general").joins();
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        List<EventsMissed> missed = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        try (ConversationsClient client = ConversationsClient.start(
                options.maxQueuedEventsPerConversation(50).build(), wired -> {
                    wired.onEventsMissed(missed::add);
                    wired.onMessageAdded(event -> {
                        release.await();
                        heard.add(event.message().index());
                        if (event.message().index() == MESSAGES - 1) {
                            last.countDown();
                        }
                    });
                })) {
            client.ready().await();
            for (int i = 0; i < MESSAGES; i++) {
                bob.says("message " + i);
            }
            release.countDown();

            assertThat(last.await(2, TimeUnit.MINUTES))
                    .as("the last message; heard %s", heard)
                    .isTrue();
            assertThat(heard).isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
            assertThat(client.close(Duration.ofSeconds(Patience.SECONDS))).isTrue();
        }
        return missed;
    }
}
