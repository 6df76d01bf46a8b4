package io.github.conversations4j;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.delivery.Reconciler;
import io.github.conversations4j.internal.poll.PollConnection;
import io.github.conversations4j.internal.poll.Sweep;
import io.github.conversations4j.source.CombinedSource;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.PollReport;
import io.github.conversations4j.source.PollSource;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.source.WebhookSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the sources of a back end have missed: by its poll source, or by a sweep if it has webhooks only. Thread-safe.
 */
final class SafetyNet {
    private final ConnectedSources sources;
    private final boolean polls;
    private final @Nullable Sweep sweep;
    /** The poll sources; null until all are up. */
    private volatile @Nullable List<PollConnection> polling;

    /**
     * Not started.
     *
     * @param api the way to Twilio; null for a participant, whose source finds by itself what it missed
     * @param tell takes connection errors
     */
    SafetyNet(
            ClientOptions options,
            @Nullable ConversationsApi api,
            SourceContext context,
            ConnectedSources sources,
            Consumer<ConversationsEvent> tell) {
        this.sources = sources;
        EventSource source = options.source;
        this.polls = source != null && has(source, PollSource.class);
        boolean wanted = source != null && has(source, WebhookSource.class) && !polls && !options.sweepEvery.isZero();
        this.sweep = wanted && api != null ? Sweep.create(api, options.sweepEvery, context, tell) : null;
    }

    private static boolean has(EventSource source, Class<? extends EventSource> kind) {
        return source instanceof CombinedSource both
                ? has(both.first(), kind) || has(both.second(), kind)
                : kind.isInstance(source);
    }

    /** Begins to sweep; the client is ready. */
    void start() {
        polling = sources.open(PollConnection.class);
        if (sweep != null) {
            sweep.start();
        }
    }

    /** Compares new messages and whatever else can be compared. */
    Reconciler with(Reconciler messages) {
        if (sweep != null) {
            return sweep.with(messages);
        }
        return new ByPolling(this::polling, messages);
    }

    private List<PollConnection> polling() {
        List<PollConnection> known = polling;
        return known == null ? sources.open(PollConnection.class) : known;
    }

    /** Takes note of what was told. */
    void heard(ConversationsEvent event) {
        if (sweep != null) {
            sweep.heard(event);
        } else if (polls) {
            polling().forEach(poll -> poll.heard(event));
        }
    }

    /** Hooks have room again after they had none: in a conversation, empty for the events of none, null for everywhere. */
    void room(@Nullable String conversationSid) {
        if (sweep != null) {
            sweep.room(conversationSid);
        } else if (polls) {
            polling().forEach(poll -> poll.room(conversationSid));
        }
    }

    /** What looking costs. */
    PollReport report() {
        List<PollConnection> all = polling();
        if (!all.isEmpty()) {
            return all.get(0).report();
        }
        return sweep == null ? new PollReport(List.of(), 0, 1) : sweep.report();
    }

    /** Ends the sweep; the sources end by themselves. */
    CompletableFuture<Void> close() {
        return sweep == null ? CompletableFuture.completedFuture(null) : sweep.close();
    }

    /**
     * Compares by the poll source, which is connected later than this is made.
     *
     * @param polling gives it, if there is one
     * @param messages compares new messages, and is all that there is without one
     */
    private record ByPolling(Supplier<List<PollConnection>> polling, Reconciler messages) implements Reconciler {
        @Override
        public CompletionStage<Outcome> reconcile(String conversationSid, Reason reason) {
            return reconciler().reconcile(conversationSid, reason);
        }

        @Override
        public Set<EventType<?>> recovers() {
            return reconciler().recovers();
        }

        private Reconciler reconciler() {
            List<PollConnection> polls = polling.get();
            return polls.isEmpty() ? messages : polls.get(0).with(messages);
        }
    }
}
