package io.github.conversations4j;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the context refers to between two closings: hooks that wait, and then a client. Thread-safe; nothing of a user's
 * but the supplier of options runs under a lock.
 *
 * <p>A client that was closed behind the context's back counts as none; the hooks it had are gone with it.
 */
final class ContextState {
    /** Held while somebody is asked for options, which may take long; never needed for anything else. */
    private final Object asking = new Object();

    // Guarded by this.
    private @Nullable ContextState former;
    private WaitingHooks hooks = new WaitingHooks();
    private @Nullable ConversationsClient client;
    private boolean closed;

    /**
     * Refers to nothing yet.
     *
     * @param former what the context referred to before, which may still be closing; null at first
     */
    ContextState(@Nullable ContextState former) {
        this.former = former;
    }

    /**
     * Starts a client.
     *
     * @return the client; null if this state is closed
     */
    @Nullable
    ConversationsClient initialize(ClientOptions options) {
        return start(options, false);
    }

    /**
     * Gives the running client, or starts one.
     *
     * @return the client; null if this state is closed
     */
    @Nullable
    ConversationsClient initializeOnce(Supplier<ClientOptions> options) {
        synchronized (asking) {
            synchronized (this) {
                ConversationsClient present = running();
                if (present != null) {
                    return present;
                }
            }
            return start(options.get(), true);
        }
    }

    private @Nullable ConversationsClient start(ClientOptions options, boolean share) {
        ConversationsClient started;
        synchronized (this) {
            ConversationsClient present = running();
            if (present != null && share) {
                return present;
            }
            if (present != null) {
                throw new IllegalStateException("ConversationsContext is initialized already; call"
                        + " ConversationsContext.close() first, or initializeOnce(…) to share the running client");
            }
            if (closed) {
                return null;
            }
            started = ConversationsClient.wired(options, hooks::wire);
            client = started;
        }
        // Without the lock: with an executor that runs tasks on the spot the first hooks run here.
        started.connect();
        return started;
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

    /** Closes the client, if there is one, and waits for a former one that somebody else is closing. */
    boolean close(Duration limit) {
        ContextState before;
        ConversationsClient last;
        synchronized (this) {
            closed = true;
            hooks.close();
            before = former;
            last = client;
        }
        boolean ended = before == null || before.close(limit);
        synchronized (this) {
            // Whatever became of it, nobody needs to wait for it again.
            former = null;
        }
        return (last == null || last.close(limit)) && ended;
    }

    // Called with the lock held.
    private @Nullable ConversationsClient running() {
        ConversationsClient present = client;
        if (present != null && present.isClosed() && !closed) {
            client = null;
            hooks = new WaitingHooks();
        }
        return present == null || present.isClosed() ? null : present;
    }
}
