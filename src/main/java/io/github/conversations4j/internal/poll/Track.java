package io.github.conversations4j.internal.poll;

import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.source.PollTier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation: what is known of it, and when what of it is read. Other tasks leave word for its next run; the rest is
 * confined to the run.
 *
 * <p>States: <em>found</em>, until it was told; <em>begun</em>, until messages and participants were read once;
 * <em>followed</em>; <em>at rest</em>, when it is closed, which is final, and has been read once more: then only the list
 * of conversations shows it; <em>gone</em>. A run that fails is repeated and goes on where it was.
 */
final class Track implements Agenda.Task {
    private static final Logger LOG = LoggerFactory.getLogger(Track.class);
    private static final int PEEK = 20;
    private static final int LEAST = 5;
    private static final int LARGEST_PAGE = 100;
    private static final Duration HOT_FOR = Duration.ofMinutes(2);
    private static final Duration WARM_FOR = Duration.ofHours(1);
    private static final Duration UNTIL_JOINING_AGAIN = Duration.ofMinutes(30);

    private final Poll poll;
    private final String sid;
    private final boolean wasThere;
    private final Followed owner;

    // What other tasks leave for the next run. Guarded by this.
    private final Observation observation = new Observation();
    private final List<CompletableFuture<Void>> requests = new ArrayList<>(0);
    private ConversationSnapshot listed;
    private boolean fetchWanted;

    // Confined to the run.
    private final ConversationComparison conversation;
    private final MessageComparison messages;
    private final Roll<Participant> participants;
    private Instant activity = Instant.MIN;
    private Instant lastLook = Instant.MIN;
    private Instant lastWindow = Instant.MIN;
    private Instant lastRoster = Instant.MIN;
    private Instant joinAfter = Instant.MIN;

    // Written by the run, read by whoever counts.
    private volatile PollTier tier = PollTier.COLD;
    private volatile boolean followed;

    Track(Poll poll, ConversationSnapshot listed, boolean wasThere, Followed owner) {
        this.poll = poll;
        this.sid = listed.sid();
        this.listed = listed;
        this.wasThere = wasThere;
        this.owner = owner;
        this.conversation = new ConversationComparison(poll, wasThere);
        this.messages = new MessageComparison(poll, sid);
        this.participants = new Roll<>(poll, new ParticipantEvents(sid).items());
    }

    String sid() {
        return sid;
    }

    PollTier tier() {
        return tier;
    }

    /** Whether its messages are read every so often. */
    boolean isFollowed() {
        return followed;
    }

    synchronized boolean isObserved() {
        return observation.isCounting();
    }

    // ---- what other tasks leave

    /** The list of conversations shows it. */
    void listed(ConversationSnapshot now) {
        boolean changed;
        synchronized (this) {
            changed = !now.equals(listed);
            listed = now;
        }
        if (changed) {
            poll.agenda().plan(this, Duration.ZERO);
        }
    }

    /** The list of conversations does not show it, or another list shows it otherwise. */
    void doubted() {
        synchronized (this) {
            fetchWanted = true;
        }
        poll.agenda().plan(this, Duration.ZERO);
    }

    /** The observer's count was read; whether messages are to be read because of it. */
    boolean counted(Unread unread) {
        boolean wanted;
        synchronized (this) {
            observation.counted(unread);
            wanted = observation.wantsLook();
        }
        if (wanted) {
            poll.agenda().plan(this, Duration.ZERO);
        }
        return wanted;
    }

    /** The observer does not take part. */
    void unobserved() {
        boolean isNews;
        synchronized (this) {
            isNews = !observation.wantsToJoin();
            observation.isAbsent();
        }
        if (isNews) {
            poll.agenda().plan(this, Duration.ZERO);
        }
    }

