package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.time.SteadyTime;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.source.Sink.Offer;
import io.github.conversations4j.source.SourceKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The order of messages in all conversations: keeps a {@link Sequence} for each, and {@link Holes} see to it that none stays
 * where something is missing. Thread-safe. Under the lock of a sequence events are queued for their hooks, but no hook is
 * called, nothing waits and nobody is asked.
 */
final class MessageOrder {
    private final Supplier<Gate> gates;
    private final Lines lines;
    private final Holes holes;
    private final @Nullable Cursors cursors;

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
        this.gates = gates;
        this.cursors = cursors;
        InstantSource steady = new SteadyTime(surroundings.clock());
        this.lines = new Lines(new Holding(limits, steady));
        this.holes = new Holes(surroundings, steady, limits, gates, reconciliation, lines);
    }

    void askWith(Asker whom) {
        holes.askWith(whom);
    }

    void close() {
        holes.close();
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
            holes.follow(line, gate);
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
            } else if (!mayLoseSome(first.meta().source()) || !holes.canAsk()) {
                sequence.beginAt(index, index);
            }
        }
    }

    /** Whether there may be messages before the first one that a source tells; others tell all from some point on. */
    private boolean mayLoseSome(String source) {
        return cursors != null && cursors.isResumed() || source.equals(SourceKind.WEBHOOK.sourceName());
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
                line.sequence.missHoles(gate);
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
        holes.fillIn(sequence, reading, gate);
        boolean taken = sequence.hasTaken(reading);
        holes.follow(line, gate);
        return taken;
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
        blocked.forEach(holes::wake);
    }
}
