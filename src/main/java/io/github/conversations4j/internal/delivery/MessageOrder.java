package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.SteadyTime;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.Sink.Offer;
import io.github.conversations4j.source.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The order of messages in all conversations: keeps a {@link Sequence} for each and sees to it that none stays at a hole.
 * Thread-safe. Under the lock of a sequence events are queued for their hooks, but no hook is called, nothing waits and
 * nobody is asked.
 *
 * <p>A sequence is <em>flowing</em>, which needs neither timer nor memory beyond its position; <em>patient</em>, since
 * messages came early, until those before them come or its patience ends; <em>asking</em> Twilio, one request at a time,
 * again and again with growing pauses if it does not answer; <em>blocked</em> while hooks have no room; and flowing again. If
 * Twilio does not answer for as long as a message may be held at most, the hole is passed over: what is held goes on, and
 * the conversation is marked to be compared, so that what was passed over comes late. Time in which hooks had no room does
 * not count. Where there is nobody to ask, holes are passed over when patience ends.
 */
final class MessageOrder {
    private final Surroundings surroundings;

    /** For how long something has been held. */
    private final InstantSource steady;

    private final OrderLimits limits;
    private final Supplier<Gate> gates;
    private final Reconciliation reconciliation;
    private final Lines lines;
    private final @Nullable Cursors cursors;
    private volatile @Nullable Asker asker;
    private volatile boolean closed;

    /**
     * Has seen nothing.
     *
     * @param gates opens the gate for one turn
     * @param reconciliation takes marks
     * @param cursors where hooks were before; null if that is not kept
     */
    MessageOrder(
            Surroundings surroundings,
            OrderLimits limits,
            Supplier<Gate> gates,
            Reconciliation reconciliation,
            @Nullable Cursors cursors) {
        this.cursors = cursors;
        this.surroundings = surroundings;
        this.limits = limits;
        this.gates = gates;
        this.reconciliation = reconciliation;
        this.steady = new SteadyTime(surroundings.clock());
        this.lines = new Lines(new Holding(limits, steady));
    }

    void askWith(Asker whom) {
        asker = whom;
    }

    void close() {
        closed = true;
        lines.forEach(line -> {
            line.stopTimer();
            line.sequence.clear();
        });
    }

    /** Takes an event of the message at an index. */
    Offer offer(ConversationsEvent event, String conversationSid, int index) {
        Gate gate = gates.get();
        Offer offer;
        synchronized (lines.lock(conversationSid)) {
            offer = gate.isOver(conversationSid)
                    ? tooLate(event, index, gate)
                    : offer(lines.line(conversationSid), event, index, gate);
        }
        return gate.end(offer);
    }

    /** It was on its way when the conversation ended. */
    private static Offer tooLate(ConversationsEvent event, int index, Gate gate) {
        if (event instanceof MessageAdded added) {
            gate.missed(added.conversationSid(), index, index);
        }
        return Offer.DUPLICATE;
    }

    private Offer offer(Line line, ConversationsEvent event, int index, Gate gate) {
        Sequence sequence = line.sequence;
        if (sequence.position() == Sequence.UNKNOWN) {
            begin(sequence, event);
        }
        Offer offer = sequence.offer(event, index, gate);
        if (sequence.isHolding() || line.timer != null) {
            follow(line, gate);
        }
        return offer;
    }

    private void begin(Sequence sequence, ConversationsEvent first) {
        int cursor = cursors == null ? Sequence.UNKNOWN : cursors.position(sequence.conversationSid());
        if (cursor != Sequence.UNKNOWN) {
            sequence.beginAt(cursor + 1, 0);
        } else if (first instanceof MessageAdded added) {
            int index = added.message().index();
            if (index == 0) {
                sequence.beginAt(0, 0);
            } else if (!mayLoseSome(first.meta().source()) || !canAsk()) {
                sequence.beginAt(index, index);
            }
        }
    }

    /** Whether there may be messages before the first one that a source tells; others tell all from some point on. */
    private boolean mayLoseSome(String source) {
        return cursors != null && cursors.isResumed() || source.equals(SourceKind.WEBHOOK.sourceName());
    }

    private boolean canAsk() {
        Asker whom = asker;
        return whom != null && whom.canAsk();
    }

