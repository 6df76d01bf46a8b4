package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.internal.realtime.session.SessionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Those who wait for something, each with a time limit. Confined to the session's lock; the stages complete after it. */
final class Waiters {
    private final SessionContext context;
    private final List<Waiter> waiting = new ArrayList<>();

    Waiters(SessionContext context) {
        this.context = context;
    }

    /** Completes as soon as something is so when {@link #look} is called, with {@link #wakeAll}, or when the time is over. */
    CompletionStage<Void> await(BooleanSupplier something, Duration limit) {
        Waiter waiter = new Waiter(something);
        waiting.add(waiter);
        waiter.timer = context.later(limit, () -> wake(waiter::equals));
        look();
        return waiter.stage;
    }

    /** Something has changed. */
    void look() {
        wake(waiter -> waiter.awaited.getAsBoolean());
    }

    void wakeAll() {
        wake(waiter -> true);
    }

    private void wake(Predicate<Waiter> whom) {
        waiting.removeIf(waiter -> {
            boolean wakes = whom.test(waiter);
            if (wakes) {
                if (waiter.timer != null) {
                    waiter.timer.cancel();
                }
                context.exclusive().after(() -> waiter.stage.complete(null));
            }
            return wakes;
        });
    }

    /** Told from others by who it is: futures have no equality of their own. */
    private static final class Waiter {
        private final BooleanSupplier awaited;
        private final CompletableFuture<Void> stage = new CompletableFuture<>();
        private @Nullable Cancellable timer;

        Waiter(BooleanSupplier awaited) {
            this.awaited = awaited;
        }
    }
}
