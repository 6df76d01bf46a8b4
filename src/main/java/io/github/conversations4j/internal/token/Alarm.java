package io.github.conversations4j.internal.token;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.Scheduler.Cancellable;
import java.time.Duration;

/**
 * A timer whose work is a turn, and which does nothing once it was stopped in a turn, even if the scheduler was about to
 * run it. Made and stopped only in turns.
 */
final class Alarm {
    private final Turns turns;
    private final Runnable work;
    private final Cancellable timer;
    private boolean over;

    Alarm(Turns turns, Scheduler scheduler, Duration delay, Runnable work) {
        this.turns = turns;
        this.work = work;
        this.timer = scheduler.schedule(this::ring, delay);
    }

    private void ring() {
        turns.take(() -> {
            if (!over) {
                over = true;
                work.run();
            }
        });
    }

    void stop() {
        over = true;
        timer.cancel();
    }
}
