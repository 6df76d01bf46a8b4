package io.github.conversations4j;

import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A value that changes, and the hooks on it. Thread-safe.
 *
 * @param <S> the value, immutable
 * @param <C> a change of it
 */
final class Following<S, C> {
    private final BiFunction<? super S, ? super C, ? extends S> after;
    private final Function<? super S, ? extends C> whole;
    private final Watchers<C> watchers;
    private final Runnable onClose;

    // Guarded by this.
    private S current;
    private boolean closed;

    /**
     * What a client lends to it.
     *
     * @param hooks runs the hooks
     * @param report is told what they throw
     */
    record Surroundings(Executor hooks, Consumer<Throwable> report) {}

    /**
     * How changes are applied.
     *
     * @param after gives the value after a change
     * @param whole gives the change that replaces everything
     */
    record Changes<S, C>(BiFunction<? super S, ? super C, ? extends S> after, Function<? super S, ? extends C> whole) {}

    Following(S first, Changes<S, C> changes, Surroundings surroundings, Runnable onClose) {
        this.current = first;
        this.after = changes.after();
        this.whole = changes.whole();
        this.watchers = new Watchers<>(surroundings.hooks(), surroundings.report());
        this.onClose = onClose;
    }

    void changed(C change) {
        synchronized (this) {
            if (closed) {
                return;
            }
            current = after.apply(current, change);
            watchers.fire(change, () -> whole.apply(current));
        }
        watchers.run();
    }

    synchronized S current() {
        return current;
    }

    Subscription onChange(Hook<? super C> hook) {
        Subscription subscription;
        synchronized (this) {
            subscription = watchers.add(hook, whole.apply(current));
            if (closed) {
                subscription.unsubscribe();
            }
        }
        watchers.run();
        return subscription;
    }

    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        watchers.clear();
        onClose.run();
    }
}
