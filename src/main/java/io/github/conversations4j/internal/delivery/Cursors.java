package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.error.CursorConflictException;
import io.github.conversations4j.error.OwnershipLostException;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.store.Cursor;
import io.github.conversations4j.store.CursorStore;
import io.github.conversations4j.store.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the hooks of each conversation have come, in a store that outlives the process. Thread-safe.
 *
 * <p>What hooks have taken is noted at once and saved by one writer at a time, which takes with it all that was noted while
 * the one before it wrote: so a crash forgets what was taken during at most two writes, and that is delivered again. A store
 * that fails is tried again with growing pauses, and delivery goes on meanwhile. When somebody else takes the scope over,
 * nothing is written any more.
 */
public final class Cursors {
    private static final Logger LOG = LoggerFactory.getLogger(Cursors.class);
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), 0.2);
    private static final Duration NO_THREAD = Duration.ofSeconds(1);
    private static final String SINCE = "since";

    private final CursorStore store;
    private final String scope;
    private final Duration lookBack;
    private final Surroundings surroundings;
    private final Executor executor;
    private final Map<String, Cursor> stored = new ConcurrentHashMap<>();

    /** Held by whoever writes, while it waits for the store. */
    private final Object writing = new Object();

    // Written once, by open().
    private volatile @Nullable Ownership owner;
    private volatile Instant since = Instant.EPOCH;
    private volatile boolean resumed;

    // Guarded by this.
    private final Map<String, Integer> taken = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private Consumer<Throwable> failed = failure -> {};
    private Consumer<Throwable> lost = failure -> {};
    private Backoff pauses = PAUSES;
    private boolean saving;
    private boolean closed;

    /**
     * Has read nothing.
     *
     * @param store keeps the cursors
     * @param scope which of those in the store
     * @param lookBack how much of what was before the first start is to be delivered
     * @param surroundings clock and scheduler
     * @param executor may wait for the store
     */
    public Cursors(CursorStore store, String scope, Duration lookBack, Surroundings surroundings, Executor executor) {
        this.store = store;
        this.scope = scope;
        this.lookBack = lookBack;
        this.surroundings = surroundings;
        this.executor = executor;
    }

    /**
     * Says who is told of failures.
     *
     * @param whenFailed told when the store fails, which is tried again
     * @param whenLost told once, when somebody else took the scope over
     */
    synchronized void tell(Consumer<Throwable> whenFailed, Consumer<Throwable> whenLost) {
        failed = whenFailed;
        lost = whenLost;
    }

    /** Takes the scope over and reads its cursors. Blocks; what the store throws goes to the caller. */
    public void open() {
        Ownership taken = store.own(scope);
        for (Cursor cursor : store.readAll(taken)) {
            stored.put(cursor.conversation(), cursor);
        }
        Cursor whole = stored.get(Cursor.WHOLE_SCOPE);
        resumed = whole != null && whole.fact(SINCE).isPresent();
        if (!resumed) {
            Instant now = surroundings.clock().instant();
            Cursor first = whole == null ? Cursor.of(Cursor.WHOLE_SCOPE, now) : whole;
            whole = store.save(taken, first.with(SINCE, now.minus(lookBack).toEpochMilli()));
            stored.put(Cursor.WHOLE_SCOPE, whole);
        }
        since = Instant.ofEpochMilli(Objects.requireNonNull(whole).fact(SINCE).orElseThrow());
        owner = taken;
        LOG.info("{} the cursors of {} in {} conversations", resumed ? "read" : "began", scope, stored.size() - 1);
    }

    /** From when on messages are to be delivered, in conversations of which there is no cursor. */
    public Instant since() {
        return since;
    }

    /**
     * Whether this goes on from an earlier start.
     *
     * @return whether there were cursors
     */
    public boolean isResumed() {
        return resumed;
    }

    /** Up to which index hooks have taken the messages of a conversation; -1 if that is not known. */
    int position(String conversationSid) {
        Cursor cursor = stored.get(conversationSid);
        return cursor == null ? -1 : (int) Math.min(Integer.MAX_VALUE, cursor.index());
    }

    /**
     * Which conversations there are cursors of.
     *
     * @return their SIDs, a copy
     */
    public List<String> conversations() {
        return stored.keySet().stream()
                .filter(name -> !name.equals(Cursor.WHOLE_SCOPE))
                .toList();
    }

    /** Hooks have taken all messages of a conversation up to an index. */
    void taken(String conversationSid, int index) {
        synchronized (this) {
            taken.merge(conversationSid, index, Math::max);
            // It has come back: for a participant a conversation may go out of sight.
            ended.remove(conversationSid);
        }
        save();
    }

    /** A conversation is gone, and needs no cursor. */
    void ended(String conversationSid) {
        synchronized (this) {
            taken.remove(conversationSid);
            ended.add(conversationSid);
        }
        save();
    }

    private void save() {
        synchronized (this) {
            if (saving || closed || owner == null) {
                return;
            }
            saving = true;
        }
        try {
            executor.execute(this::saveAll);
        } catch (RejectedExecutionException e) {
            LOG.debug("there is no thread to save cursors: {}", e.getMessage());
            synchronized (this) {
                saving = false;
            }
            surroundings.scheduler().schedule(this::save, NO_THREAD);
        }
    }

    private void saveAll() {
        while (saveSome()) {
            LOG.trace("saved some cursors of {}", scope);
        }
    }

    /** Writes what there is, up to what fits; returns whether to go on. */
    private boolean saveSome() {
        synchronized (writing) {
            Ownership as = owner;
            List<Cursor> next = nextToSave();
            List<Cursor> gone = List.of();
            if (as == null || next.isEmpty() && nothingEnded()) {
                return stop();
            }
            try {
                store.save(as, next).forEach(cursor -> stored.put(cursor.conversation(), cursor));
                // Not before, since what was saved has a new version.
                gone = nextToRemove();
                store.remove(as, gone);
                gone.forEach(cursor -> stored.remove(cursor.conversation()));
                succeeded();
                return true;
            } catch (OwnershipLostException | CursorConflictException e) {
                lost(e);
            } catch (RuntimeException e) {
                failed(e, next, gone);
            }
            return false;
        }
    }

    private synchronized List<Cursor> nextToSave() {
        List<Cursor> next = new ArrayList<>();
        Instant now = surroundings.clock().instant();
        Iterator<Map.Entry<String, Integer>> all = taken.entrySet().iterator();
        while (next.size() < CursorStore.MOST_AT_ONCE && all.hasNext()) {
            Map.Entry<String, Integer> entry = all.next();
            all.remove();
            Cursor before = stored.getOrDefault(entry.getKey(), Cursor.of(entry.getKey(), now));
            if (entry.getValue() > before.index()) {
                next.add(before.at(entry.getValue(), now));
            }
        }
        return next;
    }

    private synchronized boolean nothingEnded() {
        return ended.isEmpty();
    }

    private synchronized List<Cursor> nextToRemove() {
        List<Cursor> next = new ArrayList<>();
        Iterator<String> all = ended.iterator();
        while (next.size() < CursorStore.MOST_AT_ONCE && all.hasNext()) {
            Cursor cursor = stored.get(all.next());
            all.remove();
            if (cursor != null) {
                next.add(cursor);
            }
        }
        return next;
    }

    /** Lets the next one who has something write it; returns false, or true if there is something again. */
    private synchronized boolean stop() {
        saving = !taken.isEmpty() || !ended.isEmpty();
        return saving && owner != null;
    }

    private synchronized void succeeded() {
        pauses = PAUSES;
    }

    private void lost(RuntimeException cause) {
        Consumer<Throwable> told;
        synchronized (this) {
            owner = null;
            told = lost;
        }
        LOG.error("the cursors of {} are not kept any more", scope, cause);
        told.accept(cause);
    }

    private void failed(RuntimeException cause, List<Cursor> unsaved, List<Cursor> unremoved) {
        Backoff.Step step;
        Consumer<Throwable> told;
        boolean isFirst;
        synchronized (this) {
            unsaved.forEach(cursor -> taken.merge(cursor.conversation(), (int) cursor.index(), Math::max));
            unremoved.forEach(cursor -> ended.add(cursor.conversation()));
            isFirst = pauses == PAUSES;
            step = pauses.next(surroundings.random());
            pauses = step.then();
            saving = false;
            told = failed;
        }
        LOG.warn("the cursors of {} could not be saved, next try in {}", scope, step.delay(), cause);
        surroundings.scheduler().schedule(this::save, step.delay());
        if (isFirst) {
            told.accept(cause);
        }
    }

    /** Saves what is left; what was handed in stays open. Blocks as long as the store does. */
    public void close() {
        synchronized (this) {
            closed = true;
        }
        saveAll();
    }
}
