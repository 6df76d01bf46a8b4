package io.github.conversations4j;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.delivery.CatchUp;
import io.github.conversations4j.internal.delivery.Cursors;
import io.github.conversations4j.internal.delivery.Delivery;
import io.github.conversations4j.internal.delivery.MessageReader;
import io.github.conversations4j.internal.delivery.MessageReconciler;
import io.github.conversations4j.internal.delivery.OrderLimits;
import io.github.conversations4j.internal.delivery.Reconciler;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.HookRetries;
import io.github.conversations4j.internal.time.Deadline;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.source.SourceKind;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a client keeps its promise with: its delivery, the cursors of it, and what catches up at the start. Thread-safe. */
final class DeliverySide {
    private final ClientOptions options;
    private final Surroundings surroundings;
    private final Executor executor;
    private final @Nullable Cursors cursors;
    private final Delivery delivery;
    private final Instant start;

    // Each side writes its own before it reads the other's, so that what begins while it is stopped is stopped.
    private volatile @Nullable CatchUp catchUp;
    private volatile boolean stopped;

    DeliverySide(ClientOptions options, Dispatcher dispatcher, Surroundings surroundings, Executor executor) {
        DeliveryOptions how = options.delivery;
        this.options = options;
        this.surroundings = surroundings;
        this.executor = executor;
        this.start = surroundings.clock().instant().minus(how.lookBack);
        this.cursors = how.cursors == null
                ? null
                : new Cursors(how.cursors, scope(options), how.lookBack, surroundings, executor);
        OrderLimits limits =
                new OrderLimits(how.holdFor, how.holdAtMost, how.maxHeldEventsPerConversation, how.maxHeldEvents);
        this.delivery = new Delivery(dispatcher, limits, surroundings, cursors);
    }

    /** What becomes of an event when a hook throws; null if the error handler is told and that is all. */
    static @Nullable HookRetries retries(DeliveryOptions how) {
        return how.hookRetries == 0 && how.deadLetters == null
                ? null
                : new HookRetries(how.hookRetries, how.hookRetriesWithin, how.deadLetters);
    }

    /** {@link ClientOptions.Builder#build} has refused a participant without one. */
    private static String scope(ClientOptions options) {
        String scope = options.delivery.cursorScope;
        if (scope != null || options.credentials == null) {
            return scope == null ? "" : scope;
        }
        String account = options.credentials.accountSid();
        return options.credentials
                .serviceSid()
                .map(service -> account + "/" + service)
                .orElse(account);
    }

    Delivery delivery() {
        return delivery;
    }

    /** Says how Twilio is asked, and how a conversation is compared besides its messages. */
    void recoverWith(Supplier<@Nullable ConversationsApi> api, UnaryOperator<Reconciler> more) {
        MessageReader reader =
                new MessageReader(api, SourceKind.POLL.sourceName(), () -> cursors == null ? start : cursors.since());
        delivery.recoverWith(reader, more.apply(new MessageReconciler(reader, delivery)));
    }

    /** Reads the cursors; to be done before the sources begin. */
    CompletionStage<Void> open() {
        return cursors == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(cursors::open, executor);
    }

    /** Delivers what was stored before the start, as far as it is to be. */
    void catchUp(@Nullable ConversationsApi api) {
        boolean resumed = false;
        if (cursors != null && cursors.isResumed()) {
            resumed = true;
            cursors.conversations().forEach(sid -> delivery.reconciliation().request(sid, Reason.START));
        }
        if (api != null && (resumed || !options.delivery.lookBack.isZero())) {
            CatchUp all = new CatchUp(api, delivery.reconciliation(), surroundings);
            catchUp = all;
            if (!stopped) {
                all.start();
            }
        }
    }

    /** Takes no more events. */
    void stop() {
        stopped = true;
        CatchUp running = catchUp;
        if (running != null) {
            running.stop();
        }
        delivery.close();
    }

    /** Saves what hooks have taken; they have ended. Fails if that could not be done. */
    boolean close(Deadline deadline) {
        if (cursors != null) {
            cursors.close(deadline);
        }
        return true;
    }
}
