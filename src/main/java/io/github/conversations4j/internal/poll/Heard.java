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
import org.jspecify.annotations.Nullable;

/**
 * What other sources told of in one conversation and no reading has shown yet: if it is gone before one does, nobody else
 * can tell. The newest of each kind, as many as fit on a page; what each was is kept as far as there is room. Thread-safe.
 */
final class Heard {
    private static final int MOST = 100;
    /** What was told just now may not be in the lists yet; how fast they follow is not documented. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final Recollection states;

    // Guarded by this.
    private final Map<String, Told> messages = new LinkedHashMap<>(0);
    private final Map<String, Told> people = new LinkedHashMap<>(0);
    private boolean over;

    /**
     * Has heard nothing.
     *
     * @param states keeps what things were, for all conversations together
     */
    Heard(Recollection states) {
        this.states = states;
    }

    /**
     * A message or a participant.
     *
     * @param sid which
     * @param index of the message; -1 for a participant
     * @param name who the participant is; null for messages and for people without one
     * @param at when it was told
     */
    record Told(String sid, int index, @Nullable String name, Instant at) {}

    synchronized void note(ConversationScoped event, Instant now) {
        if (over) {
            return;
        }
        if (event instanceof MessageAdded added) {
            Message message = added.message();
            put(messages, new Told(message.sid(), message.index(), null, now));
            states.keep(message.sid(), message, Recollection.size(message));
        } else if (event instanceof MessageRemoved removed) {
            forget(messages, removed.message().sid());
        } else if (event instanceof ParticipantJoined joined) {
            Participant participant = joined.participant();
            put(people, new Told(participant.sid(), -1, participant.identity(), now));
            states.keep(participant.sid(), participant, Recollection.size(participant));
        } else if (event instanceof ParticipantLeft left) {
            forget(people, left.participant().sid());
        }
    }

    private void put(Map<String, Told> all, Told told) {
        all.put(told.sid(), told);
        if (all.size() > MOST) {
            Iterator<String> oldest = all.keySet().iterator();
            states.forget(oldest.next());
            oldest.remove();
        }
    }

    private void forget(Map<String, Told> all, String sid) {
        if (all.remove(sid) != null) {
            states.forget(sid);
        }
    }

    /** The messages that lists must show by now. */
    synchronized List<Told> messages(Instant now) {
        return settled(messages, now);
    }

    /** The people that lists must show by now. */
    synchronized List<Told> people(Instant now) {
        return settled(people, now);
    }

    private static List<Told> settled(Map<String, Told> all, Instant now) {
        return all.values().stream()
                .filter(told -> !told.at().plus(SETTLING).isAfter(now))
                .toList();
    }

    /** They were looked for. */
    synchronized void forgetMessages(List<Told> done) {
        done.forEach(told -> forget(messages, told.sid()));
    }

    /** They were looked for. */
    synchronized void forgetPeople(List<Told> done) {
        done.forEach(told -> forget(people, told.sid()));
    }

    /** Nobody looks any more. */
    synchronized void end() {
        over = true;
        List.copyOf(messages.keySet()).forEach(sid -> forget(messages, sid));
        List.copyOf(people.keySet()).forEach(sid -> forget(people, sid));
    }
}
