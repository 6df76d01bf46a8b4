package io.github.conversations4j;

import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.time.Deadline;
import io.github.conversations4j.source.CombinedSource;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.SourceConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running sources of a client. Thread-safe. */
final class ConnectedSources {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectedSources.class);

    private final SourceOpener opener;
    private final Consumer<ConversationsEvent> tell;

    // Guarded by this.
    private final List<ConnectedSource> sources = new ArrayList<>();
    private boolean closed;

    /**
     * None yet.
     *
     * @param opener starts them
     * @param tell takes {@link ConnectionStateChanged} and {@link ConnectionError} of sources that do not fire them
     */
    ConnectedSources(SourceOpener opener, Consumer<ConversationsEvent> tell) {
        this.opener = opener;
        this.tell = tell;
    }

    /**
     * Connects a source, and if it is made of several each of them.
     *
     * @return completes when all are ready; fails with the first that can not be
     */
    CompletableFuture<Void> connect(EventSource source) {
        if (source instanceof CombinedSource both) {
            return all(connect(both.first()), connect(both.second()));
        }
        ConnectedSource connected =
                new ConnectedSource(source, tell, opener.context().clock());
        synchronized (this) {
            if (closed) {
                return new CompletableFuture<>();
            }
            sources.add(connected);
        }
        return connected.connect(opener);
    }

    /** The running sources of one kind. */
    synchronized <C extends SourceConnection> List<C> open(Class<C> kind) {
        return sources.stream()
                .map(ConnectedSource::connection)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    // allOf() would wait for the other one before it fails.
    static CompletableFuture<Void> all(CompletableFuture<Void> one, CompletableFuture<Void> other) {
        CompletableFuture<Void> both = new CompletableFuture<>();
        CompletableFuture.allOf(one, other).thenRun(() -> both.complete(null));
        for (CompletableFuture<Void> each : List.of(one, other)) {
            each.exceptionally(failure -> {
                both.completeExceptionally(failure);
                return null;
            });
        }
        return both;
    }

    /**
     * Stops all sources.
     *
     * @return whether they had ended in time
     */
    boolean close(Deadline deadline) {
        List<ConnectedSource> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(sources);
        }
        Duration limit = deadline.left();
        CompletableFuture<?>[] ends =
                running.stream().map(source -> source.close(limit)).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            LOG.warn("close: an event source has not ended within {}", limit);
        } catch (ExecutionException e) {
            LOG.warn("close: an event source could not end properly", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