    /** Takes a step in the delivery of a message. */
    Offer offer(DeliveryUpdated event) {
        Gate gate = gates.get();
        Offer offer;
        synchronized (lines.lock(event.conversationSid())) {
            Line line = lines.present(event.conversationSid());
            offer = line == null ? gate.pass(event) : line.sequence.offer(event, gate);
        }
        return gate.end(offer);
    }

    /** A conversation has just come to be: its first message is the one with index 0. */
    void began(String conversationSid) {
        synchronized (lines.lock(conversationSid)) {
            if (gates.get().isOver(conversationSid)) {
                return;
            }
            Sequence sequence = lines.line(conversationSid).sequence;
            if (sequence.position() == Sequence.UNKNOWN) {
                sequence.beginAt(0, 0);
            }
        }
    }

    /** A conversation is gone: what is held goes on, and nothing is waited for. */
    void ended(String conversationSid) {
        Gate gate = gates.get();
        synchronized (lines.lock(conversationSid)) {
            Line line = lines.remove(conversationSid);
            if (line != null) {
                line.stopTimer();
                passOverAll(line.sequence, gate);
                line.sequence.giveUpHeld(gate);
            }
        }
        gate.end(Offer.ACCEPTED);
    }

    /** A message that had gone on was not taken after all. */
    void takenBack(String conversationSid, int index) {
        synchronized (lines.lock(conversationSid)) {
            lines.line(conversationSid).sequence.takenBack(index);
        }
    }

    /** What Twilio is to be asked for. */
    Open open(String conversationSid) {
        synchronized (lines.lock(conversationSid)) {
            Line line = lines.present(conversationSid);
            int open = line == null ? Sequence.UNKNOWN : line.sequence.openFrom();
            int cursor = open == Sequence.UNKNOWN && cursors != null ? cursors.position(conversationSid) : open;
            return new Open(
                    cursor == open ? open : cursor + 1, line == null ? Sequence.UNKNOWN : line.sequence.refusedTo());
        }
    }

    /**
     * What of a conversation has not gone on.
     *
     * @param from the lowest index; {@link Sequence#UNKNOWN} if nothing is known
     * @param atLeastTo up to here there were messages, since sources told of them; {@link Sequence#UNKNOWN} if nothing is
     *     known
     */
    record Open(int from, int atLeastTo) {}

    /**
     * Takes what Twilio holds.
     *
     * @return whether there was room for all of it
     */
    boolean fill(Reading reading) {
        Gate gate = gates.get();
        boolean taken;
        String sid = reading.conversationSid();
        synchronized (lines.lock(sid)) {
            taken = gate.isOver(sid) || fill(lines.line(sid), reading, gate);
        }
        return gate.end(taken ? Offer.ACCEPTED : Offer.REFUSED) == Offer.ACCEPTED;
    }

    private boolean fill(Line line, Reading reading, Gate gate) {
        Sequence sequence = line.sequence;
        if (sequence.position() == Sequence.UNKNOWN && cursors != null) {
            int cursor = cursors.position(reading.conversationSid());
            sequence.beginAt(cursor == Sequence.UNKNOWN ? cursor : cursor + 1, 0);
        }
        sequence.fill(reading, message -> recovered(message, reading.source()), gate);
        boolean taken = sequence.hasTaken(reading);
        follow(line, gate);
        return taken;
    }

    private MessageAdded recovered(Message message, String source) {
        Instant written = message.dateCreated();
        Instant time = written == null ? surroundings.clock().instant() : written;
        String id = EventIds.once(EventType.MESSAGE_ADDED, message.sid());
        return new MessageAdded(new EventMeta(id, time, source, true, false, null, null), message);
    }

    /**
     * Hooks have room again for what is held.
     *
     * @param conversationSid where; null for everywhere
     */
    void room(@Nullable String conversationSid) {
        List<Line> blocked = new ArrayList<>();
        Consumer<Line> note = line -> {
            if (line.sequence.isBlocked()) {
                blocked.add(line);
            }
        };
        if (conversationSid == null) {
            lines.forEach(note);
        } else {
            synchronized (lines.lock(conversationSid)) {
                Line line = lines.present(conversationSid);
                if (line != null) {
                    note.accept(line);
                }
            }
        }
        blocked.forEach(this::wake);
    }

