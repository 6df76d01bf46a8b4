package io.github.conversations4j.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits that end: with what was waited for, or with a failed test. */
public final class Patience {
    /** Far longer than anything here takes, on any machine. */
    public static final int SECONDS = 20;

    private Patience() {}

    public static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(SECONDS, TimeUnit.SECONDS))
                    .as("came within %s s", SECONDS)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        assertThat(thread.isAlive()).as("%s goes on", thread).isFalse();
    }

    /** Waits until a thread has nothing to do but wait itself. */
    public static void untilBlocked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(thread.isAlive()).as("%s is alive", thread).isTrue();
            Thread.onSpinWait();
        }
    }

    /** Waits until something holds that another thread is about to bring about. */
    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came within %s s", SECONDS).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Blocks for ever, unless interrupted. */
    public static void blockForEver() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
