package io.github.conversations4j.internal.poll;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.UserConversation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the unread counts of the observer, 50 conversations with one call, and shows them to the tracks. Run by one worker
 * at a time.
 */
final class ObserverTask implements Agenda.Task {
    private static final int LARGEST_PAGE = 50;
    private static final int SLOWER = 6;

    private final Poll poll;
    private final Followed followed;
    private final String identity;
    private final Agenda.Task conversations;

    // Written by the run, read by whoever counts.
    private volatile Tempo tempo;
    private volatile int pages = 1;

    private boolean somethingHappened;

    ObserverTask(Poll poll, Followed followed, String identity, Agenda.Task conversations) {
        this.poll = poll;
        this.followed = followed;
        this.identity = identity;
        this.conversations = conversations;
        this.tempo = Tempo.from(poll.options().observerEvery(), SLOWER);
    }

    Duration period() {
        return tempo.now();
    }

    int pages() {
        return pages;
    }

    @Override
    public Duration run() {
        Set<String> without = new HashSet<>(followed.sids());
        somethingHappened = false;
        try {
            pages = poll.calls()
                    .<UserConversation>readAll(
                            LARGEST_PAGE, page -> poll.api().mine(identity).list(page), page -> take(page, without));
        } catch (NotFoundException e) {
            // The user comes to be with the first conversation that it joins.
            pages = 1;
        }
        for (String sid : without) {
            Track track = followed.of(sid);
            if (track != null) {
                track.unobserved();
            }
        }
        tempo = tempo.after(somethingHappened);
        return poll.next(tempo.now());
    }

    private void take(Slice<UserConversation> page, Set<String> without) {
        for (UserConversation row : page.items()) {
            String sid = row.conversation().sid();
            without.remove(sid);
            Track track = followed.of(sid);
            if (track == null && !followed.isFull()) {
                // The observer is somewhere that the list of conversations has not shown yet.
                poll.agenda().plan(conversations, Duration.ZERO);
            } else if (track != null) {
                somethingHappened |= track.counted(row.unread());
            }
        }
    }

    @Override
    public String toString() {
        return "the observer's counts";
    }
}
