package io.github.conversations4j;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the context refers to between two closings: hooks that wait, and then a client. Thread-safe.
 *
 * <p>A client that was closed behind the context's back counts as none; the hooks it had are gone with it.
 */
final class ContextState {
    // Guarded by this.
    private WaitingHooks hooks = new WaitingHooks();
    private @Nullable ConversationsClient client;

    synchronized ConversationsClient initialize(ClientOptions options) {
        if (running() != null) {
            throw new IllegalStateException("ConversationsContext is initialized already; call"
                    + " ConversationsContext.close() first, or initializeOnce(…) to share the running client");
        }
        ConversationsClient started = ConversationsClient.start(options, hooks::wire);
        client = started;
        return started;
    }

    synchronized ConversationsClient initializeOnce(Supplier<ClientOptions> options) {
        ConversationsClient running = running();
        return running == null ? initialize(options.get()) : running;
    }

    synchronized ConversationsClient client() {
        ConversationsClient running = running();
        if (running == null) {
            throw new IllegalStateException(
                    "ConversationsContext is not initialized; call ConversationsContext.initialize(options) first");
        }
        return running;
    }

    synchronized boolean isInitialized() {
        return running() != null;
    }

    synchronized Hooks hooks() {
        running();
        return hooks;
    }

    boolean close(Duration limit) {
        ConversationsClient running;
        synchronized (this) {
            running = running();
        }
        return running == null || running.close(limit);
    }

    // Called with the lock held.
    private @Nullable ConversationsClient running() {
        if (client != null && client.isClosed()) {
            client = null;
            hooks = new WaitingHooks();
        }
        return client;
    }
}
