package io.github.conversations4j.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.chaos.GatedClient.Call;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.store.Cursor;
import io.github.conversations4j.store.FileCursorStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A back end is killed with SIGKILL under load, again and again, and started again on the same cursors: hooks come to an
 * end for every message, and are called again at most for those whose hooks had begun and whose acknowledgement was not on
 * the disk.
 */
class CrashTest {
    private static final long SEED = 20261123;
    private static final int DEATHS = Form.of(4, 20);
    private static final int CONVERSATIONS = 3;
    private static final int LEAD = 60;
    private static final int HEAP = 64;

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final List<SimulatedParticipant> people = new ArrayList<>();
    private final Set<String> written = new HashSet<>();

    /** The ids of the events whose hooks had begun, by message. */
    private final Map<String, String> begun = new HashMap<>();

    /** The messages whose hooks have ended. One whose hooks had only begun at a death is not told yet. */
    private final Set<String> done = new HashSet<>();

    /** Up to which index the disk says that hooks have taken a conversation. */
    private Map<String, Long> stored = Map.of();

    private int again;
    private int atRisk;

    @Test
    void nothing_is_lost_and_only_what_was_not_acknowledged_is_told_again() throws IOException {
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            twilio.faults().seed(SEED).webhooks().share(0.1).drop();
            for (int death = 0; death < DEATHS; death++) {
                try (GatedClient client = start(twilio)) {
                    write(twilio, death == 0 ? LEAD : 0);
                    live(twilio, client, random.nextInt(20, 250));
                }
                write(twilio, random.nextInt(20));
            }
            try (GatedClient client = start(twilio)) {
                client.order('o');
                Life life = new Life();
                while (!done.containsAll(written)) {
                    note(life, client.next());
                }
            }
        }
        System.out.println("killed " + DEATHS + " times, seed " + SEED + ": " + written.size()
                + " messages, none lost, " + again + " told again of " + atRisk + " at risk");
        assertThat(done).isEqualTo(written);
        assertThat(begun.keySet()).isEqualTo(written);
        assertThat(again).as("something was in flight").isBetween(1, atRisk);
    }

    private GatedClient start(ConversationsEmulator twilio) throws IOException {
        return new GatedClient(twilio, directory.resolve("cursors").toString(), HEAP, directory.resolve("errors.txt"));
    }

    private void write(ConversationsEmulator twilio, int messages) {
        while (people.size() < CONVERSATIONS) {
            people.add(twilio.user("bob").in("conversation-" + people.size()).joins());
        }
        for (int i = 0; i < messages; i++) {
            SimulatedParticipant bob = people.get(random.nextInt(CONVERSATIONS));
            written.add(bob.says("message " + written.size()).lastMessageSid());
        }
    }

    /** Lets hooks go on while there is more to come, and ends it all after some steps of theirs. */
    private void live(ConversationsEmulator twilio, GatedClient client, int steps) throws IOException {
        Life life = new Life();
        for (int step = 0; step < steps; step++) {
            Call call = note(life, client.next());
            if (call != null && call.begun()) {
                client.order('a');
                write(twilio, 1);
            }
        }
        client.kill();
        for (String line = client.said(); line != null; line = client.said()) {
            note(life, line);
        }
        readStore();
        life.requireStoredWasDone(stored);
        atRisk += life.atRisk(stored);
    }

    private @Nullable Call note(Life life, String line) {
        Call call = Call.of(line);
        if (call != null && call.begun()) {
            String before = begun.put(call.sid(), call.id());
            assertThat(life.begun.put(call.sid(), call)).as("once in a life").isNull();
            if (before != null) {
                again++;
                assertThat(call.id()).as("the same event").isEqualTo(before);
                assertThat(call.index())
                        .as("told again, though the disk has up to")
                        .isGreaterThan(
                                stored.getOrDefault(call.conversationSid(), -1L).intValue());
            }
        } else if (call != null) {
            life.done.add(call.sid());
            done.add(call.sid());
        }
        return call;
    }

    private void readStore() throws IOException {
        stored = new HashMap<>();
        try (FileCursorStore store = FileCursorStore.open(directory.resolve("cursors"))) {
            for (Cursor cursor : store.readAll(store.own(GatedClientMain.SCOPE))) {
                stored.put(cursor.conversation(), cursor.index());
            }
        }
    }

    /** What one process said. */
    private static final class Life {
        final Map<String, Call> begun = new HashMap<>();
        final Set<String> done = new HashSet<>();

        void requireStoredWasDone(Map<String, Long> stored) {
            assertThat(begun.values())
                    .filteredOn(call -> call.index() <= stored.getOrDefault(call.conversationSid(), -1L))
                    .allSatisfy(call -> assertThat(done).contains(call.sid()));
        }

        int atRisk(Map<String, Long> stored) {
            return (int) begun.values().stream()
                    .filter(call -> call.index() > stored.getOrDefault(call.conversationSid(), -1L))
                    .count();
        }
    }
}
