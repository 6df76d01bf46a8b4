package io.github.conversations4j.internal.realtime.sync;

import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
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
        HELD
    }

    private final HeldEvents allowance;

    /** The highest number that was passed on, or that the server says it has sent everything up to. */
    private long last;

    private boolean gapsAreNormal;

    /** Events that wait; null while none do, which is nearly always. */
    private @Nullable TreeMap<Long, SyncChange> held;

    /** Numbers up to {@code last} that were left out, the newest of them; null while there are none. */
    private @Nullable TreeSet<Long> missing;

    /** What is missing up to this one was asked for in vain. */
    private long settled = Long.MIN_VALUE;

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
    Fate pushed(SyncChange change, Consumer<SyncChange> next) {
        if (isKnown(change)) {
            return Fate.DUPLICATE;
        }
        if (change.id() <= last + 1 || gapsAreNormal) {
            pass(change, next);
            return Fate.PASSED;
        }
        if (!allowance.take()) {
            flush(change.id(), next);
            pass(change, next);
            return Fate.PASSED;
        }
        if (held == null) {
            held = new TreeMap<>();
        }
        held.put(change.id(), change);
        return Fate.HELD;
    }

    /** Takes an event that the server has sent again because it was asked to; these come in order and without gaps. */
    Fate replayed(SyncChange change, Consumer<SyncChange> next) {
        if (isKnown(change)) {
            return Fate.DUPLICATE;
        }
        flush(change.id(), next);
        pass(change, next);
        return Fate.PASSED;
    }

    /** The server has sent everything up to an event, so what still waits does so in vain. */
    void caughtUp(long upTo, Consumer<SyncChange> next) {
        settled = last;
        if (held != null) {
            gapsAreNormal = true;
            flush(Long.MAX_VALUE, next);
        }
        if (upTo > last) {
            leaveOut(last + 1, upTo);
            last = upTo;
        }
    }

    /** Nothing more will be asked. */
    void forget() {
        if (held != null) {
            allowance.giveBack(held.size());
            held = null;
        }
    }

    private boolean isKnown(SyncChange change) {
        long id = change.id();
        return id <= last ? missing == null || !missing.contains(id) : held != null && held.containsKey(id);
    }

    private void pass(SyncChange change, Consumer<SyncChange> next) {
        passOne(change, next);
        while (held != null && held.firstKey() == last + 1) {
            passFirstHeld(held, next);
        }
    }

    /** Passes on what waits and comes before an event. */
    private void flush(long before, Consumer<SyncChange> next) {
        while (held != null && held.firstKey() < before) {
            passFirstHeld(held, next);
        }
    }

    private void passFirstHeld(TreeMap<Long, SyncChange> waiting, Consumer<SyncChange> next) {
        SyncChange first = waiting.pollFirstEntry().getValue();
        if (waiting.isEmpty()) {
            held = null;
        }
        allowance.giveBack(1);
        passOne(first, next);
    }

    private void passOne(SyncChange change, Consumer<SyncChange> next) {
        long id = change.id();
        if (id > last) {
            leaveOut(last + 1, id - 1);
            last = id;
        } else if (missing != null && missing.remove(id) && missing.isEmpty()) {
            missing = null;
        }
        next.accept(change);
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
