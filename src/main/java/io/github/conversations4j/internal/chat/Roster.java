package io.github.conversations4j.internal.chat;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.model.Participant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in a conversation. Immutable. Events may be applied to a roster that was read after they happened: applying
 * one again changes nothing.
 */
final class Roster {
    /** To the second, because REST tells no more and events do: the order is to be the same whoever told. */
    private static final Comparator<Participant> BY_ARRIVAL =
            Comparator.comparing(Roster::arrival).thenComparing(Participant::sid);

    private final Map<String, Participant> bySid;

    private Roster(Map<String, Participant> bySid) {
        this.bySid = bySid;
    }

    static Roster of(List<Participant> participants) {
        Map<String, Participant> bySid = new LinkedHashMap<>();
        participants.forEach(participant -> bySid.put(participant.sid(), participant));
        return new Roster(bySid);
    }

    private static Instant arrival(Participant participant) {
        Instant created = participant.dateCreated();
        return created == null ? Instant.MAX : created.truncatedTo(ChronoUnit.SECONDS);
    }

    Roster after(ConversationsEvent event) {
        if (event instanceof ParticipantJoined joined) {
            return with(joined.participant());
        } else if (event instanceof ParticipantUpdated updated) {
            return with(updated.participant());
        } else if (event instanceof ParticipantLeft left) {
            return without(left.participant().sid());
        }
        return this;
    }

    private Roster with(Participant participant) {
        Map<String, Participant> changed = new LinkedHashMap<>(bySid);
        changed.put(participant.sid(), participant);
        return new Roster(changed);
    }

    private Roster without(String sid) {
        if (!bySid.containsKey(sid)) {
            return this;
        }
        Map<String, Participant> changed = new LinkedHashMap<>(bySid);
        changed.remove(sid);
        return new Roster(changed);
    }

    /** Everybody but one, whoever came first first. */
    List<Participant> others(String identity) {
        List<Participant> others = new ArrayList<>(bySid.size());
        for (Participant participant : bySid.values()) {
            if (!identity.equals(participant.identity())) {
                others.add(participant);
            }
        }
        others.sort(BY_ARRIVAL);
        return others;
    }

    /** The participant who is a chat user; null if they do not take part. */
    @Nullable
    Participant withIdentity(String identity) {
        for (Participant participant : bySid.values()) {
            if (identity.equals(participant.identity())) {
                return participant;
            }
        }
        return null;
    }

    @Nullable
    Participant withSid(String sid) {
        return bySid.get(sid);
    }

    int size() {
        return bySid.size();
    }
}
