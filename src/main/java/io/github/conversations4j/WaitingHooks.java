package io.github.conversations4j;

import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hooks that were registered before there is a client. Thread-safe.
 *
 * <p>States: <em>waiting</em>, where handles are remembered; <em>wired</em>, where everything goes to the client.
 */
final class WaitingHooks implements Hooks {
    // Guarded by this.
    private final List<Waiting> waiting = new ArrayList<>();
    private @Nullable Hooks client;

    @Override
    public <E extends ConversationsEvent> Subscription on(EventType<E> type, Hook<? super E> hook) {
        return register(type, hooks -> hooks.on(type, hook));
    }

    @Override
    public <E extends ConversationsEvent> Subscription onAsync(EventType<E> type, AsyncHook<? super E> hook) {
        return register(type, hooks -> hooks.onAsync(type, hook));
    }

    private synchronized Subscription register(EventType<?> type, Function<Hooks, Subscription> registration) {
        if (client != null) {
            return registration.apply(client);
        }
        Waiting entry = new Waiting(type, registration);
        waiting.add(entry);
        return entry;
    }

    /**
     * Registers everything at a client that is about to start.
     *
     * @throws UnsupportedByClientException if the client can never fire some of it; names them all, and nothing is
     *     registered
     */
    synchronized void wire(ConversationsClient arrived) {
        waiting.removeIf(entry -> !entry.isActive());
        List<EventType<?>> refused = waiting.stream()
                .<EventType<?>>map(Waiting::type)
                .filter(type -> !arrived.supports(type))
                .distinct()
                .toList();
        if (!refused.isEmpty()) {
            throw arrived.unsupported(refused);
        }
        waiting.forEach(entry -> entry.wire(arrived));
        waiting.clear();
        client = arrived;
    }

    /** One hook that waits, and then its handle. Thread-safe. */
    private static final class Waiting implements Subscription {
        private final EventType<?> type;
        private final Function<Hooks, Subscription> registration;

        // Guarded by this.
        private @Nullable Subscription wired;
        private boolean stopped;

        Waiting(EventType<?> type, Function<Hooks, Subscription> registration) {
            this.type = type;
            this.registration = registration;
        }

        EventType<?> type() {
            return type;
        }

        synchronized void wire(Hooks hooks) {
            if (!stopped) {
                wired = registration.apply(hooks);
            }
        }

        @Override
        public synchronized void unsubscribe() {
            stopped = true;
            if (wired != null) {
                wired.unsubscribe();
            }
        }

        @Override
        public synchronized boolean isActive() {
            return wired == null ? !stopped : wired.isActive();
        }
    }
}
