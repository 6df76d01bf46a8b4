package io.github.conversations4j.internal.emulator.state;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries changes from the lock under which they were made to the listeners outside it, in order.
 *
 * <p>Thread-safe. {@link #append} is called under the lock of the service and never waits. {@link #deliver} is called
 * after the lock was released: the first caller delivers everything there is, also what others append meanwhile, and
 * everybody else returns at once. So a call may return while its change is still on the way on another thread, which
 * {@link #await} waits for; with one thread every listener has seen it.
 */
final class ChangeLog {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

    private final Queue<Change> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger undelivered = new AtomicInteger();
    private final AtomicLong appended = new AtomicLong();
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    /** Guarded by the lock. */
    private long delivered;

    Runnable listen(ChangeListener listener) {
        ChangeListener own = listener::onChange;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    void append(Change change) {
        // Counted first: whoever is counted may still be on the way into the queue, never the other way round.
        appended.incrementAndGet();
        waiting.add(change);
    }

    void deliver() {
        if (undelivered.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Change change = waiting.poll(); change != null; change = waiting.poll()) {
                tell(change);
                count();
            }
            seen = undelivered.addAndGet(-seen);
        } while (seen != 0);
    }

    private void count() {
        lock.lock();
        try {
            delivered++;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every listener was told what has been appended by now; gives what is left of the limit, null if none is. */
    @Nullable
    Duration await(Duration limit) throws InterruptedException {
        long wanted = appended.get();
        long left = TimeUnit.NANOSECONDS.convert(limit);
        lock.lock();
        try {
            while (delivered < wanted && left > 0) {
                left = moved.awaitNanos(left);
            }
            return delivered < wanted ? null : Duration.ofNanos(Math.max(0, left));
        } finally {
            lock.unlock();
        }
    }

    private void tell(Change change) {
        for (ChangeListener listener : listeners) {
            try {
                listener.onChange(change);
            } catch (RuntimeException | Error e) {
                LOG.error(
                        "A listener of the emulator failed on a {}",
                        change.getClass().getSimpleName(),
                        e);
            }
        }
    }
}
