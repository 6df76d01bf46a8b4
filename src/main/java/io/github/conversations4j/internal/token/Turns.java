package io.github.conversations4j.internal.token;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one decision at a time be taken under a lock, and makes the calls to the outside that it led to after the lock is
 * released: one at a time and in the order of the decisions, on whichever thread comes first. Thread-safe. A decision must
 * not take another turn.
 */
final class Turns {
    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger flushes = new AtomicInteger();

    /** Decides something under the lock, then makes the calls. */
    void take(Runnable decision) {
        decide(() -> {
            decision.run();
            return true;
        });
    }

    /** Decides something that the caller wants to know. */
    <T> T decide(Supplier<T> decision) {
        try {
            synchronized (this) {
                return decision.get();
            }
        } finally {
            flush();
        }
    }

    /** Adds a call to the outside, to be made after the decision that is being taken. */
    void thenCall(Runnable call) {
        calls.add(call);
    }

    /** Leaves the calls to another thread, or to a caller further up, if that is making calls already. */
    private void flush() {
        if (flushes.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
                make(call);
            }
            seen = flushes.addAndGet(-seen);
        } while (seen != 0);
    }

    private static void make(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error failure) {
            log.error("A listener of the access token failed", failure);
        }
    }
}
