package io.github.conversations4j.internal.poll;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What other sources told of in one conversation and no reading has shown yet: if it is gone before one does, nobody else
 * can tell. The newest of each kind, as many as fit on a page. Thread-safe.
 */
final class Heard {
    private static final int MOST = 100;
    /** What was told just now may not be in the lists yet; how fast they follow is not documented. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    // Guarded by this.
    private final Map<String, Told<Message>> messages = new LinkedHashMap<>(0);
    private final Map<String, Told<Participant>> people = new LinkedHashMap<>(0);

    private record Told<T>(T item, Instant at) {}

    synchronized void note(ConversationScoped event, Instant now) {
        if (event instanceof MessageAdded added) {
            put(messages, added.message().sid(), new Told<>(added.message(), now));
        } else if (event instanceof MessageRemoved removed) {
            messages.remove(removed.message().sid());
        } else if (event instanceof ParticipantJoined joined) {
            put(people, joined.participant().sid(), new Told<>(joined.participant(), now));
        } else if (event instanceof ParticipantLeft left) {
            people.remove(left.participant().sid());
        }
    }

    private static <T> void put(Map<String, Told<T>> all, String sid, Told<T> told) {
        all.put(sid, told);
        if (all.size() > MOST) {
            Iterator<String> oldest = all.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** The messages that lists must show by now. */
    synchronized List<Message> messages(Instant now) {
        return settled(messages, now);
    }

    /** The people that lists must show by now. */
    synchronized List<Participant> people(Instant now) {
        return settled(people, now);
    }

    private static <T> List<T> settled(Map<String, Told<T>> all, Instant now) {
        return all.values().stream()
                .filter(told -> !told.at().plus(SETTLING).isAfter(now))
                .map(Told::item)
                .toList();
    }

    /** They were looked for. */
    synchronized void forgetMessages(List<Message> done) {
        done.forEach(message -> messages.remove(message.sid()));
    }

    /** They were looked for. */
    synchronized void forgetPeople(List<Participant> done) {
        done.forEach(participant -> people.remove(participant.sid()));
    }
}
