package io.github.conversations4j.chaos;

import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Time that goes by ten times as fast as on the wall, for clients and emulators that wait for each other over real
 * connections: long periods are over soon, and calls still take next to no time.
 */
final class FastTime implements AutoCloseable {
    private static final int TIMES = 10;

    final ManualTime time = new ManualTime();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread driver = new Thread(this::drive, "fast-time");

    FastTime() {
        driver.setDaemon(true);
        driver.start();
    }

    private void drive() {
        long last = System.nanoTime();
        try {
            while (!closed.await(2, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                time.advance(Duration.ofNanos((now - last) * TIMES));
                last = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until something holds, or the time is over: who calls says what is wrong then.
     *
     * @return how long it took in this time
     */
    Duration waitFor(Duration limit, Waiting.Condition condition) {
        Instant start = time.instant();
        Waiting.atMost(limit.dividedBy(TIMES), condition);
        return Duration.between(start, time.instant());
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
