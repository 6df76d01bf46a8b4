package io.github.conversations4j.internal.poll;

import io.github.conversations4j.internal.poll.Heard.Told;
import io.github.conversations4j.model.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Compares the participants of a conversation with who they were, and tells who joined, changed and left; the observer is
 * none of them. Confined to the task of its conversation.
 */
final class PeopleComparison {
    private static final int LARGEST_PAGE = 100;

    private final Poll poll;
    private final String sid;
    private final ParticipantEvents events;
    private final Roll<Participant> participants;

    PeopleComparison(Poll poll, String conversationSid) {
        this.poll = poll;
        this.sid = conversationSid;
        this.events = new ParticipantEvents(sid);
        this.participants = new Roll<>(poll, events.items());
    }

    /** Whether it is known who was there before. */
    boolean hasBegun() {
        return participants.hasBegun();
    }

    /** Begins with a conversation that was there before: who is older than the start is taken as known. */
    void begin() {
        List<Participant> all = new ArrayList<>();
        read(all);
        participants.begin(all);
    }

    /**
     * Reads and compares; the first time everybody is new.
     *
     * @param again whether to offer what was told before once more, because it may have been lost on its way
     * @param heard people of whom other sources told some time ago
     * @return whether anything had changed
     */
    boolean look(boolean again, List<Told> heard) {
        List<Participant> all = new ArrayList<>();
        int pages = read(all);
        participants.beginEmpty();
        boolean changed = participants.compare(all, seen -> pages > 1 && isThere(seen.sid()), again);
        heard.forEach(told -> goneUnseen(told, all));
        return changed;
    }

    private int read(List<Participant> all) {
        return poll.calls()
                .<Participant>readAll(
                        LARGEST_PAGE,
                        page -> poll.api().participants().list(sid, page),
                        page -> page.items().stream().filter(this::isNoObserver).forEach(all::add));
    }

    /** Somebody who came and went without a reading in which they were. */
    private void goneUnseen(Told told, List<Participant> all) {
        if (all.stream().noneMatch(one -> one.sid().equals(told.sid())) && !isThere(told.sid())) {
            Participant last = poll.heard().of(told.sid(), Participant.class);
            Participant gone = last == null
                    ? Participant.builder(told.sid(), sid).identity(told.name()).build()
                    : last;
            poll.teller().tell(events.left(poll.teller()::meta, gone));
        }
    }

    private boolean isNoObserver(Participant participant) {
        return participant.identity() == null
                || !Objects.equals(
                        participant.identity(), poll.options().observer().orElse(null));
    }

    private boolean isThere(String participantSid) {
        return poll.calls().find(() -> poll.api().participants().fetch(sid, participantSid)) != null;
    }
}
