package io.github.conversations4j.internal.poll;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.model.ConversationSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The conversations that are followed, and how far the first pass over them is. Thread-safe. */
final class Followed {
    private static final int STRANGERS = 1_000;
    private static final Duration LONGEST_REST = Duration.ofMillis(200);

    private final Poll poll;
    private final Map<String, Track> tracks = new ConcurrentHashMap<>();

    // What was told of conversations that no list has shown, by SID; of many the newest. Guarded by this.
    private final Map<String, Heard> strangers = new LinkedHashMap<>();

    private final CompletableFuture<Void> complete = new CompletableFuture<>();

    // Guarded by this: what the first pass still waits for, and whether more may be added to it.
    private final Set<Object> outstanding = new HashSet<>();
    private boolean listed;
    private boolean overflown;

    Followed(Poll poll) {
        this.poll = poll;
    }

    /** Completes when the first pass is. */
    CompletableFuture<Void> firstPass() {
        return complete;
    }

    /** Has the first pass wait for something besides conversations. */
    synchronized void waitFor(Object what) {
        outstanding.add(what);
    }

    /** The list of conversations was read for the first time. */
    void listed() {
        synchronized (this) {
            listed = true;
        }
        done(this);
    }

    void done(Object what) {
        boolean all;
        synchronized (this) {
            outstanding.remove(what);
            all = listed && outstanding.isEmpty();
        }
        if (all) {
            complete.complete(null);
        }
    }

    /**
     * The list of conversations shows one.
     *
     * @return the new track if it was not known, which nobody has planned yet
     */
    @Nullable
    Track found(ConversationSnapshot conversation) {
        Track known = tracks.get(conversation.sid());
        if (known != null) {
            known.listed(conversation);
            return null;
        }
        if (isFull()) {
            overflow();
            return null;
        }
        synchronized (this) {
            Heard heard = strangers.remove(conversation.sid());
            boolean wasThere = !listed && !poll.isNew(conversation.dateCreated());
            Track track =
                    new Track(poll, conversation, wasThere, this, heard == null ? new Heard(poll.heard()) : heard);
            if (!listed) {
                waitFor(track);
            }
            tracks.put(conversation.sid(), track);
            return track;
        }
    }

    /**
     * Somebody else told of something in a conversation.
     *
     * @return whether a list has shown it before
     */
    boolean heard(ConversationScoped event) {
        String sid = event.conversationSid();
        Track track = tracks.get(sid);
        if (track == null) {
            synchronized (this) {
                track = tracks.get(sid);
                if (track == null) {
                    strangers
                            .computeIfAbsent(sid, any -> new Heard(poll.heard()))
                            .note(event, poll.now());
                    if (strangers.size() > STRANGERS) {
                        Iterator<Heard> oldest = strangers.values().iterator();
                        oldest.next().end();
                        oldest.remove();
                    }
                    return false;
                }
            }
        }
        track.heard(event);
        return true;
    }

    boolean isFull() {
        return tracks.size() >= poll.options().maxConversations();
    }

    private void overflow() {
        synchronized (this) {
            if (overflown) {
                return;
            }
            overflown = true;
        }
        String most =
                "there are more than " + poll.options().maxConversations() + " conversations, and the others are not ";
        poll.health()
                .failed(new ConversationsException(
                        poll.manner().recovers()
                                ? "sweep: " + most + "swept. Add EventSources.poll with a larger"
                                        + " PollOptions.maxConversations, or spread them over several services"
                                : "polling: " + most + "followed. Raise PollOptions.maxConversations"));
    }

    /** Leaves Twilio alone for a while, unless something is urgent, if this poller is in no hurry. */
    void rest() {
        Duration spread = poll.manner().spread();
        if (!spread.isZero()) {
            Duration share = spread.dividedBy(2L * Math.max(1, tracks.size()));
            poll.agenda().rest(share.compareTo(LONGEST_REST) < 0 ? share : LONGEST_REST);
        }
    }

    void wasRead(Track track) {
        done(track);
    }

    void gone(Track track) {
        tracks.remove(track.sid());
        done(track);
    }

    @Nullable
    Track of(String sid) {
        return tracks.get(sid);
    }

    Collection<Track> all() {
        return tracks.values();
    }

    Set<String> sids() {
        return Set.copyOf(tracks.keySet());
    }
}
