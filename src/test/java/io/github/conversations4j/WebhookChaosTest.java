package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Webhooks that are dropped (30 %), doubled (20 %) and shuffled, calls that are refused (5 %), indexes that are skipped:
 * what the emulator holds in the end was told exactly once, in order, through the doors that users have.
 */
class WebhookChaosTest {
    private static final int CONVERSATIONS = Integer.getInteger("conversations4j.chaos.conversations", 4);
    private static final int MESSAGES = Integer.getInteger("conversations4j.chaos.messages", 400);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void everything_that_is_there_is_told_once_and_in_order(long seed) {
        System.out.println("WebhookChaosTest: seed " + seed);
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                ConversationsClient client = ConversationsClient.start(twilio.backendOptions()
                        .sweepEvery(Duration.ofSeconds(2))
                        .delivery(DeliveryOptions.builder()
                                .holdFor(Duration.ofMillis(200))
                                .build())
                        .build())) {
            Told told = new Told(client);
            client.ready().await();
            twilio.faults()
                    .seed(seed)
                    .webhooks()
                    .share(0.3)
                    .drop()
                    .webhooks()
                    .share(0.2)
                    .duplicate()
                    .webhooks()
                    .reorder(Duration.ofMillis(100))
                    .rest()
                    .share(0.03)
                    .tooManyRequests(Duration.ofSeconds(1))
                    .rest()
                    .share(0.02)
                    .fail(503)
                    .indexes()
                    .share(0.02)
                    .skip(2);

            Set<String> removed = talk(twilio, new Random(seed));

            List<Message> present = present(twilio, client);
            Patience.until(() -> told.everyOneOf(present));
            told.requireOnceAndInOrder(removed);
            assertThat(present).hasSize(MESSAGES - removed.size());
        }
    }

    private static Set<String> talk(ConversationsEmulator twilio, Random random) {
        List<SimulatedParticipant> people = new ArrayList<>();
        for (int number = 0; number < CONVERSATIONS; number++) {
            people.add(twilio.user("bob").in("conversation-" + number).joins());
        }
        Set<String> removed = new HashSet<>();
        for (int number = 0; number < MESSAGES; number++) {
            SimulatedParticipant bob = people.get(random.nextInt(people.size()));
            bob.says("message " + number);
            int what = random.nextInt(20);
            if (what == 0) {
                bob.edits(bob.lastMessageSid(), "edited " + number);
            } else if (what == 1) {
                removed.add(bob.lastMessageSid());
                bob.removes(bob.lastMessageSid());
            }
        }
        return removed;
    }

    private static List<Message> present(ConversationsEmulator twilio, ConversationsClient client) {
        List<Message> present = new ArrayList<>();
        for (int number = 0; number < CONVERSATIONS; number++) {
            String sid = twilio.user("bob").in("conversation-" + number).conversationSid();
            Page<Message> page = client.conversation(sid).messages().oldest(100).await();
            present.addAll(page.items());
            while (page.hasNext()) {
                page = page.next().await();
                present.addAll(page.items());
            }
        }
        return present;
    }

    /** What hooks were called with. */
    private static final class Told {
        final Queue<MessageAdded> added = new ConcurrentLinkedQueue<>();

        Told(ConversationsClient client) {
            client.onMessageAdded(added::add);
        }

        boolean everyOneOf(List<Message> present) {
            Set<String> sids = new HashSet<>();
            added.forEach(event -> sids.add(event.message().sid()));
            return present.stream().allMatch(message -> sids.contains(message.sid()));
        }

        void requireOnceAndInOrder(Set<String> removed) {
            Set<String> sids = new HashSet<>();
            Map<String, Integer> last = new HashMap<>();
            for (MessageAdded event : added) {
                Message message = event.message();
                assertThat(sids.add(message.sid())).as("once").isTrue();
                if (!removed.contains(message.sid())) {
                    assertThat(message.index())
                            .as("in order")
                            .isGreaterThan(last.getOrDefault(event.conversationSid(), -1));
                    last.put(event.conversationSid(), message.index());
                }
            }
        }
    }
}
