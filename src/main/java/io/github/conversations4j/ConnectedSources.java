package io.github.conversations4j;

import io.github.conversations4j.source.CombinedSource;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.SourceConnection;
import io.github.conversations4j.source.SourceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running sources of a client. Thread-safe. */
final class ConnectedSources {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectedSources.class);

    private final SourceContext context;

    // Guarded by this.
    private final List<SourceConnection> connections = new ArrayList<>();
    private boolean closed;

    ConnectedSources(SourceContext context) {
        this.context = context;
    }

    /**
     * Connects a source, and if it is made of several each of them.
     *
     * @return completes when all are ready; fails with the first that can not be
     */
    CompletionStage<Void> connect(EventSource source) {
        if (source instanceof CombinedSource both) {
            return connect(both.first()).thenCombine(connect(both.second()), (one, other) -> null);
        }
        SourceConnection connection;
        try {
            connection = open(source);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        synchronized (this) {
            if (!closed) {
                connections.add(connection);
                return connection.ready();
            }
        }
        connection.close(Duration.ZERO);
        return connection.ready();
    }

    private SourceConnection open(EventSource source) {
        if (source instanceof EventSource.Connectable connectable) {
            return connectable.connect(context);
        }
        throw new IllegalStateException("source " + source.name() + ": this version cannot connect it");
    }

    /**
     * Stops all sources.
     *
     * @return whether they had ended within the limit
     */
    boolean close(Duration limit) {
        List<SourceConnection> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(connections);
        }
        CompletableFuture<?>[] ends = running.stream()
                .map(connection -> connection.close(limit).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(limit.toNanos(), TimeUnit.NANOSECONDS);
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
