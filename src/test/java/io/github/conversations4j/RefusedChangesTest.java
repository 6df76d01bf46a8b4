package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.EmulatorOptions;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.tests.CalmTime;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Changes of messages for which hooks have no room. */
class RefusedChangesTest {
    /** The sweep looks at the newest hundred only. */
    @Test
    void aBackEndHearsThatTheChangeOfAnOldMessageIsLost() throws Exception {
        List<EventsMissed> missed = new CopyOnWriteArrayList<>();
        List<MessageRemoved> removed = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (CalmTime calm = new CalmTime(EmulatorOptions.builder())) {
            SimulatedParticipant ann = calm.twilio().user("ann").in("general");
            String oldest = ann.says("the oldest").lastMessageSid();
            for (int i = 0; i < 120; i++) {
                ann.says("message " + i);
            }
            String newest = ann.lastMessageSid();
            calm.time.advance(Duration.ofSeconds(1));
            ClientOptions options = calm.backendOptions()
                    .sweepEvery(Duration.ofSeconds(5))
                    .maxQueuedEventsPerConversation(1)
                    .build();
            try (ConversationsClient client = ConversationsClient.start(options, wired -> {
                wired.onEventsMissed(missed::add);
                wired.onMessageRemoved(removed::add);
                wired.onMessageAdded(event -> {
                    begun.countDown();
                    release.await();
                });
            })) {
                client.ready().await(ClientFixture.LONG);
                calm.until(Duration.ofSeconds(10), () -> false);
                ann.says("this one holds up the hooks");
                assertThat(begun.await(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
                ann.edits(oldest, "edited");
                ann.removes(newest);
                calm.until(Duration.ofSeconds(1), () -> false);
                release.countDown();
                calm.until(Duration.ofSeconds(10), () -> !removed.isEmpty() && !missed.isEmpty());
            }
        }
        assertThat(removed).extracting(event -> event.message().index()).containsExactly(120);
        assertThat(missed)
                .singleElement()
                .satisfies(event -> assertThat(event.types()).containsExactly(EventType.MESSAGE_UPDATED));
    }
}
