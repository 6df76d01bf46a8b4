package io.github.conversations4j.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What hooks were called with, added up as an application would. Guarded by itself. */
final class Told {
    private final Set<String> added = new HashSet<>();
    private final Map<String, String> bodies = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Map<String, String>> guests = new HashMap<>();
    private final Map<String, BitSet> indexes = new HashMap<>();
    private final Map<String, BitSet> present = new HashMap<>();
    private final Map<String, BitSet> missed = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int recovered;
    private int late;

    Told(ConversationsClient client) {
        client.onMessageAdded(this::added);
        client.onMessageUpdated(event -> changed(event.message()));
        client.onMessageRemoved(event -> removed(event.message()));
        client.onEventsMissed(this::missed);
        client.onConversationAdded(event -> named(event.conversation()));
        client.onConversationUpdated(event -> named(event.conversation()));
        client.onConversationRemoved(event -> gone(event.conversationSid()));
        client.onParticipantJoined(event -> joined(event.participant()));
        client.onParticipantLeft(event -> left(event.participant()));
    }

    private synchronized void added(MessageAdded event) {
        Message message = event.message();
        BitSet before = indexes.computeIfAbsent(event.conversationSid(), sid -> new BitSet());
        if (!added.add(message.sid())) {
            wrong.add("twice: " + message.sid() + " at " + message.index());
        }
        if (before.length() > message.index()) {
            late++;
            if (!event.meta().recovered()) {
                wrong.add("late and not marked: " + message.index() + " after " + (before.length() - 1));
            }
        }
        before.set(message.index());
        present.computeIfAbsent(event.conversationSid(), sid -> new BitSet()).set(message.index());
        bodies.put(message.sid(), String.valueOf(message.body()));
        recovered += event.meta().recovered() ? 1 : 0;
    }

    private synchronized void changed(Message message) {
        // Of one that was removed before it could be read, only this may have come.
        bodies.replace(message.sid(), String.valueOf(message.body()));
    }

    private synchronized void removed(Message message) {
        bodies.remove(message.sid());
        present.getOrDefault(message.conversationSid(), new BitSet()).clear(message.index());
    }

    private synchronized void missed(EventsMissed event) {
        Integer first = event.firstIndex();
        Integer last = event.lastIndex();
        if (event.types().contains(EventType.MESSAGE_ADDED) && first != null && last != null) {
            missed.computeIfAbsent(event.conversationSid(), sid -> new BitSet()).set(first, last + 1);
        }
    }

    private synchronized void named(ConversationSnapshot conversation) {
        if (conversation.friendlyName() != null) {
            names.put(conversation.sid(), conversation.friendlyName());
        }
    }

    private synchronized void gone(String conversationSid) {
        names.remove(conversationSid);
        guests.remove(conversationSid);
        indexes.remove(conversationSid);
        present.remove(conversationSid);
        missed.remove(conversationSid);
    }

    private synchronized void joined(Participant participant) {
        if (!"bob".equals(participant.identity())) {
            guests.computeIfAbsent(participant.conversationSid(), sid -> new HashMap<>())
                    .put(participant.sid(), String.valueOf(participant.identity()));
        }
    }

    private synchronized void left(Participant participant) {
        guests.getOrDefault(participant.conversationSid(), new HashMap<>()).remove(participant.sid());
    }

    /** Whether hooks know of all that is there, and of nothing else. */
    synchronized boolean isAll(Traffic.Truth truth) {
        return bodies.equals(truth.bodies)
                && truth.names.entrySet().stream()
                        .allMatch(named -> named.getValue().equals(names.get(named.getKey())))
                && truth.guests.entrySet().stream()
                        .allMatch(there -> Set.copyOf(there.getValue()).equals(guestsIn(there.getKey())));
    }

    private Set<String> guestsIn(String conversationSid) {
        return Set.copyOf(guests.getOrDefault(conversationSid, Map.of()).values());
    }

    /** Fails with what is different. */
    synchronized void requireAll(Traffic.Truth truth) {
        assertThat(difference(truth.bodies, bodies)).as("messages not told").isEmpty();
        assertThat(difference(bodies, truth.bodies))
                .as("messages told that are not there")
                .isEmpty();
        assertThat(wrong).as("twice, or late and not marked").isEmpty();
        assertThat(names).as("names").containsAllEntriesOf(truth.names);
        truth.guests.forEach((sid, there) ->
                assertThat(guestsIn(sid)).as("guests of %s", sid).containsExactlyInAnyOrderElementsOf(there));
        present.forEach((sid, there) -> assertThat(missedIn(sid).intersects(there))
                .as("there and missed in %s", sid)
                .isFalse());
        indexes.forEach((sid, told) -> {
            BitSet all = missedIn(sid);
            all.or(told);
            assertThat(all.nextClearBit(0))
                    .as("told or missed in %s: told %s, missed %s", sid, told, missedIn(sid))
                    .isGreaterThanOrEqualTo(told.length());
        });
    }

    private static Map<String, String> difference(Map<String, String> all, Map<String, String> without) {
        Map<String, String> left = new HashMap<>(all);
        left.entrySet().removeAll(without.entrySet());
        return left;
    }

    private BitSet missedIn(String conversationSid) {
        return (BitSet) missed.getOrDefault(conversationSid, new BitSet()).clone();
    }

    /** Whether the end of all conversations was told. */
    synchronized boolean isOver() {
        return indexes.isEmpty();
    }

    /** Forgets messages; their conversations are over. */
    synchronized void forget() {
        added.clear();
        bodies.clear();
    }

    @Override
    public synchronized String toString() {
        int gaps = missed.values().stream().mapToInt(BitSet::cardinality).sum();
        return added.size() + " messages told, " + recovered + " of them recovered, " + late + " late, " + gaps
                + " indexes missed";
    }
}