    /**
     * Compares everything at once, what was told before included.
     *
     * @return completes when everything was taken, fails as the comparison does
     */
    CompletableFuture<Void> compareAll() {
        CompletableFuture<Void> request = new CompletableFuture<>();
        synchronized (this) {
            requests.add(request);
            fetchWanted = true;
        }
        poll.agenda().hurry(this);
        return request;
    }

    // ---- the run

    /** What a run finds when it starts. */
    private record Word(
            ConversationSnapshot listed, boolean fetch, boolean look, int newMessages, int count, boolean all) {}

    private synchronized Word word() {
        boolean counted = observation.wantsLook();
        return new Word(
                listed,
                fetchWanted,
                counted,
                counted ? observation.newMessages() : 0,
                observation.count(),
                !requests.isEmpty());
    }

    @Override
    public @Nullable Duration run() {
        List<CompletableFuture<Void>> asked;
        Word word;
        synchronized (this) {
            word = word();
            asked = List.copyOf(requests);
            requests.clear();
        }
        try {
            Duration next = follow(word);
            asked.forEach(request -> request.complete(null));
            return next;
        } catch (RuntimeException e) {
            asked.forEach(request -> request.completeExceptionally(e));
            throw e;
        } finally {
            owner.rest();
        }
    }

    private @Nullable Duration follow(Word word) {
        try {
            return read(word);
        } catch (NotFoundException e) {
            if (poll.calls().find(() -> poll.api().conversations().fetch(sid)) != null) {
                throw e;
            }
            return gone();
        }
    }

    private @Nullable Duration gone() {
        conversation.tellRemoved();
        followed = false;
        owner.gone(this);
        return null;
    }

    private @Nullable Duration read(Word word) {
        ConversationSnapshot now = word.listed();
        if (word.fetch()) {
            ConversationSnapshot fetched =
                    poll.calls().find(() -> poll.api().conversations().fetch(sid));
            if (fetched == null) {
                return gone();
            }
            now = fetched;
            synchronized (this) {
                listed = fetched;
                fetchWanted = false;
            }
        }
        boolean stirred = conversation.compare(now, word.all());
        boolean closed = now.state() == ConversationState.CLOSED;
        followed = !closed;
        // Once more after the end, for the last messages.
        if (!closed || word.all() || stirred && !isOldHistory()) {
            readAll(word, stirred);
        }
        owner.wasRead(this);
        return closed ? null : untilNext();
    }

    private boolean isOldHistory() {
        return wasThere && !messages.hasBegun() && poll.options().history() == 0;
    }

    private void readAll(Word word, boolean stirred) {
        if (!messages.hasBegun()) {
            readPeople(word);
            begin(word);
        } else {
            readMessages(word, stirred);
            readPeople(word);
        }
    }

    private void begin(Word word) {
        if (wasThere) {
            Instant last = messages.begin();
            Instant now = poll.now();
            activity = last == null ? Instant.MIN : last.isAfter(now) ? now : last;
            lastWindow = spread(now, poll.options()::editsEvery);
            lastLook = spread(now, poll.options()::messagesEvery);
        } else {
            activity = poll.now();
            lastWindow = activity;
            lastLook = activity;
            messages.beginEmpty();
            messages.look(LARGEST_PAGE, false);
        }
        looked(word);
    }

    private void readMessages(Word word, boolean stirred) {
        Instant now = poll.now();
        int size;
        if (word.all()
                || stirred
                || word.look() && word.newMessages() == 0
                || isDue(lastWindow, poll.options()::editsEvery)) {
            size = poll.options().window();
        } else if (word.look()) {
            size = Math.min(LARGEST_PAGE, Math.max(word.newMessages() + 1, LEAST));
        } else if (!isObserved() && isDue(lastLook, poll.options()::messagesEvery)) {
            size = Math.min(PEEK, poll.options().window());
        } else {
            return;
        }
        boolean changed = messages.look(size, word.all());
        lastLook = now;
        lastWindow = size >= poll.options().window() ? now : lastWindow;
        looked(word);
        activity = changed ? poll.now() : activity;
    }

