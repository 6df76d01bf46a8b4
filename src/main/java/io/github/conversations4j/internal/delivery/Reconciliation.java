package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.delivery.Reconciler.End;
import io.github.conversations4j.internal.delivery.Reconciler.Outcome;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversations that are to be compared with Twilio, those with losses first. Thread-safe; nothing is called under its
 * lock.
 *
 * <p>A conversation is <em>clean</em>, of which nothing is kept; <em>marked</em>, from the first event that was lost until
 * it was compared; <em>being compared</em>; and clean again, or marked anew: with a longer pause if Twilio could not be
 * asked, until there is room if hooks had none. A conversation that Twilio does not know any more is clean, and what was
 * lost in it is reported as missed. A mark has the same small size whatever was lost; conversations for which there are
 * too many are not noted, and are left to the sweep.
 */
public final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final int AT_ONCE = 4;
    private static final Duration SETTLING = Duration.ofMillis(200);

    /** What need not be reported as missed in a conversation that is gone, where it was told that it is, or will be. */
    private static final Set<EventType<?>> GONE = Set.of(EventType.CONVERSATION_REMOVED);

    private final Surroundings surroundings;
    private final Announcements announcements;
    private final Consumer<String> forget;

    // Guarded by this.
    private final Marks marks = new Marks();
    private @Nullable Reconciler reconciler;
    private int running;
    private boolean closed;

    /**
     * Without marks.
     *
     * @param surroundings clock and scheduler
     * @param announcements tell what was missed, and that Twilio does not answer
     * @param forget is told of conversations that Twilio does not know any more
     */
    Reconciliation(Surroundings surroundings, Announcements announcements, Consumer<String> forget) {
        this.surroundings = surroundings;
        this.announcements = announcements;
        this.forget = forget;
    }

    /** What tells what comes of it. */
    Announcements announcements() {
        return announcements;
    }

    /** Begins to read marks. Until then they are only kept. */
    void start(Reconciler how) {
        synchronized (this) {
            reconciler = how;
        }
        goOn();
    }

    void close() {
        List<Mark> rest;
        synchronized (this) {
            closed = true;
            rest = marks.clear();
        }
        rest.forEach(mark -> mark.tried.complete(null));
    }

    /** Notes that an event was lost. */
    void lost(ConversationScoped event) {
        incomplete(event.conversationSid(), event);
    }

    /** Notes that events may have been lost, nobody knows which. */
    void incomplete(String conversationSid) {
        incomplete(conversationSid, null);
    }

    private void incomplete(String conversationSid, @Nullable ConversationScoped lost) {
        if (mark(conversationSid, Reason.INCOMPLETE, lost)) {
            LOG.warn("events of {} found no room or may have been lost at the door", conversationSid);
        }
    }

    /**
     * Has a conversation compared as soon as its turn comes.
     *
     * @param conversationSid the conversation, {@code CH…}
     * @param reason why; of several reasons the most urgent counts
     * @return completes when it was compared, whatever came of it; or when it is given up because the client is closed or
     *     too many conversations wait
     */
    public CompletionStage<Void> request(String conversationSid, Reason reason) {
        mark(conversationSid, reason, null);
        synchronized (this) {
            Mark mark = marks.of(conversationSid);
            return mark == null ? CompletableFuture.completedFuture(null) : mark.tried;
        }
    }

    /**
     * Has several conversations compared.
     *
     * @param conversationSids which
     * @param reason why
     * @return completes when each was compared, whatever came of it, or given up
     */
    CompletableFuture<Void> requestAll(List<String> conversationSids, Reason reason) {
        return CompletableFuture.allOf(conversationSids.stream()
                .map(sid -> request(sid, reason).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private boolean mark(String conversationSid, Reason reason, @Nullable ConversationScoped lost) {
        boolean isNew;
        synchronized (this) {
            Mark mark = marks.of(conversationSid);
            isNew = mark == null;
            if (mark == null) {
                mark = closed ? null : marks.add(conversationSid, reason);
            }
            if (mark == null) {
                return false;
            }
            mark.again |= mark.phase == Mark.Phase.COMPARING;
            if (lost != null) {
                mark.losses.add(lost, surroundings.clock().instant());
            }
            marks.raise(mark, reason);
        }
        if (isNew) {
            surroundings
                    .scheduler()
                    .schedule(() -> ripen(conversationSid), reason == Reason.INCOMPLETE ? SETTLING : Duration.ZERO);
        }
        return isNew;
    }

    private void ripen(String conversationSid) {
        synchronized (this) {
            Mark mark = marks.of(conversationSid);
            // Room may have come before the end of a pause.
            if (mark != null && mark.phase == Mark.Phase.WAITING) {
                marks.ripen(mark);
            }
        }
        goOn();
    }

    /**
     * A conversation is gone: nothing of it can be read any more.
     *
     * @param conversationSid the conversation
     */
    void gone(String conversationSid) {
        Mark mark;
        synchronized (this) {
            mark = marks.of(conversationSid);
            if (mark == null) {
                return;
            }
            mark.isGone = true;
            if (mark.phase == Mark.Phase.COMPARING) {
                return;
            }
            marks.remove(mark);
        }
        end(mark, GONE, Reach.ALL);
    }

    /**
     * Hooks have room again for what they had none for.
     *
     * @param conversationSid where; null for everywhere
     */
    void room(@Nullable String conversationSid) {
        synchronized (this) {
            if (conversationSid == null) {
                marks.all().forEach(this::room);
            } else {
                Mark mark = marks.of(conversationSid);
                if (mark != null) {
                    room(mark);
                }
            }
        }
        goOn();
    }

    private void room(Mark mark) {
        if (mark.phase == Mark.Phase.WAITING && mark.forRoom) {
            mark.pauses = Mark.PAUSES;
            marks.ripen(mark);
        } else {
            mark.roomCame |= mark.phase == Mark.Phase.COMPARING;
        }
    }

    private void goOn() {
        List<Mark> turn = new ArrayList<>();
        Reconciler how;
        synchronized (this) {
            how = reconciler;
            Mark next = how == null || running >= AT_ONCE ? null : marks.next();
            while (next != null) {
                running++;
                turn.add(next);
                next = running < AT_ONCE ? marks.next() : null;
            }
        }
        if (how != null) {
            for (Mark mark : turn) {
                compare(how, mark);
            }
        }
    }

    private void compare(Reconciler how, Mark mark) {
        CompletionStage<Outcome> outcome;
        try {
            outcome = how.reconcile(mark.conversationSid, mark.reason);
        } catch (RuntimeException e) {
            outcome = CompletableFuture.failedFuture(e);
        }
        outcome.whenComplete((done, failure) -> {
            Throwable cause = failure == null ? null : Causes.of(failure);
            End end = done == null ? null : done.end();
            if (done != null && end == End.DONE) {
                compared(mark, how.recovers(), done.reach());
            } else if (end == End.MESSAGES_DONE) {
                compared(mark, Set.of(EventType.MESSAGE_ADDED), Reach.ALL);
            } else if (cause instanceof NotFoundException) {
                LOG.info("{} is not there any more, nothing can be read of it", mark.conversationSid);
                forget.accept(mark.conversationSid);
                compared(mark, findsWhatIsGone() ? GONE : Set.of(), Reach.ALL);
            } else {
                postpone(mark, cause);
            }
            mark.tried.complete(null);
            goOn();
        });
    }

    /** Whether somebody tells the end of conversations that webhooks did not tell, or had no room for. */
    private boolean findsWhatIsGone() {
        return recovers(EventType.CONVERSATION_REMOVED);
    }

    private void compared(Mark mark, Set<EventType<?>> recovered, Reach reach) {
        boolean again;
        synchronized (this) {
            running--;
            again = mark.again && !mark.isGone;
            if (again) {
                // Something was lost meanwhile; whether before or after it was read, nobody knows.
                mark.again = false;
                mark.pauses = Mark.PAUSES;
                mark.phase = Mark.Phase.WAITING;
            } else {
                marks.remove(mark);
            }
        }
        announcements.answered();
        if (again) {
            surroundings.scheduler().schedule(() -> ripen(mark.conversationSid), SETTLING);
        } else {
            end(mark, recovered, reach);
        }
    }

    /** Nobody marks it any more. */
    private void end(Mark mark, Set<EventType<?>> recovered, Reach reach) {
        Set<EventType<?>> missed = mark.losses.missed(recovered, reach);
        if (!missed.isEmpty()) {
            LOG.warn("events of {} were missed for good: {}", mark.conversationSid, missed);
            announcements.missed(mark.conversationSid, missed);
        }
        mark.tried.complete(null);
    }

    private void postpone(Mark mark, @Nullable Throwable failure) {
        Duration pause;
        if (isGone(mark)) {
            compared(mark, findsWhatIsGone() ? GONE : Set.of(), Reach.ALL);
            return;
        }
        synchronized (this) {
            running--;
            mark.again = false;
            mark.forRoom = failure == null;
            if (mark.forRoom && mark.roomCame) {
                mark.pauses = Mark.PAUSES;
                pause = Duration.ZERO;
            } else {
                Backoff.Step step = mark.pauses.next(surroundings.random());
                mark.pauses = step.then();
                pause = step.delay();
            }
            mark.roomCame = false;
            mark.phase = Mark.Phase.WAITING;
        }
        surroundings.scheduler().schedule(() -> ripen(mark.conversationSid), pause);
        if (failure != null) {
            announcements.failed(mark.conversationSid, failure);
        }
    }

    private synchronized boolean isGone(Mark mark) {
        return mark.isGone;
    }

    /** Whether comparisons, or whoever makes them, bring back events of a kind. */
    boolean recovers(EventType<?> type) {
        Reconciler how;
        synchronized (this) {
            how = reconciler;
        }
        return how != null && how.recovers().contains(type);
    }

    /**
     * Which conversations are marked.
     *
     * @return their SIDs, a copy
     */
    synchronized Set<String> marked() {
        return marks.conversations();
    }
}
