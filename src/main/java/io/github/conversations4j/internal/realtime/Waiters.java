package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.internal.realtime.session.SessionContext;
import io.github.conversations4j.internal.realtime.session.Timers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Those who wait for something, each with a time limit. Confined to the session's lock; the stages complete after it. */
final class Waiters {
    private final SessionContext context;
    private final Timers timers;

    /** By nothing but who they are: futures have no equality of their own. */
    private final Map<Object, CompletableFuture<Void>> waiting = new LinkedHashMap<>();

    Waiters(SessionContext context) {
        this.context = context;
        this.timers = new Timers(context);
    }

    /** Completes with {@link #wakeAll} or when the time is over. */
    CompletionStage<Void> add(Duration limit) {
        Object place = new Object();
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        waiting.put(place, waiter);
        timers.later(limit, () -> {
            if (waiting.remove(place) != null) {
                context.exclusive().after(() -> waiter.complete(null));
            }
        });
        return waiter;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void wakeAll() {
        timers.stop();
        List<CompletableFuture<Void>> all = List.copyOf(waiting.values());
        waiting.clear();
        context.exclusive().after(() -> all.forEach(waiter -> waiter.complete(null)));
    }
}
