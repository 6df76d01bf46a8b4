package io.github.conversations4j.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.Conversation;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.Page;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.model.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * People who write, edit, remove, rename, come and go by chance, and what must be there in the end. Confined to one thread.
 */
final class Traffic {
    /** Nobody looks further back than a page of 100 messages for edits and removals. */
    private static final int STILL_CHANGED = 20;

    private final ConversationsEmulator twilio;
    private final Random random;
    private final List<Room> rooms = new ArrayList<>();
    private final Truth truth = new Truth();
    private int acts;

    Traffic(ConversationsEmulator twilio, long seed) {
        this.twilio = twilio;
        this.random = new Random(seed);
    }

    /** Begins a conversation. */
    void open(String uniqueName) {
        SimulatedParticipant bob = twilio.user("bob").in(uniqueName).joins();
        rooms.add(new Room(bob, bob.conversationSid()));
    }

    /**
     * Writes some messages, with everything else in between; the last one of each conversation stays as it is.
     *
     * @param meanwhile done after each
     */
    void talk(int messages, Runnable meanwhile) {
        for (int written = 0; written < messages; written++) {
            Room room = rooms.get(random.nextInt(rooms.size()));
            write(room);
            int what = random.nextInt(100);
            if (what < 8) {
                edit(room);
            } else if (what < 13) {
                remove(room);
            } else if (what < 15) {
                rename(room);
            } else if (what < 18) {
                comeOrGo(room);
            }
            meanwhile.run();
        }
        // A message that is removed unseen leaves no trace unless another one follows it.
        rooms.forEach(this::write);
    }

    private void write(Room room) {
        String text = "message " + ++acts;
        String sid = room.bob.says(text).lastMessageSid();
        truth.bodies.put(sid, text);
        room.sids.add(sid);
    }

    private void edit(Room room) {
        String sid = room.sids.get(chosen(room));
        String text = "edited " + ++acts;
        room.bob.edits(sid, text);
        truth.bodies.put(sid, text);
    }

    private void remove(Room room) {
        // Not the only one: by the first message hooks find their place.
        if (room.sids.size() > 1) {
            String sid = room.sids.remove(Math.max(1, chosen(room)));
            room.bob.removes(sid);
            truth.bodies.remove(sid);
        }
    }

    private int chosen(Room room) {
        int from = Math.max(0, room.sids.size() - STILL_CHANGED);
        return from + random.nextInt(room.sids.size() - from);
    }

    private void rename(Room room) {
        String name = "name " + ++acts;
        room.bob.renames(name);
        truth.names.put(room.sid, name);
    }

    private void comeOrGo(Room room) {
        List<String> guests = truth.guests.computeIfAbsent(room.sid, sid -> new ArrayList<>());
        if (guests.size() < 5) {
            String guest = "guest-" + ++acts;
            room.bob.adds(guest);
            guests.add(guest);
        } else {
            room.bob.dismisses(guests.remove(random.nextInt(guests.size())));
        }
    }

    /** What must be there. */
    Truth truth() {
        return truth;
    }

    /** Reads it all from the emulator, so that nothing is held against what was only meant to be there. */
    void requireTruth() {
        Map<String, String> there = new HashMap<>();
        try (ConversationsClient reader = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .build())) {
            for (Room room : rooms) {
                Conversation conversation = reader.conversation(room.sid);
                Page<Message> page = conversation.messages().oldest(100).await();
                page.items().forEach(message -> there.put(message.sid(), message.body()));
                while (page.hasNext()) {
                    page = page.next().await();
                    page.items().forEach(message -> there.put(message.sid(), message.body()));
                }
            }
        }
        assertThat(there).isEqualTo(truth.bodies);
    }

    /** Ends all conversations. */
    void close(ConversationsClient client) {
        for (Room room : rooms) {
            client.conversation(room.sid).delete().await();
        }
        rooms.clear();
    }

    /**
     * One conversation.
     *
     * @param bob who writes
     * @param sid the conversation
     * @param sids its messages, oldest first
     */
    private record Room(SimulatedParticipant bob, String sid, List<String> sids) {
        Room(SimulatedParticipant bob, String sid) {
            this(bob, sid, new ArrayList<>());
        }
    }

    /** What the emulator holds. */
    static final class Truth {
        /** By message. */
        final Map<String, String> bodies = new HashMap<>();

        /** By conversation; those that were renamed. */
        final Map<String, String> names = new HashMap<>();

        /** By conversation; besides the one who writes. */
        final Map<String, List<String>> guests = new HashMap<>();
    }
}
