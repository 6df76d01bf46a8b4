package io.github.conversations4j.internal.poll;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The scheduler of REST calls: counts those that failed and wait until they are sent again. Thread-safe. */
final class Repeats implements Scheduler {
    /** Pauses before a repeat are shorter, and limits of calls are longer. */
    private static final Duration LONGEST = Duration.ofSeconds(40);

    private final ManualTime time;
    private final AtomicInteger waiting = new AtomicInteger();

    Repeats(ManualTime time) {
        this.time = time;
    }

    int waiting() {
        return waiting.get();
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        if (delay.compareTo(LONGEST) > 0) {
            return time.schedule(task, delay);
        }
        AtomicBoolean over = new AtomicBoolean();
        Runnable end = () -> {
            if (over.compareAndSet(false, true)) {
                waiting.decrementAndGet();
            }
        };
        Cancellable timer = time.schedule(
                () -> {
                    end.run();
                    task.run();
                },
                delay);
        // Now that it is there: whoever sees it may move the time on to it.
        waiting.incrementAndGet();
        return () -> {
            end.run();
            timer.cancel();
        };
    }
}
