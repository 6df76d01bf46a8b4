package io.github.conversations4j.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.chaos.GatedClient.Call;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten times as many webhooks come as hooks take, with texts that together are larger than what may be kept: webhooks are
 * refused, the heap stays small, and when the flood is over everything is told once and in order.
 */
class FloodTest {
    private static final int LEAST_BATCHES = Form.of(60, 600);
    private static final int BATCH = 50;
    private static final Duration LENGTH = Duration.ofSeconds(Form.of(1, 30));
    private static final int CONVERSATIONS = 5;
    private static final String TEXT = "x".repeat(1_500);
    private static final Duration LATEST = Duration.ofSeconds(30);

    /** What the process may have at all, which is less than what it is sent in the long form. */
    private static final int HEAP_MB = 48;

    /** By how much what is reachable may grow: the 16 million characters of states that are remembered, and what waits. */
    private static final long GROWTH = 30_000_000;

    @TempDir
    private Path directory;

    private final Set<String> told = new HashSet<>();
    private final Map<String, Integer> last = new HashMap<>();
    private long heap;
    private int begun;
    private int sent;

    @Test
    void a_flood_takes_no_memory_and_loses_nothing() throws IOException {
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                GatedClient client = new GatedClient(twilio, "-", HEAP_MB, directory.resolve("errors.txt"))) {
            long before = heap(client);
            long start = System.nanoTime();
            long most = flood(twilio, client);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "flood: %d messages in %.1f s, hooks began %d; heap %d KB before, at most %d KB%n",
                    sent, seconds, begun, before / 1000, most / 1000);
            assertThat(seconds).as("length of the flood").isGreaterThanOrEqualTo(LENGTH.toSeconds());
            assertThat(begun).as("hooks had no time for most").isLessThan(sent / 5);
            assertThat(most - before).as("growth of the heap").isLessThan(GROWTH);
            assertThat(twilio.webhookLog())
                    .as("webhooks that were refused")
                    .anyMatch(delivery -> Integer.valueOf(503).equals(delivery.status()));

            client.order('o');
            while (told.size() < sent) {
                note(client.next());
            }
            assertThat(heap(client) - before)
                    .as("growth of the heap in the end")
                    .isLessThan(GROWTH);
        }
    }

    /** Hooks are let go on once for every ten webhooks that were answered. */
    private long flood(ConversationsEmulator twilio, GatedClient client) throws IOException {
        long start = System.nanoTime();
        List<SimulatedParticipant> people = new ArrayList<>();
        for (int number = 0; number < CONVERSATIONS; number++) {
            people.add(twilio.user("bob").in("conversation-" + number).joins());
        }
        long most = 0;
        for (int batch = 0; batch < LEAST_BATCHES || System.nanoTime() - start < LENGTH.toNanos(); batch++) {
            for (int i = 0; i < BATCH; i++) {
                people.get(i % CONVERSATIONS).says(TEXT);
            }
            sent += BATCH;
            assertThat(twilio.awaitWebhooks(LATEST)).isTrue();
            for (int i = 0; i < BATCH / 10; i++) {
                client.order('a');
            }
            if (batch % 10 == 9) {
                most = Math.max(most, heap(client));
            }
        }
        return most;
    }

    private long heap(GatedClient client) {
        client.order('h');
        heap = 0;
        while (heap == 0) {
            note(client.next());
        }
        return heap;
    }

    private void note(String line) {
        Call call = Call.of(line);
        if (call != null && call.begun()) {
            begun++;
            assertThat(told.add(call.sid())).as("once").isTrue();
            assertThat(call.index())
                    .as("in order")
                    .isEqualTo(last.merge(call.conversationSid(), 0, (index, zero) -> index + 1));
        } else if (line.startsWith("heap ")) {
            heap = Long.parseLong(line.substring("heap ".length()));
        }
    }
}
