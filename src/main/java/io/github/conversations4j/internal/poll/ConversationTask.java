package io.github.conversations4j.internal.poll;

import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.ConversationSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the list of conversations: finds new ones, shows changes to the tracks of known ones, and has those that are not
 * listed any more asked after one by one, since pages may shift while they are read. Run by one worker at a time.
 */
final class ConversationTask implements Agenda.Task {
    private static final int LARGEST_PAGE = 100;
    private static final int SLOWER = 3;

    private final Poll poll;
    private final Followed followed;
    private final Runnable beforeTracks;
    private boolean complete;

    // Written by the run, read by whoever counts.
    private volatile Tempo tempo;
    private volatile int pages = 1;

    /**
     * Has read nothing yet.
     *
     * @param beforeTracks done once, after the list was read for the first time and before anything in it is
     */
    ConversationTask(Poll poll, Followed followed, Runnable beforeTracks) {
        this.poll = poll;
        this.followed = followed;
        this.beforeTracks = beforeTracks;
        this.tempo = Tempo.from(poll.options().conversationsEvery(), SLOWER);
    }

    Duration period() {
        return tempo.now();
    }

    int pages() {
        return pages;
    }

    @Override
    public Duration run() {
        Set<String> unlisted = new HashSet<>(followed.sids());
        List<Track> found = new ArrayList<>();
        pages = poll.calls()
                .<ConversationSnapshot>readAll(
                        LARGEST_PAGE,
                        page -> poll.api().conversations().list(page),
                        page -> take(page, unlisted, found));
        if (!complete) {
            beforeTracks.run();
            complete = true;
            // Those that an attempt which failed had found are among them.
            followed.all().forEach(track -> poll.agenda().plan(track, Duration.ZERO));
            followed.listed();
            return poll.next(tempo.now());
        }
        found.forEach(track -> poll.agenda().plan(track, Duration.ZERO));
        unlisted.forEach(sid -> {
            Track track = followed.of(sid);
            if (track != null) {
                track.doubted();
            }
        });
        tempo = tempo.after(!found.isEmpty() || !unlisted.isEmpty());
        return poll.next(tempo.now());
    }

    private void take(Slice<ConversationSnapshot> page, Set<String> unlisted, List<Track> found) {
        for (ConversationSnapshot conversation : page.items()) {
            unlisted.remove(conversation.sid());
            Track track = followed.found(conversation);
            if (track != null) {
                found.add(track);
            }
        }
    }

    @Override
    public String toString() {
        return "the list of conversations";
    }
}
