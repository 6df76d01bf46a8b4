package io.github.conversations4j.internal.emulator.state;

import java.util.HashMap;
import java.util.Map;

/** Who is in which conversations, by one kind of name. Confined to the lock of its service. */
final class Memberships {
    /**
     * Where somebody is.
     *
     * @param conversationSid the conversation
     * @param participantSid as whom
     */
    record Place(String conversationSid, String participantSid) {}

    private final Map<String, Shelf<Place>> byName = new HashMap<>();

    void add(String name, StoredParticipant participant) {
        byName.computeIfAbsent(name, key -> new Shelf<>())
                .add(participant.sid(), new Place(participant.conversationSid(), participant.sid()));
    }

    void remove(String name, StoredParticipant participant) {
        Shelf<Place> places = byName.get(name);
        if (places != null) {
            places.remove(participant.sid());
            if (places.size() == 0) {
                byName.remove(name);
            }
        }
    }

    Shelf<Place> shelf(String name) {
        Shelf<Place> found = byName.get(name);
        return found == null ? new Shelf<>() : found;
    }
}
