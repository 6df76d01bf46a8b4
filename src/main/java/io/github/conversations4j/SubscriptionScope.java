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
    private static final int SMALL = 16;

    private final Hooks target;

    // Guarded by this. Handles that were stopped one by one are thrown out when there are twice as many as at the last
    // time, so that adding stays cheap.
    private final List<Subscription> subscriptions = new ArrayList<>();
    private int roomy = SMALL;
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
                if (subscriptions.size() >= roomy) {
                    subscriptions.removeIf(present -> !present.isActive());
                    roomy = 2 * Math.max(SMALL, subscriptions.size());
                }
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

    synchronized int size() {
        return subscriptions.size();
    }
}
