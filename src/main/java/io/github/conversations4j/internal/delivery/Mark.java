package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A conversation that is to be compared with Twilio. Guarded by the {@link Reconciliation}. */
final class Mark {
    static final Backoff PAUSES = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1), 0.2);

    final String conversationSid;
    final CompletableFuture<Void> tried = new CompletableFuture<>();
    final Losses losses = new Losses();
    Reason reason;
    Backoff pauses = PAUSES;

    Phase phase = Phase.WAITING;

    /** Whether it was marked while it was being compared. */
    boolean again;

    /** Whether the conversation is gone. */
    boolean isGone;

    /** Whether it waits because hooks had no room. */
    boolean forRoom;

    /** Whether hooks had room again while it was being compared. */
    boolean roomCame;

    Mark(String conversationSid, Reason reason) {
        this.conversationSid = conversationSid;
        this.reason = reason;
    }

    /** What becomes of a mark. */
    enum Phase {
        /** Until the end of a pause, or until there is room. */
        WAITING,
        /** Until its turn comes. */
        RIPE,
        COMPARING
    }
}
