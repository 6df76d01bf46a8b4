package io.github.conversations4j.internal.poll;

import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.delivery.Reconciler;
import io.github.conversations4j.internal.poll.Poll.Manner;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollReport;
import io.github.conversations4j.source.PollTier;
import io.github.conversations4j.source.SourceContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks, slowly and all the time, for what other sources have missed and what leaves no hole: a last message, a change, a
 * removal, a new conversation, a participant. Everything it tells is marked as recovered; what was told before is dropped
 * where duplicates are. Thread-safe.
 *
 * <p>It reads everything once in each period, with one call at a time, of up to {@value #MOST_CONVERSATIONS}
 * conversations. What was there before it began is taken as told.
 */
public final class Sweep {
    private static final int WINDOW = 100;
    /** The list of conversations may be read a third as often as asked for while nothing happens to it. */
    private static final int SLOWEST = 3;

    /** As many as delivery remembers the position of. */
    private static final int MOST_CONVERSATIONS = 100_000;

    private final Poller poller;

    Sweep(Poller poller) {
        this.poller = poller;
    }

    /**
     * Makes one that has read nothing; what comes to be from now on is news.
     *
     * @param api the way to Twilio
     * @param period in which everything is read once, at least a second
     * @param context where events go, and what the client lends
     * @param tell takes {@link ConnectionError} events
     * @return a sweep that is not started
     */
    public static Sweep create(
            ConversationsApi api, Duration period, SourceContext context, Consumer<ConversationsEvent> tell) {
        return new Sweep(Poller.create(api, options(period).build(), manner(period), context, event -> {
            // There is no connection to speak of: the client is not less connected when its safety net fails.
            if (event instanceof ConnectionError) {
                tell.accept(event);
            }
        }));
    }

    static Manner manner(Duration period) {
        return new Manner(true, true, period);
    }

    static PollOptions.Builder options(Duration period) {
        PollOptions.Builder options = PollOptions.builder()
                .window(WINDOW)
                .conversationsEvery(period.dividedBy(SLOWEST))
                .usersEvery(period)
                .maxConversations(MOST_CONVERSATIONS)
                .maxCallsInFlight(1);
        for (PollTier tier : PollTier.values()) {
            options.messagesEvery(tier, period).editsEvery(tier, period).participantsEvery(tier, period);
        }
        return options;
    }

    /**
     * Begins.
     *
     * @return completes when everything was read once
     */
    public CompletableFuture<Void> start() {
        return poller.start();
    }

    /**
     * A reconciler that also compares what a sweep does.
     *
     * @param messages compares new messages
     * @return compares everything
     */
    public Reconciler with(Reconciler messages) {
        return new Comparison(messages, poller);
    }

    /**
     * What sweeping costs at the moment, and how late it can be.
     *
     * @return the state now
     */
    public PollReport report() {
        return poller.report();
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

    /**
     * Ends it. Does not block.
     *
     * @return completes when it makes no call any more
     */
    public CompletableFuture<Void> close() {
        return poller.close();
    }
}
