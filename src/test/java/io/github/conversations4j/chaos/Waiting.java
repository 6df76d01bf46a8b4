package io.github.conversations4j.chaos;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what other threads and processes bring about, and leaves them the processor meanwhile. */
final class Waiting {
    private Waiting() {}

    /** What is waited for. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }

    /**
     * Waits until something holds, or the time is over.
     *
     * @return whether it holds
     */
    static boolean atMost(Duration limit, Condition condition) {
        long start = System.nanoTime();
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!condition.holds()) {
                if (System.nanoTime() - start > limit.toNanos() || never.await(5, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
