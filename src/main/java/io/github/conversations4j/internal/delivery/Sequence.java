package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.Sink.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one conversation, in the order of their indexes. Guarded by whoever keeps it.
 *
 * <p>All of its memory is one number as long as messages come in order: the <em>position</em>, the lowest index that has
 * not gone on to the hooks. A message above it is <em>early</em> and held, with everything that happens to it, until
 * the hole below it is filled: by the messages themselves, or by a {@link Reading} of what Twilio holds, which also tells
 * which indexes have no message. A message below the position is <em>late</em> if its index was passed over, and has gone on
 * before if not.
 *
 * <p>What may be lost: indexes that were passed over are remembered in few ranges, and forgotten with the sequence. A late
 * message of a forgotten range is taken for one that went on before.
 */
final class Sequence {
    /** No message was seen that says where hooks are to begin. */
    static final int UNKNOWN = -1;

    private final String conversationSid;
    private final Holding holding;

    private int position;

    /** From here on the sequence knows what has gone on. Below, the memory of delivered states has to tell. */
    private int sureFrom;

    /** Up to here Twilio was asked. */
    private int answeredTo = UNKNOWN;

    /** The highest index of what hooks had no room for. */
    private int refusedTo = UNKNOWN;

    // Null as long as there are none.
    private @Nullable HeldMessages held;
    private @Nullable Gaps gaps;

    private boolean blocked;

    Sequence(String conversationSid, Holding holding) {
        this.conversationSid = conversationSid;
        this.holding = holding;
        this.position = UNKNOWN;
    }

    String conversationSid() {
        return conversationSid;
    }

    /** Where hooks are; {@link #UNKNOWN} if that is not known. */
    int position() {
        return position;
    }

    /** Says where hooks are, and from which index on that is known. */
    void beginAt(int newPosition, int newSureFrom) {
        position = newPosition;
        sureFrom = newSureFrom;
    }

    /** The lowest index that Twilio is to be asked for. */
    int openFrom() {
        return gaps == null ? position : gaps.lowestOpen(position);
    }

    /** Up to here there were messages, whatever Twilio holds now; {@link #UNKNOWN} if nothing was refused. */
    int refusedTo() {
        return refusedTo;
    }

    boolean isHolding() {
        return held != null;
    }

    /** Whether hooks have no room for what could go on. */
    boolean isBlocked() {
        return blocked;
    }

    /** Since when the first of what is held waits; something must be held. */
    Instant heldSince() {
        return held().first().since;
    }

    /** Up to which index Twilio is to be asked, for all that has waited long enough; something must be held. */
    int askTo(Instant now, Duration patience) {
        return held().askTo(now, patience);
    }

    /** The last index of the first hole; something must be held. */
    int holeTo() {
        return held().holeTo();
    }

    private HeldMessages held() {
        if (held == null) {
            held = new HeldMessages(holding);
        }
        return held;
    }

    // ---- what comes

    /** Takes an event of the message at an index. */
    Offer offer(ConversationsEvent event, int index, Gate gate) {
        Offer offer = take(event, index, gate);
        if (offer == Offer.REFUSED) {
            refusedTo = Math.max(refusedTo, index);
        }
        return offer;
    }

    private Offer take(ConversationsEvent event, int index, Gate gate) {
        boolean added = event instanceof MessageAdded;
        if (added && index == position) {
            return atPosition((MessageAdded) event, gate);
        }
        if (added && index < position) {
            return late((MessageAdded) event, gate);
        }
        boolean early = added || position != UNKNOWN && index >= position;
        return early || held != null && held.has(index) ? hold(event, index) : gate.pass(event);
    }

    private Offer atPosition(MessageAdded event, Gate gate) {
        Offer offer = pass(event, deliveredTo(position), gate);
        if (offer != Offer.REFUSED) {
            if (held == null) {
                position++;
            } else {
                held.at(position).passed = true;
                release(gate);
            }
        }
        return offer;
    }

    /** Lets the next message go on. One that was removed before it could be told is missed. */
    private Offer pass(MessageAdded event, int deliveredTo, Gate gate) {
        Offer offer = gate.pass(event, deliveredTo);
        if (offer == Offer.DUPLICATE && gate.isRemovedUntold(event.message())) {
            int index = event.message().index();
            gate.missed(conversationSid, index, index);
        }
        return offer;
    }

    /** What is delivered when the message at an index is: nothing beyond what nobody could be asked about. */
    private int deliveredTo(int index) {
        return gaps == null ? index : gaps.lowestOpen(index + 1) - 1;
    }

    private Offer late(MessageAdded event, Gate gate) {
        int index = event.message().index();
        boolean missing = gaps != null && gaps.contains(index);
        if (!missing && index >= sureFrom) {
            return Offer.DUPLICATE;
        }
        Offer offer = gate.pass(new MessageAdded(event.meta().asRecovered(), event.message()));
        if (offer != Offer.REFUSED && missing) {
            if (offer == Offer.DUPLICATE && gaps().isOpen(index) && gate.isRemovedUntold(event.message())) {
                gate.missed(conversationSid, index, index);
            }
            gaps().found(index);
        } else if (missing) {
            // There is a message, so that whoever compares is to ask for it again.
            gaps().leaveOpen(index, index);
        }
        return offer;
    }

    /** Takes a step in the delivery of a message, which waits if the message does. */
    Offer offer(DeliveryUpdated event, Gate gate) {
        Integer index = held == null ? null : held.indexOf(event.receipt().messageSid());
        return index == null ? gate.pass(event) : hold(event, index);
    }

