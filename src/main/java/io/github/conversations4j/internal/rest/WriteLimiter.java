package io.github.conversations4j.internal.rest;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.WriteLimits;
import io.github.conversations4j.error.TooManyWritesException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets writes start no faster than Twilio takes them: a line for each conversation and one for each service, first come,
 * first served. Thread-safe; nobody blocks. A line costs nothing once it was quiet for a second.
 */
final class WriteLimiter {
    private static final int SWEPT_FROM = 64;
    private static final Cancellable NOTHING_TO_CANCEL = () -> {};

    private final WriteLimits limits;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final CallTally tally;

    // Guarded by this.
    private final Map<WriteKey, WriteLine> lines = new HashMap<>();
    private int waiting;
    private int sweepAt = SWEPT_FROM;

    WriteLimiter(WriteLimits limits, InstantSource clock, Scheduler scheduler, CallTally tally) {
        this.limits = limits;
        this.clock = clock;
        this.scheduler = scheduler;
        this.tally = tally;
    }

    /**
     * A write that wants to start.
     *
     * @param action what it does, for the message of a refusal
     * @param key which line it belongs to; null if it is not limited
     * @param repeat whether it was sent before; then it goes before those that were not, and is never refused
     * @param deadline when starting is of no use any more
     */
    record Entry(String action, @Nullable WriteKey key, boolean repeat, Instant deadline) {}

    /**
     * Waits for a turn.
     *
     * @param entry who comes
     * @param go runs once: at once on this thread if it may, otherwise on a thread of the scheduler. Short
     * @return gives the place in the line up; does nothing once {@code go} runs
     * @throws TooManyWritesException if too many wait, or the turn would come too late
     */
    Cancellable line(Entry entry, Runnable go) {
        WriteKey key = entry.key();
        int most = key == null ? 0 : key.perService() ? limits.perService() : limits.perConversation();
        if (key == null || most == 0) {
            go.run();
            return NOTHING_TO_CANCEL;
        }
        Runnable turn = new Turn(go);
        synchronized (this) {
            Instant now = clock.instant();
            sweep(now);
            WriteLine line = lines.computeIfAbsent(key, unused -> new WriteLine(most));
            if (!isFree(line, entry, now)) {
                join(line, entry, turn, now);
                plan(key, line, now);
                return () -> leave(key, turn);
            }
            line.started(now);
        }
        go.run();
        return NOTHING_TO_CANCEL;
    }

    private static boolean isFree(WriteLine line, Entry entry, Instant now) {
        return entry.repeat()
                ? !line.hasRepeats() && line.waitOfRepeat(now).isZero()
                : line.size() == 0 && line.wait(now).isZero();
    }

    /** Told apart by what it is, so that one runnable can stand in line twice. */
    private static final class Turn implements Runnable {
        private final Runnable go;

        Turn(Runnable go) {
            this.go = go;
        }

        @Override
        public void run() {
            go.run();
        }
    }

    private void join(WriteLine line, Entry entry, Runnable turn, Instant now) {
        if (!entry.repeat()) {
            String why = whyNot(line, entry, now);
            if (why != null) {
                tally.refused();
                throw new TooManyWritesException(entry.action(), why);
            }
            tally.delayed();
        } else {
            // Whoever is first now may start earlier than who was.
            line.unplan();
        }
        line.add(turn, entry.repeat());
        waiting++;
    }

    private @Nullable String whyNot(WriteLine line, Entry entry, Instant now) {
        if (waiting >= limits.maxWaiting()) {
            return waiting + " writes wait for their turn already";
        }
        boolean tooLate = !now.plus(line.waitAtTheEnd(now)).isBefore(entry.deadline());
        return tooLate ? "its turn behind " + line.size() + " others would come after its time limit" : null;
    }

    private void plan(WriteKey key, WriteLine line, Instant now) {
        if (!line.isPlanned() && line.size() > 0) {
            line.planned(scheduler.schedule(() -> release(key), line.wait(now)));
        }
    }

    private void release(WriteKey key) {
        List<Runnable> free = new ArrayList<>();
        synchronized (this) {
            WriteLine line = lines.get(key);
            if (line == null) {
                return;
            }
            line.planned(null);
            Instant now = clock.instant();
            while (line.size() > 0 && line.wait(now).isZero()) {
                line.started(now);
                free.add(line.removeFirst());
                waiting--;
            }
            plan(key, line, now);
        }
        free.forEach(Runnable::run);
    }

    private synchronized void leave(WriteKey key, Runnable turn) {
        WriteLine line = lines.get(key);
        if (line != null && line.remove(turn)) {
            waiting--;
            if (line.size() == 0) {
                line.unplan();
            }
        }
    }

    /** Lets a line stand still, because Twilio refused one of it for its rate. */
    synchronized void pause(@Nullable WriteKey key, Duration pause) {
        WriteLine line = key == null ? null : lines.get(key);
        if (line != null) {
            line.pause(clock.instant().plus(pause));
        }
    }

    /** Forgets idle lines, seldom enough to cost nothing on the whole. */
    private void sweep(Instant now) {
        if (lines.size() >= sweepAt) {
            lines.values().removeIf(line -> line.isIdle(now));
            sweepAt = Math.max(SWEPT_FROM, 2 * lines.size());
        }
    }

    synchronized int waiting() {
        return waiting;
    }

    /** How many lines there are, quiet ones that were not swept yet among them. */
    synchronized int lines() {
        return lines.size();
    }
}
