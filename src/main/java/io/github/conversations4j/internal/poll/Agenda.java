package io.github.conversations4j.internal.poll;

import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.SteadyTime;
import io.github.conversations4j.source.SourceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks in the order in which they are due, and the few workers that carry them out. Thread-safe; no task runs under its
 * lock. A task may block; it is carried out by one worker at a time, and what it did is seen by the next one.
 *
 * <p>A task that fails is tried again with growing pauses; so is one for whose events hooks had no room, unless they have
 * room before.
 */
final class Agenda {
    private static final Logger LOG = LoggerFactory.getLogger(Agenda.class);
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(2), 0.2);

    private final SourceContext context;
    private final int maxWorkers;
    private final InstantSource steady;

    // Guarded by this.
    private final TreeSet<Entry> waiting = new TreeSet<>();
    private final Map<Task, Entry> entries = new HashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int workers;
    private long added;
    private Instant pausedUntil = Instant.MIN;
    private Instant restsUntil = Instant.MIN;
    private boolean closed;
    private @Nullable Cancellable timer;
    private @Nullable Instant timerDue;

    Agenda(SourceContext context, int maxWorkers) {
        this.context = context;
        this.steady = new SteadyTime(context.clock());
        this.maxWorkers = maxWorkers;
    }

    /** Something that is done again and again. */
    @FunctionalInterface
    interface Task {
        /**
         * Does it.
         *
         * @return how long until it is due again; null for never, or until it is hurried
         */
        @Nullable
        Duration run();
    }

    /** Has a task done after a while, or as planned if that is sooner. */
    void plan(Task task, Duration delay) {
        plan(task, delay, false);
    }

    /** Has a task done before all others that are not urgent; once more if it is being done. */
    void hurry(Task task) {
        plan(task, Duration.ZERO, true);
    }

    private void plan(Task task, Duration delay, boolean urgent) {
        synchronized (this) {
            if (closed) {
                return;
            }
            Instant due = steady.instant().plus(delay);
            Entry entry = entries.computeIfAbsent(task, any -> new Entry(task, due, added++));
            if (entry.running) {
                entry.again = entry.again == null || due.isBefore(entry.again) ? due : entry.again;
                entry.urgentAgain |= urgent;
            } else if (urgent || due.isBefore(entry.due) || !waiting.contains(entry)) {
                move(entry, due, urgent || entry.urgent);
            }
        }
        goOn();
    }

    private void move(Entry entry, Instant due, boolean urgent) {
        waiting.remove(entry);
        entry.due = due;
        entry.urgent = urgent;
        waiting.add(entry);
    }

    /** Starts nothing for a while; a longer pause stays. */
    void pause(Duration length) {
        synchronized (this) {
            Instant until = steady.instant().plus(length);
            pausedUntil = later(until, pausedUntil);
        }
    }

    /** Starts nothing for a while that is not urgent; a longer rest stays. */
    void rest(Duration length) {
        synchronized (this) {
            restsUntil = later(steady.instant().plus(length), restsUntil);
        }
    }

    /** Hooks have room again for the events of a task. */
    void room(Task task) {
        synchronized (this) {
            Entry entry = entries.get(task);
            if (entry != null) {
                room(entry);
            }
        }
        goOn();
    }

    /** Hooks have room again for all. */
    void roomForAll() {
        synchronized (this) {
            entries.values().forEach(this::room);
        }
        goOn();
    }

    private void room(Entry entry) {
        Instant now = steady.instant();
        if (entry.running) {
            entry.roomCame = true;
        } else if (entry.blocked && now.isBefore(entry.due)) {
            entry.pauses = PAUSES;
            move(entry, now, entry.urgent);
        }
    }

    private void goOn() {
        start(prepare());
    }

    /** Sets a timer for what is due next; returns how many workers are to be started for what is due now. */
    private synchronized int prepare() {
        Instant now = steady.instant();
        long due = closed
                ? 0
                : waiting.stream()
                        .limit(maxWorkers)
                        .filter(entry -> !startOf(entry).isAfter(now))
                        .count();
        int starting = (int) Math.max(0, Math.min(maxWorkers - workers, due));
        workers += starting;
        arm(now);
        return starting;
    }

    private void start(int starting) {
        for (int i = 0; i < starting; i++) {
            try {
                context.executor().execute(this::work);
            } catch (RejectedExecutionException e) {
                LOG.debug("the client takes no more work", e);
                leave();
            }
        }
    }

    private void arm(Instant now) {
        Instant next = waiting.isEmpty() ? null : startOf(waiting.first());
        if (closed || next == null || !next.isAfter(now)) {
            // A worker is on its way and arms it when nothing is due any more.
            return;
        }
        if (timer != null && timerDue != null && !next.isBefore(timerDue) && timerDue.isAfter(now)) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerDue = next;
        timer = context.scheduler().schedule(this::ring, Duration.between(now, next));
    }

    private void ring() {
        synchronized (this) {
            timerDue = null;
        }
        goOn();
    }

    /** When a task may start. */
    private Instant startOf(Entry entry) {
        return later(entry.due, entry.urgent ? pausedUntil : later(pausedUntil, restsUntil));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void work() {
        try {
            Entry entry = take();
            while (entry != null) {
                settle(entry, perform(entry));
                entry = take();
            }
        } finally {
            leave();
        }
    }

    private void leave() {
        boolean last;
        int starting;
        synchronized (this) {
            workers--;
            last = closed && workers == 0;
            // At once, so that whoever sees that nobody is at work may move the time.
            starting = prepare();
        }
        if (last) {
            ended.complete(null);
        }
        start(starting);
    }

    private synchronized @Nullable Entry take() {
        Instant now = steady.instant();
        if (closed || waiting.isEmpty()) {
            return null;
        }
        Entry first = waiting.first();
        if (startOf(first).isAfter(now)) {
            return null;
        }
        waiting.remove(first);
        first.running = true;
        return first;
    }

    private @Nullable Duration perform(Entry entry) {
        entry.blocked = false;
        try {
            Duration next = entry.task.run();
            entry.pauses = PAUSES;
            return next;
        } catch (StoppedException e) {
            return null;
        } catch (NoRoomException e) {
            LOG.debug("hooks have no room for {}", entry.task);
            entry.blocked = true;
        } catch (ConversationsException e) {
            LOG.debug("{} failed and is tried again: {}", entry.task, e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("{} failed and is tried again", entry.task, e);
        }
        Backoff.Step step = entry.pauses.next(context.random());
        entry.pauses = step.then();
        return step.delay();
    }

    private synchronized void settle(Entry entry, @Nullable Duration next) {
        entry.running = false;
        Instant again = entry.again;
        entry.again = null;
        boolean room = entry.blocked && entry.roomCame;
        entry.roomCame = false;
        entry.pauses = room ? PAUSES : entry.pauses;
        Instant now = steady.instant();
        Instant due = next == null ? null : room ? now : now.plus(next);
        if (again != null && (due == null || again.isBefore(due))) {
            due = again;
        }
        boolean urgent = entry.urgentAgain;
        entry.urgentAgain = false;
        if (due == null || closed) {
            entries.remove(entry.task);
        } else {
            move(entry, due, urgent);
        }
    }

    /** How long what is due has been waiting for a worker. */
    synchronized Duration lag() {
        Instant now = steady.instant();
        return waiting.isEmpty() || !waiting.first().due.isBefore(now)
                ? Duration.ZERO
                : Duration.between(waiting.first().due, now);
    }

    /** Whether nothing is being done and nothing is due, so that only time makes it go on. */
    synchronized boolean isIdle() {
        Instant now = steady.instant();
        return workers == 0 && (waiting.isEmpty() || startOf(waiting.first()).isAfter(now));
    }

    synchronized int workers() {
        return workers;
    }

    /** Starts nothing any more. Completes when the last worker has left. */
    CompletableFuture<Void> close() {
        boolean nobody;
        synchronized (this) {
            closed = true;
            waiting.clear();
            entries.clear();
            if (timer != null) {
                timer.cancel();
            }
            nobody = workers == 0;
        }
        if (nobody) {
            ended.complete(null);
        }
        return ended;
    }

    /** A task and when it is due. Guarded by the agenda; while it runs, pauses and blocked belong to the worker. */
    private static final class Entry implements Comparable<Entry> {
        final Task task;
        final long order;
        Instant due;
        boolean urgent;
        boolean running;

        @Nullable
        Instant again;

        boolean urgentAgain;

        /** Whether it waits because hooks had no room. */
        boolean blocked;

        /** Whether hooks had room again while it was running. */
        boolean roomCame;

        Backoff pauses = PAUSES;

        Entry(Task task, Instant due, long order) {
            this.task = task;
            this.due = due;
            this.order = order;
        }

        @Override
        public int compareTo(Entry other) {
            if (urgent != other.urgent) {
                return urgent ? -1 : 1;
            }
            int byDue = due.compareTo(other.due);
            return byDue != 0 ? byDue : Long.compare(order, other.order);
        }
    }
}
