package io.github.conversations4j.internal.poll;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.internal.delivery.Reach;
import io.github.conversations4j.internal.poll.Heard.Told;
import io.github.conversations4j.internal.poll.Inbox.Word;
import io.github.conversations4j.internal.poll.Observation.Hint;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.source.PollTier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One conversation: what is known of it, and when what of it is read. Other tasks leave word for its next run; the rest is
 * confined to the run.
 *
 * <p>States: <em>found</em>, until it was told; <em>begun</em>, until messages and participants were read once;
 * <em>followed</em>; <em>at rest</em>, when it is closed, which is final, and has been read once more: then only the list
 * of conversations shows it; <em>gone</em>. A run that fails is repeated and goes on where it was.
 */
final class Track implements Agenda.Task {
    private static final int PEEK = 20;
    private static final int LEAST = 5;
    private static final int LARGEST_PAGE = 100;

    private final Poll poll;
    private final String sid;
    private final boolean wasThere;
    private final Followed owner;

    private final Observation observation = new Observation();
    private final Heard heard;
    private final Inbox inbox;

    // Confined to the run.
    private final ConversationComparison conversation;
    private final MessageComparison messages;
    private final PeopleComparison people;
    private final Rhythm rhythm;
    private final ObserverSeat seat;

    /** Whether something is different since messages were read. */
    private boolean unread;

    /** Other tasks may have planned one more run before they knew. */
    private boolean isGone;

    // Written by the run, read by whoever counts.
    private volatile boolean followed;

    Track(Poll poll, ConversationSnapshot listed, boolean wasThere, Followed owner, Heard heard) {
        this.poll = poll;
        this.sid = listed.sid();
        this.inbox = new Inbox(listed);
        this.wasThere = wasThere;
        this.owner = owner;
        this.heard = heard;
        this.conversation = new ConversationComparison(poll, wasThere);
        this.messages = new MessageComparison(poll, sid);
        this.people = new PeopleComparison(poll, sid);
        this.rhythm = new Rhythm(poll);
        this.seat = new ObserverSeat(poll, sid, observation);
    }

    String sid() {
        return sid;
    }

    PollTier tier() {
        return rhythm.tier();
    }

    /** Whether its messages are read every so often. */
    boolean isFollowed() {
        return followed;
    }

    /** Whether counts stand for reading its newest messages. */
    boolean isObserved() {
        return observation.isCounting();
    }

    // ---- what other tasks leave

    /** The list of conversations shows it. */
    void listed(ConversationSnapshot now) {
        if (inbox.listed(now)) {
            poll.agenda().plan(this, Duration.ZERO);
        }
    }

    /** The list of conversations does not show it, or another list shows it otherwise. */
    void doubted() {
        inbox.wantFetch();
        poll.agenda().plan(this, Duration.ZERO);
    }

    /** The observer's count was read; whether messages are to be read because of it. */
    boolean counted(Unread unread) {
        observation.counted(unread);
        boolean wanted = observation.wantsLook();
        if (wanted) {
            poll.agenda().plan(this, Duration.ZERO);
        }
        return wanted;
    }

    /** The observer does not take part. */
    void unobserved() {
        boolean isNews = !observation.wantsToJoin();
        observation.isAbsent();
        if (isNews) {
            poll.agenda().plan(this, Duration.ZERO);
        }
    }

    /**
     * Compares everything at once, what was told before included.
     *
     * @return completes when everything was taken, with the messages that were compared; fails as the comparison does
     */
    CompletableFuture<Reach> compareAll() {
        CompletableFuture<Reach> request = inbox.request();
        poll.agenda().hurry(this);
        return request;
    }

    /** Another source told something. */
    void heard(ConversationScoped event) {
        heard.note(event, poll.now());
    }

    // ---- the run

