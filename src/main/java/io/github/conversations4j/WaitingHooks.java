package io.github.conversations4j;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hooks that were registered before there is a client. Thread-safe.
 *
 * <p>States: <em>waiting</em>, where handles are remembered; <em>wired</em>, where everything goes to the client;
 * <em>closed</em>, where nothing more is taken.
 */
final class WaitingHooks implements Hooks {
    // Guarded by this. In the order of registration.
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private @Nullable Hooks client;
    private boolean closed;

    @Override
    public <E extends ConversationsEvent> Subscription on(EventType<E> type, Hook<? super E> hook) {
        Objects.requireNonNull(hook, "hook: must not be null");
        return register(type, hooks -> hooks.on(type, hook));
    }

    @Override
    public <E extends ConversationsEvent> Subscription onAsync(EventType<E> type, AsyncHook<? super E> hook) {
        Objects.requireNonNull(hook, "hook: must not be null");
        return register(type, hooks -> hooks.onAsync(type, hook));
    }

    private Subscription register(EventType<?> type, Function<Hooks, Subscription> registration) {
        Hooks target;
        synchronized (this) {
            target = client;
            if (target == null && closed) {
                throw new ClientClosedException("register a hook for " + type);
            }
            if (target == null) {
                Waiting entry = new Waiting(type, registration);
                waiting.add(entry);
                return entry;
            }
        }
        return registration.apply(target);
    }

    /**
     * Registers everything at a client that is about to start.
     *
     * @throws UnsupportedByClientException if the client can never fire some of it; names them all, and nothing is
     *     registered
     */
    synchronized void wire(ConversationsClient arrived) {
        List<EventType<?>> refused = waiting.stream()
                .<EventType<?>>map(entry -> entry.type)
                .filter(type -> !arrived.supports(type))
                .distinct()
                .toList();
        if (!refused.isEmpty()) {
            throw arrived.unsupported(refused);
        }
        waiting.forEach(entry -> entry.wired = entry.registration.apply(arrived));
        waiting.clear();
        client = arrived;
    }

    /** Forgets what waits. */
    synchronized void close() {
        closed = true;
        waiting.clear();
    }

    /** One hook that waits, and then its handle. Thread-safe. */
    private final class Waiting implements Subscription {
        private final EventType<?> type;
        private final Function<Hooks, Subscription> registration;

        // Guarded by the hooks it is one of.
        private @Nullable Subscription wired;

        Waiting(EventType<?> type, Function<Hooks, Subscription> registration) {
            this.type = type;
            this.registration = registration;
        }

        @Override
        public void unsubscribe() {
            synchronized (WaitingHooks.this) {
                waiting.remove(this);
                if (wired != null) {
                    wired.unsubscribe();
                }
            }
        }

        @Override
        public boolean isActive() {
            synchronized (WaitingHooks.this) {
                return wired == null ? waiting.contains(this) : wired.isActive();
            }
        }
    }
}
