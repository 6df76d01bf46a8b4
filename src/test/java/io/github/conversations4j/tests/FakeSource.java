package io.github.conversations4j.tests;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.Sink.Offer;
import io.github.conversations4j.source.SourceConnection;
import io.github.conversations4j.source.SourceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A source as a user would write one, which fires what a test tells it to. For one client at a time. Ready and closed
 * when the test says so, or at once.
 */
public final class FakeSource implements EventSource.Connectable, SourceConnection {
    private final String name;
    private final Set<EventType<?>> events;
    private final List<Duration> closings = new ArrayList<>();
    private CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
    private @Nullable Throwable connectFailure;
    private Runnable onClose = () -> {};
    private volatile @Nullable SourceContext context;

    /** A source that can fire messages and what its kinds are besides. */
    public FakeSource(String name, EventType<?>... events) {
        this.name = name;
        this.events = Set.of(events);
    }

    /** A source of messages that is ready at once. */
    public static FakeSource ofMessages() {
        return new FakeSource("fake", EventType.MESSAGE_ADDED, EventType.MESSAGE_UPDATED, EventType.UNKNOWN);
    }

    public FakeSource ready(CompletableFuture<Void> stage) {
        this.ready = stage;
        return this;
    }

    public FakeSource ending(CompletableFuture<Void> stage) {
        this.end = stage;
        return this;
    }

    public FakeSource failingToConnect(Throwable failure) {
        this.connectFailure = failure;
        return this;
    }

    /** What happens when it is closed; may throw. */
    public FakeSource onClose(Runnable action) {
        this.onClose = action;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<EventType<?>> events() {
        return events;
    }

    @Override
    public SourceConnection connect(SourceContext lent) {
        context = lent;
        if (connectFailure instanceof Error error) {
            throw error;
        }
        if (connectFailure instanceof RuntimeException failure) {
            throw failure;
        }
        return this;
    }

    public SourceContext context() {
        SourceContext lent = context;
        if (lent == null) {
            throw new AssertionError("source " + name + " was never connected");
        }
        return lent;
    }

    public boolean isConnected() {
        return context != null;
    }

    public Offer offer(ConversationsEvent event) {
        return context().sink().offer(event);
    }

    public Offer message(int conversation, int index) {
        return offer(SampleEvents.messageAdded(conversation, index));
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public synchronized CompletionStage<Void> close(Duration limit) {
        closings.add(limit);
        onClose.run();
        return end;
    }

    public synchronized int closings() {
        return closings.size();
    }
}