    private Offer hold(ConversationsEvent event, int index) {
        HeldMessages all = held();
        Offer offer = all.add(event, index);
        held = all.isEmpty() ? null : all;
        return offer;
    }

    // ---- what goes on

    /** Fills in what Twilio holds and lets go on what can. */
    void fill(Reading reading, Function<Message, MessageAdded> recovered, Gate gate) {
        if (position == UNKNOWN) {
            int lowest = held == null ? reading.to() + 1 : Math.min(reading.to() + 1, held.lowest());
            int begin = reading.messages().isEmpty()
                    ? lowest
                    : Math.min(lowest, reading.messages().get(0).index());
            beginAt(begin, begin);
        }
        lateOnes(reading, recovered, gate);
        for (Message message : reading.messages()) {
            if (message.index() >= position) {
                Held at = held().at(message.index());
                at.found = at.added == null && !at.passed ? recovered.apply(message) : null;
            }
        }
        if (reading.from() <= position) {
            answeredTo = Math.max(answeredTo, reading.to());
        }
        release(gate);
        if (blocked) {
            forgetFound();
        }
    }

    private void lateOnes(Reading reading, Function<Message, MessageAdded> recovered, Gate gate) {
        Gaps missing = gaps;
        if (missing == null || missing.isEmpty()) {
            return;
        }
        boolean room = true;
        for (Message message : reading.messages()) {
            if (missing.contains(message.index())) {
                room &= late(recovered.apply(message), gate) != Offer.REFUSED;
            }
        }
        if (room && reading.from() <= reading.to()) {
            missing.close(reading.from(), reading.to(), conversationSid, gate);
        }
    }

    /** Whether everything of a reading has gone on. */
    boolean hasTaken(Reading reading) {
        return openFrom() > reading.to();
    }

    /** What was read can be read again, and need not be kept until there is room; what was held before it waits too. */
    private void forgetFound() {
        HeldMessages all = held();
        refusedTo = Math.max(refusedTo, all.highest());
        all.forgetFound();
        answeredTo = Math.min(answeredTo, position - 1);
        held = all.isEmpty() ? null : held;
        blocked = held != null;
    }

    /** Gives up the first hole without an answer. */
    void passOver(Gate gate) {
        int to = holeTo();
        if (position == UNKNOWN) {
            beginAt(to + 1, to + 1);
        } else if (to >= position) {
            gaps().leaveOpen(position, to);
            held().first().passed |= held().lowest() == to;
            position = to + 1;
        }
        release(gate);
    }

    /** Gives up the first hole, since there is nobody who could tell what was there. */
    void missHole(Gate gate) {
        int to = holeTo();
        if (position != UNKNOWN && position <= to) {
            gate.missed(conversationSid, position, to);
        }
        passOver(gate);
    }

    /** Gives up all holes, as far as hooks have room for what comes after them. */
    void missHoles(Gate gate) {
        while (isHolding() && !blocked) {
            missHole(gate);
        }
    }

    /** A message that had gone on has not been taken after all. */
    void takenBack(int index) {
        refusedTo = Math.max(refusedTo, index);
        if (position == index + 1) {
            position = index;
            answeredTo = Math.min(answeredTo, index - 1);
        } else if (index < position) {
            gaps().leaveOpen(index, index);
        }
    }

    private Gaps gaps() {
        if (gaps == null) {
            gaps = new Gaps();
        }
        return gaps;
    }

    /** Lets go on what can, in order. */
    void release(Gate gate) {
        blocked = false;
        while (held != null && !held.isEmpty()) {
            int next = held.lowest();
            if (next > position) {
                if (position > answeredTo) {
                    return;
                }
                missing(Math.min(next - 1, answeredTo), gate);
            } else if (!letGo(next, held, gate)) {
                return;
            }
        }
        held = null;
        if (position <= answeredTo) {
            missing(answeredTo, gate);
        }
    }

    private void missing(int to, Gate gate) {
        gate.missed(conversationSid, position, to);
        gaps().add(position, to);
        position = to + 1;
    }

    /** Lets one message and what happened to it go on; returns whether all of it did. */
    private boolean letGo(int index, HeldMessages from, Gate gate) {
        Held message = from.at(index);
        if (!message.passed) {
            MessageAdded added = message.added == null ? message.found : message.added;
            if (added == null && index > answeredTo) {
                return false;
            } else if (added == null) {
                gate.missed(conversationSid, index, index);
                gaps().add(index, index);
            } else if (pass(added, deliveredTo(index), gate) == Offer.REFUSED) {
                refusedTo = Math.max(refusedTo, index);
                blocked = true;
                return false;
            }
        }
        message.passed = true;
        position = Math.max(position, index + 1);
        from.giveBack(message.takeAdded());
        while (!message.followers.isEmpty()) {
            if (gate.pass(message.followers.element()) == Offer.REFUSED) {
                blocked = true;
                return false;
            }
            from.giveBack(message.followers.remove());
        }
        from.remove(index);
        return true;
    }

    /** Gives up what hooks have no room for, and says so. */
    void giveUpHeld(Gate gate) {
        if (held != null) {
            held.missed(conversationSid, gate);
            clear();
        }
    }

    /** Gives up everything that is held. */
    void clear() {
        if (held != null) {
            held.clear();
            held = null;
        }
    }
}
