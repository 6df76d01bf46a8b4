package io.github.conversations4j.internal.realtime.sync;

import io.github.conversations4j.internal.realtime.sync.HeldEvents.Held;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings the events of one Sync object into order and drops those that came before. Confined to the session's lock.
 *
 * <p>Events are numbered per object. One whose number follows the last is passed on. One that leaves numbers out is held
 * back until these have come or the server says that it has sent all it knows: the server pushes new events while it
 * still sends old ones, and may not repeat them. If it then turns out that there was nothing in the gap, gaps are normal
 * for this object (nobody has promised that numbers are not left out) and nothing waits for them any more. What was left
 * out is remembered, and passed on if it comes after all.
 */
final class EventOrder {
    private static final int MAX_MISSING = 256;

    /** What became of an event. */
    enum Fate {
        /** It was passed on, perhaps with others that had waited for it. */
        PASSED,
        /** It was there before. */
        DUPLICATE,
        /** It waits for others. */
        HELD,
        /** It was passed on ahead of others, because there is no room to wait. */
        AHEAD,
        /** There was no room for it, or for one before it, or it leaves out more than can be remembered. */
        REFUSED
    }

    private final HeldEvents allowance;

    /** The highest number that was passed on, or that the server says it has sent everything up to. */
    private long last;

    private boolean gapsAreNormal;

    /** Events that wait; null while none do, which is nearly always. */
    private @Nullable TreeMap<Long, Held> held;

    /** Numbers up to {@code last} that were left out, the newest of them; null while there are none. */
    private @Nullable TreeSet<Long> missing;

    /** What is missing up to this one was asked for in vain. */
    private long settled = Long.MIN_VALUE;

    /** What is missing up to this one was told by {@link #askedInVain}. */
    private long told = Long.MIN_VALUE;

    EventOrder(long last, HeldEvents allowance) {
        this.last = last;
        this.allowance = allowance;
    }

    /** After which event the server is to send again what it has: every event up to it was passed on. */
    long complete() {
        Long first = missing == null ? null : missing.higher(settled);
        return first == null ? last : first - 1;
    }

    /** Takes an event that the server has pushed as it happened. */
    Fate pushed(SyncChange change, Predicate<SyncChange> next) {
        if (isKnown(change)) {
            return Fate.DUPLICATE;
        }
        if (change.id() <= last + 1 || gapsAreNormal) {
            return pass(change, next);
        }
        Held waiting = allowance.take(change);
        if (waiting == null && leavesOutTooMany(change)) {
            // Nobody could remember them all: they are asked for first, and this one comes again in its turn.
            return Fate.REFUSED;
        } else if (waiting == null) {
            boolean passed = flush(change.id(), next) && pass(change, next) == Fate.PASSED;
            return passed ? Fate.AHEAD : Fate.REFUSED;
        }
        if (held == null) {
            held = new TreeMap<>();
        }
        held.put(change.id(), waiting);
        return Fate.HELD;
    }

    /** Whether more would be missing than is remembered; what was asked for in vain need not be. */
    private boolean leavesOutTooMany(SyncChange change) {
        int waiting = held == null ? 0 : held.headMap(change.id()).size();
        int stillMissing = missing == null ? 0 : missing.tailSet(settled, false).size();
        return change.id() - last - 1 - waiting + stillMissing > MAX_MISSING;
    }

    /** Takes an event that the server has sent again because it was asked to; these come in order and without gaps. */
    Fate replayed(SyncChange change, Predicate<SyncChange> next) {
        if (isKnown(change)) {
            return Fate.DUPLICATE;
        }
        return flush(change.id(), next) ? pass(change, next) : Fate.REFUSED;
    }

    /**
     * The server has sent everything up to an event, so what still waits does so in vain.
     *
     * @return false if something was refused
     */
    boolean caughtUp(long upTo, Predicate<SyncChange> next) {
        settled = last;
        if (held != null) {
            gapsAreNormal = true;
            if (!flush(Long.MAX_VALUE, next)) {
                return false;
            }
        }
        if (upTo > last) {
            leaveOut(last + 1, upTo);
            last = upTo;
        }
        return true;
    }

    /**
     * How many numbers are missing though the server was asked for them; each is told once. To be called when it has sent all.
     */
    int askedInVain() {
        int many = missing == null ? 0 : missing.tailSet(told, false).size();
        told = last;
        return many;
    }

    /** Gives up what waits: nothing more will be asked, or it will be sent again. */
    void forget() {
        if (held != null) {
            held.values().forEach(allowance::giveBack);
            held = null;
        }
    }

    private boolean isKnown(SyncChange change) {
        long id = change.id();
        return id <= last ? missing == null || !missing.contains(id) : held != null && held.containsKey(id);
    }

    private Fate pass(SyncChange change, Predicate<SyncChange> next) {
        if (!passOne(change, next)) {
            return Fate.REFUSED;
        }
        while (held != null && held.firstKey() == last + 1) {
            if (!passFirstHeld(held, next)) {
                return Fate.REFUSED;
            }
        }
        return Fate.PASSED;
    }

    /** Passes on what waits and comes before an event. */
    private boolean flush(long before, Predicate<SyncChange> next) {
        while (held != null && held.firstKey() < before) {
            if (!passFirstHeld(held, next)) {
                return false;
            }
        }
        return true;
    }

    private boolean passFirstHeld(TreeMap<Long, Held> waiting, Predicate<SyncChange> next) {
        Held first = waiting.firstEntry().getValue();
        if (!passOne(first.change(), next)) {
            return false;
        }
        waiting.remove(first.change().id());
        if (waiting.isEmpty()) {
            held = null;
        }
        allowance.giveBack(first);
        return true;
    }

    private boolean passOne(SyncChange change, Predicate<SyncChange> next) {
        if (!next.test(change)) {
            return false;
        }
        long id = change.id();
        if (id > last) {
            leaveOut(last + 1, id - 1);
            last = id;
        } else if (missing != null && missing.remove(id) && missing.isEmpty()) {
            missing = null;
        }
        return true;
    }

    private void leaveOut(long from, long to) {
        for (long id = Math.max(from, to - MAX_MISSING + 1); id <= to; id++) {
            if (missing == null) {
                missing = new TreeSet<>();
            }
            missing.add(id);
            if (missing.size() > MAX_MISSING) {
                missing.pollFirst();
            }
        }
    }
}
