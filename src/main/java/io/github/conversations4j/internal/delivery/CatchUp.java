package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.model.ConversationSnapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every conversation compared once after the start, so that what was stored while nobody ran is delivered. The list of
 * conversations is read page by page; a page is asked for when those of the one before it were compared, and again with
 * growing pauses if Twilio does not answer. Thread-safe; used once.
 */
public final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2);
    private static final int PAGE = 100;

    private final ConversationsApi api;
    private final Reconciliation reconciliation;
    private final Surroundings surroundings;
    private volatile boolean stopped;

    /**
     * Not begun.
     *
     * @param api lists the conversations
     * @param reconciliation has them compared
     * @param surroundings clock and scheduler
     */
    public CatchUp(ConversationsApi api, Reconciliation reconciliation, Surroundings surroundings) {
        this.api = api;
        this.reconciliation = reconciliation;
        this.surroundings = surroundings;
    }

    /** Begins. Does not block. */
    public void start() {
        read(PageRequest.first(PAGE), PAUSES);
    }

    /** Asks for no more. */
    public void stop() {
        stopped = true;
    }

    private void read(PageRequest page, Backoff pauses) {
        if (!stopped) {
            api.conversations().list(page).whenComplete((slice, failure) -> {
                if (slice != null) {
                    compare(page, slice);
                } else {
                    tryAgain(page, pauses, failure);
                }
            });
        }
    }

    private void compare(PageRequest page, Slice<ConversationSnapshot> slice) {
        List<String> conversations =
                slice.items().stream().map(ConversationSnapshot::sid).toList();
        String next = slice.next();
        reconciliation.requestAll(conversations, Reason.START).thenRun(() -> {
            if (next != null) {
                read(page.after(next), PAUSES);
            } else if (!stopped) {
                LOG.info("caught up with what was stored before the start");
            }
        });
    }

    private void tryAgain(PageRequest page, Backoff pauses, @Nullable Throwable failure) {
        Backoff.Step step = pauses.next(surroundings.random());
        LOG.warn("conversations could not be listed, next try in {}", step.delay(), failure);
        surroundings.scheduler().schedule(() -> read(page, step.then()), step.delay());
    }
}
