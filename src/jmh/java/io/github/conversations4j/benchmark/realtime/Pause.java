package io.github.conversations4j.benchmark.realtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Real time that passes, which is what a benchmark measures. */
final class Pause {
    private Pause() {}

    static void of(Duration time) throws InterruptedException {
        boolean opened = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        if (opened) {
            throw new IllegalStateException("nobody opens this");
        }
    }
}
