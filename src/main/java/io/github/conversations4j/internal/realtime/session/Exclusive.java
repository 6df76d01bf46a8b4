package io.github.conversations4j.internal.realtime.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one thread at a time into the state of a realtime session. Everything that a session, its tunnel and what is built
 * on them remember is confined to it.
 *
 * <p>The reader of the socket, timers and callers of commands come in on their own threads, stay for microseconds and
 * never wait inside. The lock is fair, so that a busy reader leaves room for a command, and what would run foreign code,
 * above all the completion of futures, is put off with {@link #after} until the lock is free. Thread-safe.
 */
public final class Exclusive {
    private static final Logger LOG = LoggerFactory.getLogger(Exclusive.class);

    private final ReentrantLock lock = new ReentrantLock(true);

    /** Guarded by the lock. */
    private List<Runnable> afterwards = new ArrayList<>();

    /** Makes one that nobody holds. */
    public Exclusive() {}

    /**
     * Runs a task while nobody else is in, and then what it put off. Reentrant: an inner task puts off to the outermost.
     *
     * @param task what to run
     */
    public void run(Runnable task) {
        List<Runnable> due = List.of();
        lock.lock();
        try {
            task.run();
        } finally {
            if (lock.getHoldCount() == 1 && !afterwards.isEmpty()) {
                due = afterwards;
                afterwards = new ArrayList<>();
            }
            lock.unlock();
        }
        due.forEach(Exclusive::guarded);
    }

    /**
     * Puts something off until the lock is free; it then runs on the same thread. To be called from inside.
     *
     * @param action what to run
     */
    public void after(Runnable action) {
        checkInside();
        afterwards.add(action);
    }

    /** Fails unless the calling thread is inside. */
    public void checkInside() {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("outside of the lock that guards this");
        }
    }

    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("A completion failed", failure);
        }
    }
}
