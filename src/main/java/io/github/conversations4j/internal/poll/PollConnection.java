package io.github.conversations4j.internal.poll;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.delivery.Reconciler;
import io.github.conversations4j.internal.poll.Poll.Manner;
import io.github.conversations4j.source.PollReport;
import io.github.conversations4j.source.PollSource;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.SourceConnection;
import io.github.conversations4j.source.SourceContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A poll source that runs. Thread-safe. Ready when its first pass is complete; until then it goes on trying. */
public final class PollConnection implements SourceConnection {
    private static final Logger LOG = LoggerFactory.getLogger(PollConnection.class);

    private final Poller poller;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private PollConnection(Poller poller) {
        this.poller = poller;
    }

    /**
     * Begins to poll.
     *
     * @param source the settings
     * @param api the way to Twilio
     * @param isAlone whether it is the only source of its client
     * @param context where events go, and what the client lends
     * @return the running source
     */
    public static PollConnection open(PollSource source, ConversationsApi api, boolean isAlone, SourceContext context) {
        Poller poller = Poller.create(
                api,
                source.options(),
                new Manner(false, !isAlone, Duration.ZERO),
                context,
                event -> tell(context.sink(), event));
        PollConnection connection = new PollConnection(poller);
        poller.start().thenRun(() -> connection.ready.complete(null));
        return connection;
    }

    /** There is nothing to go back to for these, so that one for which there is no room is only logged. */
    private static void tell(Sink sink, ConversationsEvent event) {
        try {
            if (sink.offer(event) == Sink.Offer.REFUSED) {
                LOG.warn("hooks have no room for {}", event);
            }
        } catch (RuntimeException e) {
            LOG.error("lost a {} event: the sink failed", event.type(), e);
        }
    }

    /**
     * What polling costs at the moment, and how late it can be.
     *
     * @return the state now
     */
    public PollReport report() {
        return poller.report();
    }

    /**
     * A reconciler that also compares what polling does.
     *
     * @param messages compares new messages
     * @return compares everything
     */
    public Reconciler with(Reconciler messages) {
        return new Comparison(messages, poller);
    }

    /**
     * Takes note of what was told, by whatever source, so that its removal is noticed even if no reading ever shows it.
     *
     * @param event any event
     */
    public void heard(ConversationsEvent event) {
        poller.heard(event);
    }

    /**
     * Hooks have room again after they had none, so that what waits for it goes on.
     *
     * @param conversationSid where; empty for the events of no conversation, null for everywhere
     */
    public void room(@Nullable String conversationSid) {
        poller.room(conversationSid);
    }

    /** Whether only time makes it go on, for tests. */
    boolean isIdle() {
        return poller.isIdle();
    }

    /** How many tasks are being done, for tests. */
    int workers() {
        return poller.workers();
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public CompletionStage<Void> close(Duration limit) {
        ready.completeExceptionally(new ClientClosedException("poll source: its first pass was not complete"));
        return poller.close();
    }
}
