package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.OwnershipLostException;
import io.github.conversations4j.internal.delivery.StoredCursors.Changes;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.Deadline;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.store.Cursor;
import io.github.conversations4j.store.CursorStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the hooks of each conversation have come, in a store that outlives the process. Thread-safe.
 *
 * <p>What hooks have taken is noted at once and saved by one writer at a time, which takes with it all that was noted while
 * the one before it wrote: so a crash forgets what was taken during at most two writes, and that is delivered again. A store
 * that fails, in whatever way, is tried again with growing pauses, and delivery goes on meanwhile. When somebody else takes the
 * scope over, nothing is written any more.
 */
public final class Cursors {
    private static final Logger LOG = LoggerFactory.getLogger(Cursors.class);
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), 0.2);
    private static final Duration NO_THREAD = Duration.ofSeconds(1);
    /** What closing gives a store even if its time is over, or what hooks took in it would come again. */
    private static final Duration LAST_CHANCE = Duration.ofSeconds(1);

    private static final String SINCE = "since";

    private final CursorStore store;
    private final String scope;
    private final Duration lookBack;
    private final Surroundings surroundings;
    private final Executor executor;

    /** Held by whoever writes, while it waits for the store. */
    private final Object writing = new Object();

    // Written once, by open().
    private volatile @Nullable StoredCursors stored;
    private volatile Instant since = Instant.EPOCH;
    private volatile boolean resumed;

    // Guarded by this.
    private final Map<String, Integer> taken = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private Consumer<Throwable> failed = failure -> {};
    private Consumer<Throwable> lost = failure -> {};
    private Backoff pauses = PAUSES;
    /** Whether a writer is at work, or will be after a pause. */
    private boolean saving;

    private boolean overtaken;
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
        StoredCursors all = StoredCursors.takeOver(store, scope);
        Cursor whole = all.find(Cursor.WHOLE_SCOPE);
        resumed = whole != null && whole.fact(SINCE).isPresent();
        if (!resumed) {
            Instant now = surroundings.clock().instant();
            Cursor first = whole == null ? Cursor.of(Cursor.WHOLE_SCOPE, now) : whole;
            whole = all.save(first.with(SINCE, now.minus(lookBack).toEpochMilli()));
        }
        since = Instant.ofEpochMilli(Objects.requireNonNull(whole).fact(SINCE).orElseThrow());
        stored = all;
        LOG.info(
                "{} the cursors of {} in {} conversations",
                resumed ? "read" : "began",
                scope,
                all.conversations().size());
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
        StoredCursors all = stored;
        Cursor cursor = all == null ? null : all.find(conversationSid);
        return cursor == null ? -1 : (int) Math.min(Integer.MAX_VALUE, cursor.index());
    }

    /**
     * Which conversations there are cursors of.
     *
     * @return their SIDs, a copy
     */
    public List<String> conversations() {
        StoredCursors all = stored;
        return all == null ? List.of() : all.conversations();
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
            if (saving || closed || overtaken || stored == null) {
                return;
            }
            saving = true;
        }
        startWriter();
    }

    private void startWriter() {
        synchronized (this) {
            if (closed || overtaken) {
                return;
            }
        }
        try {
            executor.execute(this::saveAll);
        } catch (RejectedExecutionException e) {
            LOG.debug("there is no thread to save cursors: {}", e.getMessage());
            surroundings.scheduler().schedule(this::startWriter, NO_THREAD);
        }
    }

    /** Writes until nothing is left or the store fails, and tells what is to be told when others may write. */
    private Saved saveAll() {
        Saved last = saveSome();
        while (last.isMore()) {
            last = saveSome();
        }
        last.news().run();
        return last;
    }

    /** Writes what there is, up to what fits. */
    private Saved saveSome() {
        synchronized (writing) {
            StoredCursors all = stored;
            Changes next = next();
            if (all == null || next == null) {
                return Saved.NOTHING;
            }
            try {
                all.write(next, surroundings.clock().instant());
                succeeded();
                return Saved.SOME;
            } catch (OwnershipLostException e) {
                return lost(e);
            } catch (Throwable e) {
                // An error of the store, too: nobody else would ever save anything.
                return failed(e, next);
            }
        }
    }

    /** Takes up to what fits; null if there is nothing, and then whoever has something next has it written. */
    private synchronized @Nullable Changes next() {
        Map<String, Integer> positions = new HashMap<>();
        for (String conversation :
                taken.keySet().stream().limit(CursorStore.MOST_AT_ONCE).toList()) {
            positions.put(conversation, taken.remove(conversation));
        }
        Set<String> gone = ended.stream().limit(CursorStore.MOST_AT_ONCE).collect(Collectors.toSet());
        ended.removeAll(gone);
        Changes next = new Changes(positions, gone);
        saving = !next.isEmpty();
        return next.isEmpty() || overtaken ? null : next;
    }

    private synchronized void succeeded() {
        pauses = PAUSES;
    }

    private Saved lost(RuntimeException cause) {
        Consumer<Throwable> told;
        synchronized (this) {
            overtaken = true;
            told = lost;
        }
        LOG.error("the cursors of {} are not kept any more", scope, cause);
        return new Saved(false, null, () -> told.accept(cause));
    }

    private Saved failed(Throwable cause, Changes unsaved) {
        Backoff.Step step;
        Consumer<Throwable> told;
        boolean isFirst;
        synchronized (this) {
            takeBack(unsaved);
            if (closed) {
                return new Saved(false, cause, Saved.NO_NEWS);
            }
            isFirst = pauses == PAUSES;
            step = pauses.next(surroundings.random());
            pauses = step.then();
            told = failed;
        }
        LOG.warn("the cursors of {} could not be saved, next try in {}", scope, step.delay(), cause);
        surroundings.scheduler().schedule(this::startWriter, step.delay());
        return new Saved(false, cause, isFirst ? () -> told.accept(cause) : Saved.NO_NEWS);
    }

    /** What was noted meanwhile is newer: a conversation may have ended since, or come back. */
    private synchronized void takeBack(Changes unsaved) {
        unsaved.positions().forEach((conversation, index) -> {
            if (!ended.contains(conversation)) {
                taken.merge(conversation, index, Math::max);
            }
        });
        unsaved.ended().stream()
                .filter(conversation -> !taken.containsKey(conversation))
                .forEach(ended::add);
    }

    /**
     * Saves what is left; what was handed in stays open.
     *
     * @param deadline until when it waits for the store, but not less than {@link #LAST_CHANCE}
     * @throws ConversationsException if something may not have been saved
     */
    public void close(Deadline deadline) {
        synchronized (this) {
            closed = true;
        }
        CompletableFuture<Saved> done = CompletableFuture.supplyAsync(this::saveAll, executor);
        boolean interrupted = Thread.interrupted();
        try {
            Duration left = interrupted ? Duration.ZERO : deadline.left();
            while (!isSaved(done, left)) {
                interrupted = true;
                left = Duration.ZERO;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits; returns false if it was interrupted. */
    private boolean isSaved(CompletableFuture<Saved> done, Duration left) {
        Duration limit = left.compareTo(LAST_CHANCE) < 0 ? LAST_CHANCE : left;
        Throwable failure;
        try {
            failure = done.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS)
                    .failure();
        } catch (ExecutionException e) {
            failure = Causes.of(e);
        } catch (TimeoutException e) {
            failure = e;
        } catch (InterruptedException e) {
            return false;
        }
        if (failure != null) {
            throw new ConversationsException(
                    "the last positions of " + scope + " were not saved"
                            + (failure instanceof TimeoutException ? " in time" : "")
                            + ", so that what hooks have taken since comes again after the next start",
                    failure);
        }
        return true;
    }

    /**
     * What came of writing.
     *
     * @param isMore whether there may be more to write
     * @param failure why nothing was written; null if that is no failure of the store
     * @param news tells it
     */
    private record Saved(boolean isMore, @Nullable Throwable failure, Runnable news) {
        private static final Runnable NO_NEWS = () -> {};

        static final Saved SOME = new Saved(true, null, NO_NEWS);
        static final Saved NOTHING = new Saved(false, null, NO_NEWS);
    }
}