    private Instant spread(Instant now, Function<PollTier, Duration> period) {
        return now.minus(poll.some(period.apply(temperature())));
    }

    private boolean isDue(Instant last, Function<PollTier, Duration> period) {
        return last == Instant.MIN
                || !poll.now()
                        .isBefore(last.plus(period.apply(tier).multipliedBy(85).dividedBy(100)));
    }

    private void looked(Word word) {
        boolean join;
        boolean horizon;
        synchronized (this) {
            observation.lookedAt(word.count());
            join = observation.wantsToJoin() && !poll.now().isBefore(joinAfter);
            horizon = join || observation.wantsHorizon();
        }
        String observer = poll.options().observer().orElse(null);
        if (observer != null && horizon) {
            observe(observer, join);
        }
    }

    /** That the observer cannot take part everywhere is nothing to stop for: tiers do without. */
    private void observe(String observer, boolean join) {
        try {
            if (join) {
                join(observer);
            }
            int top = messages.top();
            if (top >= 0) {
                poll.calls().get(() -> poll.api().mine(observer).setLastReadMessageIndex(sid, top));
                synchronized (this) {
                    observation.horizonMoved();
                }
            }
        } catch (NotFoundException | RateLimitedException e) {
            throw e;
        } catch (TwilioApiException e) {
            joinAfter = poll.now().plus(UNTIL_JOINING_AGAIN);
        }
    }

    private void join(String observer) {
        try {
            poll.calls().get(() -> poll.api().mine(observer).join(sid));
        } catch (ConflictException e) {
            LOG.debug("the observer is in {} already", sid);
        }
    }

    private void readPeople(Word word) {
        boolean wanted = !participants.hasBegun() || word.all() || isDue(lastRoster, poll.options()::participantsEvery);
        if (!poll.options().participants() || !wanted) {
            return;
        }
        List<Participant> all = new ArrayList<>();
        int pages = poll.calls()
                .<Participant>readAll(
                        LARGEST_PAGE,
                        page -> poll.api().participants().list(sid, page),
                        page -> page.items().stream().filter(this::isNoObserver).forEach(all::add));
        if (participants.hasBegun()) {
            boolean others = participants.compare(all, seen -> pages > 1 && isThere(seen), word.all());
            lastRoster = poll.now();
            activity = others ? lastRoster : activity;
        } else if (wasThere) {
            participants.begin(all);
            lastRoster = spread(poll.now(), poll.options()::participantsEvery);
        } else {
            participants.beginEmpty();
            participants.compare(all, seen -> false, false);
            lastRoster = poll.now();
        }
    }

    private boolean isNoObserver(Participant participant) {
        return participant.identity() == null
                || !Objects.equals(
                        participant.identity(), poll.options().observer().orElse(null));
    }

    private boolean isThere(Seen participant) {
        return poll.calls().find(() -> poll.api().participants().fetch(sid, participant.sid())) != null;
    }

    private PollTier temperature() {
        if (activity == Instant.MIN) {
            return PollTier.COLD;
        }
        Duration quiet = Duration.between(activity, poll.now());
        if (quiet.compareTo(HOT_FOR) < 0) {
            return PollTier.HOT;
        }
        return quiet.compareTo(WARM_FOR) < 0 ? PollTier.WARM : PollTier.COLD;
    }

    private Duration untilNext() {
        tier = temperature();
        Instant due = due(lastWindow, poll.options().editsEvery(tier));
        if (!isObserved()) {
            due = earlier(due, due(lastLook, poll.options().messagesEvery(tier)));
        }
        if (poll.options().participants()) {
            due = earlier(due, due(lastRoster, poll.options().participantsEvery(tier)));
        }
        Duration wait = Duration.between(poll.now(), due);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private Instant due(Instant last, Duration period) {
        return last.plus(poll.next(period));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    @Override
    public String toString() {
        return "conversation " + sid;
    }
}
