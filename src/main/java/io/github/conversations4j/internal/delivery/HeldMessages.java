package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.source.Sink.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one conversation that wait, by index, and the room that they take. Guarded by whoever keeps their
 * sequence.
 */
final class HeldMessages {
    private final Holding holding;
    private final TreeMap<Integer, Held> messages = new TreeMap<>();
    private int events;

    HeldMessages(Holding holding) {
        this.holding = holding;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    boolean has(int index) {
        return messages.containsKey(index);
    }

    /** The message at an index, which waits from now on if it did not. */
    Held at(int index) {
        return messages.computeIfAbsent(index, any -> new Held(holding.now()));
    }

    /** The lowest index; something must be held. */
    int lowest() {
        return messages.firstKey();
    }

    /** The highest index; something must be held. */
    int highest() {
        return messages.lastKey();
    }

    /** The message at the lowest index; something must be held. */
    Held first() {
        return messages.firstEntry().getValue();
    }

    /** Up to which index Twilio is to be asked, for all that has waited long enough; something must be held. */
    int askTo(Instant now, Duration patience) {
        int to = lowest();
        for (Map.Entry<Integer, Held> entry : messages.entrySet()) {
            if (!entry.getValue().since.plus(patience).isAfter(now)) {
                to = Math.max(to, entry.getKey());
            }
        }
        return to;
    }

    /** The last index of the first hole; something must be held. */
    int holeTo() {
        return first().added == null ? lowest() : lowest() - 1;
    }

    /** The index of a message that has come and waits; null if it does not. */
    @Nullable
    Integer indexOf(String messageSid) {
        for (Map.Entry<Integer, Held> entry : messages.entrySet()) {
            MessageAdded added = entry.getValue().added;
            if (added != null && added.message().sid().equals(messageSid)) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** Takes an event of the message at an index, if there is room. */
    Offer add(ConversationsEvent event, int index) {
        Held message = messages.get(index);
        if (message != null && message.has(event)) {
            return Offer.DUPLICATE;
        }
        if (!holding.take(Held.weight(event), events)) {
            return Offer.REFUSED;
        }
        events++;
        at(index).add(event);
        return Offer.ACCEPTED;
    }

    /** An event waits no longer. */
    void giveBack(@Nullable ConversationsEvent event) {
        if (event != null) {
            holding.giveBack(Held.weight(event));
            events--;
        }
    }

    void remove(int index) {
        messages.remove(index);
    }

    /** Forgets what was read, which can be read again; what came waits on. */
    void forgetFound() {
        messages.values().forEach(message -> message.found = null);
        messages.values().removeIf(Held::isEmpty);
    }

    /** Says what hooks will not be called with. */
    void missed(String conversationSid, Gate gate) {
        Set<EventType<?>> types = new HashSet<>();
        messages.forEach((index, message) -> {
            if (message.added != null) {
                gate.missed(conversationSid, index, index);
            }
            message.followers.forEach(event -> types.add(event.type()));
        });
        gate.missed(conversationSid, types);
    }

    /** Gives back all room. */
    void clear() {
        for (Held message : messages.values()) {
            giveBack(message.takeAdded());
            message.followers.forEach(this::giveBack);
        }
        messages.clear();
    }
}