    @Override
    public @Nullable Duration run() {
        Word word = inbox.take();
        // Before anything is read: what is counted from now on asks for another run.
        Hint hint = observation.hint();
        try {
            Duration next = follow(word, hint);
            word.requests().forEach(request -> request.complete(messages.reach()));
            return next;
        } catch (RuntimeException | Error e) {
            word.requests().forEach(request -> request.completeExceptionally(e));
            throw e;
        } finally {
            owner.rest();
        }
    }

    private @Nullable Duration follow(Word word, @Nullable Hint hint) {
        try {
            return isGone ? null : read(word, hint);
        } catch (NotFoundException e) {
            if (poll.calls().find(() -> poll.api().conversations().fetch(sid)) != null) {
                throw e;
            }
            return gone();
        }
    }

    private @Nullable Duration gone() {
        conversation.tellRemoved();
        isGone = true;
        followed = false;
        heard.end();
        owner.gone(this);
        return null;
    }

    private @Nullable Duration read(Word word, @Nullable Hint hint) {
        ConversationSnapshot now = word.listed();
        if (word.fetch()) {
            ConversationSnapshot fetched =
                    poll.calls().find(() -> poll.api().conversations().fetch(sid));
            if (fetched == null) {
                return gone();
            }
            now = fetched;
            inbox.fetched(fetched);
        }
        unread |= conversation.compare(now, word.all() || poll.manner().insists() && rhythm.isWindowDue());
        boolean closed = now.state() == ConversationState.CLOSED;
        followed = !closed;
        // Once more after the end, for the last messages.
        if (!closed || word.all() || unread && !isOldHistory()) {
            readAll(word.all(), hint);
            unread = false;
        }
        if (closed) {
            heard.end();
        }
        owner.wasRead(this);
        return closed ? null : rhythm.untilNext(!isObserved());
    }

    private boolean isOldHistory() {
        return wasThere && !messages.hasBegun() && poll.options().history() == 0;
    }

    private void readAll(boolean all, @Nullable Hint hint) {
        if (messages.hasBegun()) {
            readMessages(all, hint);
            readPeople(all);
        } else {
            readPeople(all);
            begin();
        }
        poll.options().observer().ifPresent(identity -> seat.keep(identity, messages.top()));
    }

    private void begin() {
        Hint hint = observation.hint();
        if (wasThere) {
            Instant last = messages.begin();
            if (last != null) {
                rhythm.stirred(last);
            }
            rhythm.spreadMessages();
        } else {
            rhythm.stir();
            messages.beginEmpty();
            messages.look(LARGEST_PAGE, false);
            rhythm.looked(true);
        }
        looked(hint);
    }

    private void readMessages(boolean all, @Nullable Hint hint) {
        int size;
        if (all || unread || hint != null && hint.newMessages() == 0 || rhythm.isWindowDue()) {
            size = poll.options().window();
        } else if (hint != null) {
            size = Math.min(LARGEST_PAGE, Math.max(hint.newMessages() + 1, LEAST));
        } else if (!isObserved() && rhythm.isLookDue()) {
            size = Math.min(PEEK, poll.options().window());
        } else {
            return;
        }
        boolean whole = size >= poll.options().window();
        List<Told> told = whole ? heard.messages(poll.now()) : List.of();
        boolean changed = messages.look(size, all || whole && poll.manner().insists(), told);
        heard.forgetMessages(told);
        rhythm.looked(whole);
        looked(hint);
        if (changed) {
            rhythm.stir();
        }
    }

    private void looked(@Nullable Hint hint) {
        if (hint != null) {
            observation.lookedAt(hint.count());
        }
    }

    private void readPeople(boolean all) {
        boolean wanted = !people.hasBegun() || all || rhythm.isRosterDue();
        if (!poll.options().participants() || !wanted) {
            return;
        }
        if (!people.hasBegun() && wasThere) {
            people.begin();
            rhythm.spreadRoster();
            return;
        }
        List<Told> told = heard.people(poll.now());
        if (people.look(all || poll.manner().insists(), told)) {
            rhythm.stir();
        }
        heard.forgetPeople(told);
        rhythm.readRoster();
    }

    @Override
    public String toString() {
        return "conversation " + sid;
    }
}