    // ---- sequences that wait

    /** Sees to it that a sequence goes on, whatever comes or does not come. Under its lock. */
    private void follow(Line line, Gate gate) {
        Sequence sequence = line.sequence;
        if (!sequence.isHolding()) {
            line.flows();
        } else if (line.timer == null && !closed) {
            if (sequence.isBlocked() || line.failed) {
                Backoff.Step step = line.pauses.next(surroundings.random());
                line.pauses = step.then();
                wakeIn(step.delay(), line);
            } else if (line.asking) {
                wakeAt(givesUpAt(line), line);
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

    private void wake(Line line) {
        Gate gate = gates.get();
        synchronized (lines.lock(line.sequence.conversationSid())) {
            line.stopTimer();
            if (closed || !lines.contains(line)) {
                return;
            }
            Sequence sequence = line.sequence;
            sequence.release(gate);
            if (line.asking) {
                giveUpIfTooLong(line, gate);
            } else if (sequence.isHolding() && !sequence.isBlocked() && isDue(sequence)) {
                line.failed = false;
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
            passOver(sequence, gate);
            return;
        }
        String sid = sequence.conversationSid();
        int from = sequence.openFrom();
        int to = sequence.position() == Sequence.UNKNOWN
                ? sequence.holeTo()
                : sequence.askTo(steady.instant(), limits.patience());
        line.asking = true;
        if (line.unansweredSince == null) {
            line.unansweredSince = steady.instant();
        }
        Runnable heard = () -> heard(line);
        gate.after(() -> request(() ->
                        from == Sequence.UNKNOWN ? whom.lookBack(sid, to, heard) : whom.read(sid, from, to, heard))
                .whenComplete((reading, failure) -> answered(line, reading, failure)));
    }

    /** There is more to read, or others are served first, but Twilio does answer. */
    private void heard(Line line) {
        synchronized (lines.lock(line.sequence.conversationSid())) {
            if (line.unansweredSince != null) {
                line.unansweredSince = steady.instant();
            }
        }
    }

    private static CompletionStage<Reading> request(Supplier<CompletionStage<Reading>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Nobody can be asked, so that nobody knows what was at the hole. */
    private static void passOver(Sequence sequence, Gate gate) {
        int to = sequence.holeTo();
        if (sequence.position() != Sequence.UNKNOWN && sequence.position() <= to) {
            gate.missed(sequence.conversationSid(), sequence.position(), to);
        }
        sequence.passOver(gate);
    }

    private static void passOverAll(Sequence sequence, Gate gate) {
        while (sequence.isHolding() && !sequence.isBlocked()) {
            passOver(sequence, gate);
        }
    }

    private void answered(Line line, @Nullable Reading reading, @Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Causes.of(failure);
        boolean isGone = cause instanceof NotFoundException;
        Gate gate = gates.get();
        Sequence sequence = line.sequence;
        String sid = sequence.conversationSid();
        synchronized (lines.lock(sid)) {
            line.asking = false;
            line.stopTimer();
            if (closed || !lines.contains(line)) {
                return;
            }
            if (reading != null) {
                line.unansweredSince = null;
                sequence.fill(reading, message -> recovered(message, reading.source()), gate);
                if (!sequence.hasTaken(reading)) {
                    gate.after(() -> reconciliation.incomplete(sid));
                }
            } else if (isGone) {
                passOverAll(sequence, gate);
            } else {
                line.failed = true;
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
        while (sequence.isHolding() && !sequence.isBlocked() && !givesUpAt(line).isAfter(steady.instant())) {
            String sid = sequence.conversationSid();
            sequence.passOver(gate);
            gate.after(() -> reconciliation.incomplete(sid));
        }
    }

    /**
     * When what is held goes on without an answer. What waited for room in hooks first leaves Twilio as much time as what is
     * asked about when patience ends. Something must be held.
     */
    private Instant givesUpAt(Line line) {
        Instant end = line.sequence.heldSince().plus(limits.longestHold());
        Instant asked = line.unansweredSince;
        Instant answerable =
                asked == null ? end : asked.plus(limits.longestHold()).minus(limits.patience());
        return answerable.isAfter(end) ? answerable : end;
    }
}
