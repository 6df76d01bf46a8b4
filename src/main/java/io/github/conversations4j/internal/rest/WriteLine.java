package io.github.conversations4j.internal.rest;

import io.github.conversations4j.Scheduler.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one key: when the last ones started, and which wait. At most so many start in any second, wherever one
 * begins to count. Not thread-safe; guarded by its {@link WriteLimiter}.
 */
final class WriteLine {
    static final Duration WINDOW = Duration.ofSeconds(1);

    private final int most;
    /** The last starts, at most {@link #most}, oldest first. */
    private final Deque<Instant> starts = new ArrayDeque<>();
    /** Repeats go before all others: they have waited once. */
    private final Set<Runnable> again = new LinkedHashSet<>();

    private final Set<Runnable> fresh = new LinkedHashSet<>();
    private Instant pausedUntil = Instant.MIN;
    private @Nullable Cancellable timer;

    WriteLine(int most) {
        this.most = most;
    }

    /** How long until the first in line may start, or one who comes when nobody is; zero for now. */
    Duration wait(Instant now) {
        return again.isEmpty() ? longer(waitForRate(now), pauseLeft(now)) : waitForRate(now);
    }

    /** How long until a repeat may start, before all that are no repeats and whether they pause or not. */
    Duration waitOfRepeat(Instant now) {
        return waitForRate(now);
    }

    private Duration waitForRate(Instant now) {
        Duration wait = starts.size() < most
                ? Duration.ZERO
                : Duration.between(now, starts.getFirst().plus(WINDOW));
        if (wait.compareTo(WINDOW) > 0) {
            // The clock was set back: what was noted says nothing any more.
            starts.clear();
            wait = Duration.ZERO;
        }
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private Duration pauseLeft(Instant now) {
        return pausedUntil.isAfter(now) ? Duration.between(now, pausedUntil) : Duration.ZERO;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** The least that one who comes now has to wait behind all others. */
    Duration waitAtTheEnd(Instant now) {
        return longer(waitForRate(now), pauseLeft(now)).plus(WINDOW.multipliedBy(size() / most));
    }

    void started(Instant now) {
        if (starts.size() == most) {
            starts.removeFirst();
        }
        starts.addLast(now);
    }

    /** Holds back all but repeats, which have waited for as long as they were told to. */
    void pause(Instant until) {
        if (until.isAfter(pausedUntil)) {
            pausedUntil = until;
        }
    }

    void add(Runnable turn, boolean repeat) {
        (repeat ? again : fresh).add(turn);
    }

    boolean remove(Runnable turn) {
        return again.remove(turn) || fresh.remove(turn);
    }

    Runnable removeFirst() {
        Iterator<Runnable> first = (again.isEmpty() ? fresh : again).iterator();
        Runnable turn = first.next();
        first.remove();
        return turn;
    }

    boolean hasRepeats() {
        return !again.isEmpty();
    }

    int size() {
        return again.size() + fresh.size();
    }

    boolean isPlanned() {
        return timer != null;
    }

    void planned(@Nullable Cancellable next) {
        this.timer = next;
    }

    void unplan() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Whether forgetting it changes nothing. */
    boolean isIdle(Instant now) {
        boolean quiet = starts.isEmpty() || !starts.getLast().plus(WINDOW).isAfter(now);
        return size() == 0 && quiet && !pausedUntil.isAfter(now);
    }
}
