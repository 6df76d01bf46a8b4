package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.EmulatorOptions;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.tests.CalmTime;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More messages in one conversation than may wait for its hooks. */
class BurstTest {
    private static final int MESSAGES = 600;
    private static final int USERS = 40;

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

    /** Of users nobody makes a mark, so that only polling tells of them again. */
    @Test
    void aBackEndThatPollsHearsOfAllUsersAsSoonAsThereIsRoom() throws Exception {
        PollOptions options = PollOptions.builder()
                .withoutParticipants()
                .usersEvery(Duration.ofSeconds(2))
                .build();
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (CalmTime calm = new CalmTime(EmulatorOptions.builder());
                ConversationsClient client = ConversationsClient.start(
                        calm.backendOptions()
                                .source(EventSources.poll(options))
                                .maxQueuedEventsPerConversation(5)
                                .build(),
                        wired -> wired.onUserAdded(event -> {
                            begun.countDown();
                            release.await();
                            heard.add(event.user().identity());
                        }))) {
            client.ready().await();
            // Newer than the start, and not yet read.
            calm.time.advance(Duration.ofSeconds(1));
            for (int i = 0; i < USERS; i++) {
                calm.twilio().user("user " + i).in("general").joins();
            }
            calm.until(options.usersEvery(), () -> begun.getCount() == 0);
            release.countDown();
            // Time stands still from now on: no pause ends.
            Patience.until(() -> {
                calm.time.advance(Duration.ZERO);
                calm.becomeCalm();
                return heard.size() == USERS;
            });
            assertThat(heard).doesNotHaveDuplicates();
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
