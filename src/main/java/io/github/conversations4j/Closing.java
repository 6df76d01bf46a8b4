package io.github.conversations4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The end of a client. Thread-safe.
 *
 * <p>States: <em>open</em>; <em>closing</em> from the first {@link #run} on, which one thread carries out while others
 * that close wait for it; <em>closed</em>, when all of them hear what came of it.
 */
final class Closing {
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

    /** Who carries it out. Written by that thread. */
    private volatile @Nullable Thread closer;

    boolean hasBegun() {
        return begun.get();
    }

    /**
     * Closes, or waits for whoever does.
     *
     * @param limit how long it may take
     * @param inside whether the calling thread would wait for itself; then the work is done by a thread of its own
     * @param work closes everything within a limit, and says whether all had ended
     * @return what the work said; false if it is not done yet
     */
    boolean run(Duration limit, boolean inside, Predicate<Duration> work) {
        boolean itself = inside || Thread.currentThread() == closer;
        if (!begun.getAndSet(true)) {
            Runnable closing = () -> carryOut(limit, work);
            if (itself) {
                Thread thread = new Thread(closing, "conversations4j-close");
                thread.setDaemon(true);
                thread.start();
            } else {
                closing.run();
            }
        }
        return await(itself ? Duration.ZERO : limit);
    }

    private void carryOut(Duration limit, Predicate<Duration> work) {
        closer = Thread.currentThread();
        boolean ended = false;
        try {
            ended = work.test(limit);
        } finally {
            closer = null;
            outcome.complete(ended);
        }
    }

    private boolean await(Duration limit) {
        try {
            return outcome.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError("closing tells its outcome", e);
        }
    }
}
