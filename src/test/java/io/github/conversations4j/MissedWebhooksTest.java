package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.EmulatorOptions;
import io.github.conversations4j.emulator.Faults;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollTier;
import io.github.conversations4j.tests.CalmTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Webhooks are dropped, doubled and reordered, REST calls fail, indexes are skipped: whatever the sources are, a hook is
 * called once for each message, and what hooks were told adds up to what Twilio holds.
 */
class MissedWebhooksTest {
    private static final int CONVERSATIONS = 6;
    private static final int ACTS = 300;
    private static final Duration OFTEN = Duration.ofMillis(500);
    private static final Duration BETWEEN_ACTS = Duration.ofMillis(20);

    /** What was told lately is looked for after ten seconds; everything else takes a second or two. */
    private static final Duration LATEST = Duration.ofSeconds(20);

    /** What hooks were told of messages, added up. */
    private final Map<String, Message> messages = new ConcurrentHashMap<>();

    private final List<MessageAdded> added = new CopyOnWriteArrayList<>();

    private static EventSource source(String name, ConversationsEmulator twilio) {
        EventSource webhooks = EventSources.webhook("http://127.0.0.1:0/twilio")
                .bindAddress("127.0.0.1")
                .onListening(twilio::sendWebhooksTo);
        PollOptions.Builder often =
                PollOptions.builder().conversationsEvery(OFTEN).window(100);
        for (PollTier tier : PollTier.values()) {
            often.messagesEvery(tier, OFTEN).editsEvery(tier, OFTEN.multipliedBy(2));
        }
        EventSource poll = EventSources.poll(often.build());
        return switch (name) {
            case "webhook" -> webhooks;
            case "poll" -> poll;
            default -> webhooks.and(poll);
        };
    }

    @ParameterizedTest
    @CsvSource({"webhook, 1", "poll, 2", "both, 3"})
    void everythingIsHeardOnceInTheEnd(String name, long seed) {
        System.out.println("missed webhooks, source " + name + ", seed " + seed);
        EmulatorOptions.Builder emulated = EmulatorOptions.builder().seed(seed).skippedIndexes(0.1);
        try (CalmTime calm = new CalmTime(emulated);
                ConversationsClient client = start(calm, name)) {
            client.ready().await(ClientFixture.LONG);
            Faults faults = calm.twilio().faults().seed(seed);
            faults.webhooks().share(0.3).drop();
            faults.webhooks().share(0.2).duplicate();
            faults.webhooks().share(0.2).reorder(Duration.ofMillis(200));
            faults.rest().share(0.03).tooManyRequests(Duration.ZERO);
            faults.rest().share(0.03).fail(503);
            Set<String> removed = act(calm, new Random(seed));
            faults.clear();
            Map<String, String> there = there(client);
            Duration taken = calm.until(LATEST, () -> bodies().equals(there));
            System.out.println("  " + added.size() + " messages, all told after " + taken);
            assertThat(bodies()).isEqualTo(there);
            requireEveryMessageOnce(removed);
        }
    }

    private ConversationsClient start(CalmTime calm, String source) {
        ClientOptions options = calm.backendOptions()
                .source(source(source, calm.twilio()))
                .sweepEvery(Duration.ofSeconds(1))
                .build();
        return ConversationsClient.start(options, this::listen);
    }

    private void listen(ConversationsClient client) {
        client.on(EventType.MESSAGE_ADDED, event -> {
            added.add(event);
            messages.put(event.message().sid(), event.message());
        });
        client.on(
                EventType.MESSAGE_UPDATED, event -> messages.put(event.message().sid(), event.message()));
        client.on(
                EventType.MESSAGE_REMOVED,
                event -> messages.remove(event.message().sid()));
    }

    private static Set<String> act(CalmTime calm, Random chance) {
        List<List<String>> sids = new ArrayList<>();
        List<SimulatedParticipant> people = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            people.add(calm.twilio().user("ann").in("conversation " + i));
            sids.add(new ArrayList<>());
        }
        Set<String> removed = new HashSet<>();
        for (int i = 0; i < ACTS; i++) {
            int where = chance.nextInt(CONVERSATIONS);
            List<String> written = sids.get(where);
            SimulatedParticipant ann = people.get(where);
            int what = chance.nextInt(10);
            if (written.isEmpty() || what < 8) {
                written.add(ann.says("message " + i).lastMessageSid());
            } else if (what == 8) {
                ann.edits(written.get(chance.nextInt(written.size())), "edited " + i);
            } else {
                String gone = written.remove(chance.nextInt(written.size()));
                ann.removes(gone);
                removed.add(gone);
            }
            calm.time.advance(BETWEEN_ACTS);
        }
        return removed;
    }

    /** By body, because sources see different fields. */
    private static Map<String, String> there(ConversationsClient client) {
        Map<String, String> there = new HashMap<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            client.findConversation("conversation " + i)
                    .await()
                    .messages()
                    .latest(100)
                    .await()
                    .items()
                    .forEach(message -> there.put(message.sid(), String.valueOf(message.body())));
        }
        return there;
    }

    private Map<String, String> bodies() {
        Map<String, String> told = new HashMap<>();
        messages.forEach((sid, message) -> told.put(sid, String.valueOf(message.body())));
        return told;
    }

    private void requireEveryMessageOnce(Set<String> removed) {
        assertThat(added).extracting(event -> event.message().sid()).doesNotHaveDuplicates();
        assertThat(messages.keySet()).doesNotContainAnyElementsOf(removed);
    }
}
