package io.github.conversations4j;

import static io.github.conversations4j.event.ConnectionState.CONNECTED;
import static io.github.conversations4j.event.ConnectionState.CONNECTING;
import static io.github.conversations4j.event.ConnectionState.DISCONNECTED;
import static io.github.conversations4j.event.ConnectionState.DISCONNECTING;

import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.threads.Announcements;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.SourceConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One source that runs, or is about to. What it throws becomes a failed future. Thread-safe.
 *
 * <p>If the source does not fire connection events itself, they are told for it: <em>connecting</em>, <em>connected</em>
 * when it is ready or <em>disconnected</em> when it never will be, <em>disconnecting</em> and <em>disconnected</em> when
 * it is closed.
 */
final class ConnectedSource {
    private final EventSource source;
    private final Announcements<ConversationsEvent> news;
    private final InstantSource clock;
    private final boolean tellsStates;
    private final boolean tellsErrors;
    private final CompletableFuture<SourceConnection> opened = new CompletableFuture<>();

    // Guarded by this.
    private @Nullable ConnectionState state;
    private int told;

    /**
     * A source that is not connected yet.
     *
     * @param tell takes the connection events that the source does not fire itself
     */
    ConnectedSource(EventSource source, Consumer<ConversationsEvent> tell, InstantSource clock) {
        this.source = source;
        this.news = new Announcements<>(tell);
        this.clock = clock;
        // Asked once: events() is the code of others, which is not to be called under a lock.
        this.tellsStates = source.events().contains(EventType.CONNECTION_STATE_CHANGED);
        this.tellsErrors = source.events().contains(EventType.CONNECTION_ERROR);
    }

    /**
     * Connects.
     *
     * @return completes when the source is ready, fails when it never will be
     */
    CompletableFuture<Void> connect(SourceOpener opener) {
        CompletableFuture<Void> up = new CompletableFuture<>();
        moveTo(CONNECTING);
        try {
            SourceConnection connection = opener.open(source);
            opened.complete(connection);
            connection.ready().whenComplete((nothing, failure) -> {
                if (failure == null) {
                    moveTo(CONNECTED);
                    up.complete(null);
                } else {
                    failed(up, Causes.of(failure));
                }
            });
        } catch (Throwable e) {
            // Errors too: a class that is missing for one source must not leave the others behind, half started.
            opened.completeExceptionally(e);
            failed(up, e);
        }
        return up;
    }

    private void failed(CompletableFuture<Void> up, Throwable cause) {
        if (!tellsErrors) {
            news.add(new ConnectionError(nextMeta(), true, cause));
            news.tell();
        }
        moveTo(DISCONNECTED);
        up.completeExceptionally(cause);
    }

    /**
     * Stops the source.
     *
     * @return completes when nothing of it is left
     */
    CompletableFuture<Void> close(Duration limit) {
        moveTo(DISCONNECTING);
        return opened.handle((connection, failure) ->
                        failure == null ? connection.close(limit) : CompletableFuture.<Void>completedFuture(null))
                .thenCompose(end -> end)
                .whenComplete((nothing, failure) -> moveTo(DISCONNECTED));
    }

    /** The running source; null if it is not open. */
    @Nullable
    SourceConnection connection() {
        return opened.isCompletedExceptionally() ? null : opened.getNow(null);
    }

    private void moveTo(ConnectionState next) {
        synchronized (this) {
            boolean over = state == DISCONNECTED || state == DISCONNECTING && next != DISCONNECTED;
            if (over || tellsStates) {
                return;
            }
            state = next;
            news.add(new ConnectionStateChanged(nextMeta(), next));
        }
        news.tell();
    }

    private synchronized EventMeta nextMeta() {
        return EventMeta.live(source.name() + "-connection-" + ++told, clock.instant(), source.name());
    }
}
