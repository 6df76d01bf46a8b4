package io.github.conversations4j.internal.emulator.state;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries changes from the lock under which they were made to the listeners outside it, in order.
 *
 * <p>Thread-safe. {@link #append} is called under the lock of the service and never waits. {@link #deliver} is called
 * after the lock was released: the first caller delivers everything there is, also what others append meanwhile, and
 * everybody else returns at once. So a call may return while its change is still on the way on another thread; with one
 * thread every listener has seen it.
 */
final class ChangeLog {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

    private final Queue<Change> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger undelivered = new AtomicInteger();
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    Runnable listen(ChangeListener listener) {
        ChangeListener own = listener::onChange;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    void append(Change change) {
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
            }
            seen = undelivered.addAndGet(-seen);
        } while (seen != 0);
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
