package io.github.conversations4j.internal.poll;

import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last states of messages, participants and users, by SID or identity, as far as there is room: they say what an
 * update changed and what was removed. The one used longest ago is forgotten first; that something changed is noticed
 * without it. Thread-safe.
 */
final class Recollection {
    private final long maxCharacters;

    // Guarded by this.
    private final LinkedHashMap<String, State> states = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    private record State(Object value, int characters) {}

    Recollection(long maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    /** About how many characters a message keeps in memory. */
    static int size(Message message) {
        int body = message.body() == null ? 0 : message.body().length();
        return 300 + body + message.attributes().json().length();
    }

    /** About how many characters a participant keeps in memory. */
    static int size(Participant participant) {
        return 300 + participant.attributes().json().length();
    }

    synchronized void keep(String key, Object value, int size) {
        State before = states.put(key, new State(value, size));
        characters += size - (before == null ? 0 : before.characters());
        Iterator<Map.Entry<String, State>> oldest = states.entrySet().iterator();
        while (characters > maxCharacters && oldest.hasNext()) {
            characters -= oldest.next().getValue().characters();
            oldest.remove();
        }
    }

    synchronized <T> @Nullable T of(String key, Class<T> type) {
        State state = states.get(key);
        return state == null ? null : type.cast(state.value());
    }

    synchronized void forget(String key) {
        State before = states.remove(key);
        characters -= before == null ? 0 : before.characters();
    }
}
