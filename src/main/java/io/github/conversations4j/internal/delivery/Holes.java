package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.Sink.Offer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of sequences that hold messages. Thread-safe.
 *
 * <p>A sequence is <em>flowing</em>, which needs neither timer nor memory beyond its position; <em>patient</em>, since
 * messages came early, until those before them come or its patience ends; <em>asking</em> Twilio, one question at a time,
 * again and again with growing pauses if it fails; <em>blocked</em> while hooks have no room; and flowing again. If Twilio is
 * silent for as long as a message may be held at most, the hole is passed over: what is held goes on, and the conversation
 * is marked to be compared, so that what was passed over comes late. Silent is a Twilio that gives nobody a page of messages,
 * or that has failed this question; the time in which hooks had no room does not count. Where there is nobody to ask, holes
 * are passed over when patience ends.
 */
final class Holes {
    private final Surroundings surroundings;

    /** For how long something has been held. */
    private final InstantSource steady;

    private final OrderLimits limits;
    private final Supplier<Gate> gates;
    private final Reconciliation reconciliation;
    private final Lines lines;
    private volatile @Nullable Asker asker;
    private volatile boolean closed;

    /**
     * Nobody can be asked yet.
     *
     * @param steady never goes back
     * @param gates opens the gate for one turn
     * @param reconciliation takes marks
     * @param lines the sequences
     */
    Holes(
            Surroundings surroundings,
            InstantSource steady,
            OrderLimits limits,
            Supplier<Gate> gates,
            Reconciliation reconciliation,
            Lines lines) {
        this.surroundings = surroundings;
        this.steady = steady;
        this.limits = limits;
        this.gates = gates;
        this.reconciliation = reconciliation;
        this.lines = lines;
    }

    void askWith(Asker whom) {
        asker = whom;
    }

    boolean canAsk() {
        Asker whom = asker;
        return whom != null && whom.canAsk();
    }

    /** Gives up everything that is held. */
    void close() {
        closed = true;
        lines.forEach(line -> {
            line.stopTimer();
            line.sequence.clear();
        });
    }

    /** Gives a sequence what was read of it. Under its lock. */
    void fillIn(Sequence sequence, Reading reading, Gate gate) {
        sequence.fill(reading, message -> recovered(message, reading.source()), gate);
    }

    private MessageAdded recovered(Message message, String source) {
        Instant written = message.dateCreated();
        Instant time = written == null ? surroundings.clock().instant() : written;
        String id = EventIds.once(EventType.MESSAGE_ADDED, message.sid());
        return new MessageAdded(new EventMeta(id, time, source, true, false, null, null), message);
    }

    /** Sees to it that a sequence goes on, whatever comes or does not come. Under its lock. */
    void follow(Line line, Gate gate) {
        Sequence sequence = line.sequence;
        if (!sequence.isHolding()) {
            line.flows();
        } else if (line.timer == null && !closed) {
            if (sequence.isBlocked() || line.hasFailed()) {
                Backoff.Step step = line.pauses.next(surroundings.random());
                line.pauses = step.then();
                wakeIn(step.delay(), line);
            } else if (line.isAsking()) {
                wakeAt(line.givesUpAt(limits), line);
            } else if (sequence.position() == Sequence.UNKNOWN) {
                ask(line, gate);
                follow(line, gate);
            } else {
                wakeAt(sequence.heldSince().plus(limits.patience()), line);
            }
        }
    }

    private void wakeAt(Instant end, Line line) {
        wakeIn(Duration.between(steady.instant(), end), line);
    }

    private void wakeIn(Duration delay, Line line) {
        line.timer = surroundings.scheduler().schedule(() -> wake(line), delay);
    }

    /** Goes on with a sequence if it can. Takes its lock. */
    void wake(Line line) {
        Gate gate = gates.get();
        synchronized (lines.lock(line.sequence.conversationSid())) {
            line.goesOn();
            if (closed || !lines.contains(line)) {
                return;
            }
            Sequence sequence = line.sequence;
            sequence.release(gate);
            if (line.isAsking()) {
                line.hearsOf(pages(), steady.instant());
                giveUpIfTooLong(line, gate);
            } else if (sequence.isHolding() && !sequence.isBlocked() && isDue(sequence)) {
                ask(line, gate);
            }
            follow(line, gate);
        }
        gate.end(Offer.ACCEPTED);
    }

    private boolean isDue(Sequence sequence) {
        Instant end = sequence.heldSince().plus(limits.patience());
        return !end.isAfter(steady.instant());
    }

    /** Asks; its caller follows the line afterwards. */
    private void ask(Line line, Gate gate) {
        Sequence sequence = line.sequence;
        Asker whom = asker;
        if (whom == null || !whom.canAsk()) {
            sequence.missHole(gate);
            return;
        }
        String sid = sequence.conversationSid();
        int from = sequence.openFrom();
        int to = sequence.position() == Sequence.UNKNOWN
                ? sequence.holeTo()
                : sequence.askTo(steady.instant(), limits.patience());
        line.asks(steady.instant(), whom.pages());
        gate.after(() -> request(() -> from == Sequence.UNKNOWN ? whom.lookBack(sid, to) : whom.read(sid, from, to))
                .whenComplete((reading, failure) -> answered(line, reading, failure)));
    }

    private long pages() {
        Asker whom = asker;
        return whom == null ? 0 : whom.pages();
    }

    private static CompletionStage<Reading> request(Supplier<CompletionStage<Reading>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answered(Line line, @Nullable Reading reading, @Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Causes.of(failure);
        boolean isGone = cause instanceof NotFoundException;
        Gate gate = gates.get();
        Sequence sequence = line.sequence;
        String sid = sequence.conversationSid();
        synchronized (lines.lock(sid)) {
            if (failure == null || isGone) {
                line.answered();
            } else {
                line.failed(steady.instant(), pages());
            }
            line.stopTimer();
            if (closed || !lines.contains(line)) {
                return;
            }
            if (reading != null) {
                fillIn(sequence, reading, gate);
                if (!sequence.hasTaken(reading)) {
                    gate.after(() -> reconciliation.incomplete(sid));
                }
            } else if (isGone) {
                sequence.missHoles(gate);
            } else {
                giveUpIfTooLong(line, gate);
            }
            follow(line, gate);
        }
        gate.end(Offer.ACCEPTED);
        if (cause == null || isGone) {
            reconciliation.announcements().answered();
        } else {
            reconciliation.announcements().failed(sid, cause);
        }
    }

    private void giveUpIfTooLong(Line line, Gate gate) {
        Sequence sequence = line.sequence;
        while (sequence.isHolding()
                && !sequence.isBlocked()
                && !line.givesUpAt(limits).isAfter(steady.instant())) {
            String sid = sequence.conversationSid();
            sequence.passOver(gate);
            gate.after(() -> reconciliation.incomplete(sid));
        }
    }
}
