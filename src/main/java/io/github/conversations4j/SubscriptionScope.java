package io.github.conversations4j;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * Hooks that end together: everything registered through a scope stops when the scope is closed, for example with the
 * screen it belongs to. Thread-safe.
 *
 * <p>The conditions of {@link Subscription#unsubscribe()} hold for every hook of the scope.
 */
public final class SubscriptionScope implements Hooks, AutoCloseable {
    private final Hooks target;

    // Guarded by this.
    private final List<Subscription> subscriptions = new ArrayList<>();
    private boolean closed;

    SubscriptionScope(Hooks target) {
        this.target = target;
    }

    @Override
    public <E extends ConversationsEvent> Subscription on(EventType<E> type, Hook<? super E> hook) {
        return add(target.on(type, hook));
    }

    @Override
    public <E extends ConversationsEvent> Subscription onAsync(EventType<E> type, AsyncHook<? super E> hook) {
        return add(target.onAsync(type, hook));
    }

    /**
     * Takes a hook in that was registered elsewhere, for example on one conversation.
     *
     * @param subscription its handle
     * @return the same handle
     * @throws IllegalStateException if the scope is closed; the hook is stopped first
     */
    public Subscription add(Subscription subscription) {
        synchronized (this) {
            if (!closed) {
                subscriptions.removeIf(present -> !present.isActive());
                subscriptions.add(subscription);
                return subscription;
            }
        }
        subscription.unsubscribe();
        throw new IllegalStateException("the subscription scope is closed; ask the client for a new one");
    }

    /** Stops every hook of the scope. Idempotent; may be called inside one of them. */
    @Override
    public void close() {
        List<Subscription> stopped;
        synchronized (this) {
            closed = true;
            stopped = List.copyOf(subscriptions);
            subscriptions.clear();
        }
        stopped.forEach(Subscription::unsubscribe);
    }
}
