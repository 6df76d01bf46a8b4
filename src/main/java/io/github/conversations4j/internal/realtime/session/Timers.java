package io.github.conversations4j.internal.realtime.session;

import io.github.conversations4j.Scheduler.Cancellable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Timers of one owner, which can all be stopped at once. Confined to the lock of the session. */
public final class Timers {
    private final SessionContext context;
    private final Map<Cancellable, Runnable> running = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param context runs them
     */
    public Timers(SessionContext context) {
        this.context = context;
    }

    /**
     * Runs something later, inside the lock.
     *
     * @param delay how much later
     * @param task what to run
     */
    public void later(Duration delay, Runnable task) {
        Cancellable[] self = new Cancellable[1];
        self[0] = context.later(delay, () -> {
            running.remove(self[0]);
            task.run();
        });
        running.put(self[0], task);
    }

    /** Stops all that run. */
    public void stop() {
        List.copyOf(running.keySet()).forEach(Cancellable::cancel);
        running.clear();
    }

    /** Stops all that run, and does at once what they would have done. */
    public void runNow() {
        List<Runnable> due = List.copyOf(running.values());
        stop();
        due.forEach(Runnable::run);
    }
}
