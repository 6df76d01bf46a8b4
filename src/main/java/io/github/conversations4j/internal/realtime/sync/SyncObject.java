package io.github.conversations4j.internal.realtime.sync;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.realtime.sync.EventOrder.Fate;
import org.jspecify.annotations.Nullable;

/**
 * A Sync object that somebody follows. Confined to the session's lock.
 *
 * <p>Its states: <b>opening</b> (being read) → <b>wanted</b> (a subscription is to be asked for) → <b>asked</b> →
 * <b>live</b>. From asked and live it goes back to wanted when the connection is lost, the server asks for it or an event is
 * missing. It is <b>resting</b> after a failure and <b>stalled</b> when its watcher had no room for an event: both until a timer
 * or the next connection, the latter also until there is room. From resting it goes back to opening where the server does not
 * send what happened since the last event. It is <b>over</b> for good. Events are dropped while it is opening, stalled or over,
 * and taken in all other states.
 */
public final class SyncObject {
    /** Where it stands; see the class. */
    enum State {
        OPENING,
        WANTED,
        ASKED,
        LIVE,
        RESTING,
        STALLED,
        OVER
    }

    private final SyncClient client;
    private final SyncKind kind;
    private final String name;
    private final boolean withItems;
    private final SyncWatcher watcher;

    private State state = State.OPENING;
    private String sid = "";

    /** Null until it was opened. */
    private @Nullable EventOrder order;

    /** The request that its subscription waits for. */
    private long correlation;

    /** Whether its watcher knows it, so that the next reading shows what became of it. */
    private boolean wasOpened;

    /** Whether it was live before, so that what comes late now was missed. */
    private boolean wasLive;

    /** How often the server could not establish it since it was live, or its watcher had no room since it was told of some. */
    private int failures;

    /** Whether its watcher has heard since it was live that the server refuses to let it be followed. */
    private boolean refusalTold;

    SyncObject(SyncClient client, SyncKind kind, String name, boolean withItems, SyncWatcher watcher) {
        this.client = client;
        this.kind = kind;
        this.name = name;
        this.withItems = withItems;
        this.watcher = watcher;
    }

    /** Follows it no longer: its watcher hears nothing more. To be called inside the lock; idempotent. */
    public void close() {
        if (state != State.OVER) {
            client.closed(this);
            end();
        }
    }

    /**
     * Whether its events arrive as they happen.
     *
     * @return whether the subscription was confirmed on this connection
     */
    public boolean isLive() {
        return state == State.LIVE;
    }

    /**
     * Says that its watcher can take now what it had no room for, so that it need not be asked for in vain. Does nothing if
     * there was room for all. To be called inside the lock.
     */
    public void room() {
        if (state == State.STALLED) {
            failures = 0;
            client.room(this);
        }
    }

    SyncKind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    boolean withItems() {
        return withItems;
    }

    String sid() {
        return sid;
    }

    State state() {
        return state;
    }

    SyncWatcher watcher() {
        return watcher;
    }

    /**
     * Whether nobody follows it any longer.
     *
     * @return whether it was closed or is gone
     */
    public boolean isOver() {
        return state == State.OVER;
    }

    int failures() {
        return failures;
    }

    void opened(SyncRoot root, HeldEvents allowance) {
        sid = root.sid();
        order = new EventOrder(root.lastEventId(), allowance);
        state = State.WANTED;
        if (wasOpened) {
            watcher.reopened(root);
        } else {
            watcher.opened(root);
            wasOpened = true;
        }
    }

    /** It is to be read anew. */
    void reopen() {
        state = State.OPENING;
        forget();
    }

    private void forget() {
        if (order != null) {
            order.forget();
        }
    }

    /** After which event it is to be replayed. */
    long complete() {
        return order == null ? -1 : order.complete();
    }

    void want() {
        state = State.WANTED;
    }

    void ask(long newCorrelation) {
        state = State.ASKED;
        correlation = newCorrelation;
    }

    /** The last request that its subscription waited for. */
    long correlation() {
        return correlation;
    }

    /** Whether an event is of the rest of a replay that was given up: it will be sent again, in its turn. */
    boolean hasGivenUp(long someCorrelation) {
        return state != State.LIVE && someCorrelation > 0 && someCorrelation <= correlation;
    }

    boolean awaits(long someCorrelation) {
        return state == State.ASKED && correlation == someCorrelation;
    }

    boolean isAsked() {
        return state == State.ASKED;
    }

    void rest() {
        state = State.RESTING;
        failures++;
    }

    /**
     * The subscription is confirmed, and everything up to an event was sent.
     *
     * @return false if there was no room for it all
     */
    boolean established(long lastEventId) {
        state = State.LIVE;
        failures = 0;
        refusalTold = false;
        boolean taken = order == null || order.caughtUp(lastEventId, this::passOn);
        int inVain = order == null || !taken ? 0 : order.askedInVain();
        if (inVain > 0) {
            client.skipped(this, inVain);
        }
        wasLive = true;
        return taken;
    }

    /** What became of an event, as far as something has to be done about it. */
    enum Need {
        /** Nothing. */
        NOTHING,
        /** An event before it is missing and should be asked for. */
        EARLIER_EVENTS,
        /** There was no room for it, or too much is missing before it: it should be asked for later. */
        ROOM
    }

    /**
     * Takes an event.
     *
     * @param replayed whether the server has sent it because it was asked to
     */
    Need take(SyncChange change, boolean replayed) {
        if (order == null || state == State.OPENING || state == State.OVER || state == State.STALLED) {
            return Need.NOTHING;
        }
        Fate fate = replayed ? order.replayed(change, this::passOnLate) : order.pushed(change, this::passOn);
        if (fate == Fate.REFUSED) {
            return Need.ROOM;
        }
        if (fate == Fate.DUPLICATE) {
            client.repeated(this);
        }
        boolean gap = fate == Fate.HELD || fate == Fate.AHEAD;
        return gap && state == State.LIVE ? Need.EARLIER_EVENTS : Need.NOTHING;
    }

    /** Tells its watcher that it cannot be followed, once until it is live again. */
    void refused(ConversationsException why) {
        if (!refusalTold) {
            refusalTold = true;
            watcher.failed(why);
        }
    }

    /** Takes no events until it is asked for again. */
    void stall() {
        state = State.STALLED;
        failures++;
        forget();
    }

    private boolean passOn(SyncChange change) {
        return passOn(change, false);
    }

    private boolean passOnLate(SyncChange change) {
        return passOn(change, wasLive);
    }

    /** What cannot be read counts as taken: it would come again for ever, and everything behind it would wait. */
    private boolean passOn(SyncChange change, boolean recovered) {
        if (state == State.OVER) {
            return true;
        }
        try {
            return watcher.changed(change, recovered);
        } catch (RuntimeException e) {
            client.unreadable("an event of a Sync " + kind.wireName(), e);
            return true;
        }
    }

    void gone() {
        if (state != State.OVER) {
            end();
            watcher.gone();
        }
    }

    private void end() {
        state = State.OVER;
        forget();
    }
}
