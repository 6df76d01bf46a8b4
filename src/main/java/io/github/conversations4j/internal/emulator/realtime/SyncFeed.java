package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.realtime.SyncShapes.Last;
import io.github.conversations4j.internal.emulator.realtime.SyncShapes.UserItem;
import io.github.conversations4j.internal.emulator.state.Change;
import io.github.conversations4j.internal.emulator.state.Change.OfConversation;
import io.github.conversations4j.internal.emulator.state.Change.OfMessage;
import io.github.conversations4j.internal.emulator.state.Change.OfParticipant;
import io.github.conversations4j.internal.emulator.state.Change.OfReceipt;
import io.github.conversations4j.internal.emulator.state.Change.OfUser;
import io.github.conversations4j.internal.emulator.state.ChangeListener;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What changes of the state do to Sync objects. The events of each object are numbered from 0 on, in the moment of the
 * change, so that whoever reads an object knows which events it holds the effects of; they are sent when the change is
 * delivered. Thread-safe: what numbers is guarded by the lock of the service.
 *
 * <p>When somebody leaves, their item is removed from their own map; whether the service does that or keeps it as
 * {@code notParticipating} is not known, and clients take both. The items of a removed conversation go before its document,
 * because the other way round the official client does not tell that it was left.
 */
final class SyncFeed implements ChangeListener {
    private static final long NONE = -1;

    private final ChatService service;

    // Guarded by the lock of the service.
    private final Map<SyncObject, Numbered> numbered = new HashMap<>();

    private final Queue<Recorded> undelivered = new ConcurrentLinkedQueue<>();

    private record Recorded(long sequence, List<SyncEvent> events) {}

    SyncFeed(ChatService service) {
        this.service = service;
    }

    /** The number of the last event of an object; −1 if it had none since the first client came. Called under the lock. */
    long lastId(SyncObject object) {
        Numbered had = numbered.get(object);
        return had == null ? NONE : had.lastId;
    }

    /** Numbers the events of a change. Called in order, under the lock. */
    @Override
    public void onChange(Change change) {
        List<SyncEvent> events = of(change);
        if (!events.isEmpty()) {
            undelivered.add(new Recorded(change.stamp().sequence(), events));
        }
    }

    /**
     * The events of a change that is delivered; none if it was made before the first client came. What was numbered before it
     * was delivered while nobody could take it: whoever reads the objects later sees what it did.
     */
    List<SyncEvent> take(Change change) {
        long sequence = change.stamp().sequence();
        Recorded next = undelivered.peek();
        while (next != null && next.sequence() < sequence) {
            undelivered.remove();
            next = undelivered.peek();
        }
        if (next == null || next.sequence() != sequence) {
            return List.of();
        }
        undelivered.remove();
        return next.events();
    }

    private List<SyncEvent> of(Change change) {
        List<SyncEvent> events = new ArrayList<>();
        if (change instanceof OfMessage of) {
            message(of, events);
        } else if (change instanceof OfConversation of) {
            conversation(of, events);
        } else if (change instanceof OfParticipant of) {
            participant(of, events);
        } else if (change instanceof OfUser of) {
            user(of, events);
        } else if (change instanceof OfReceipt of) {
            messageItem(of, of.message(), "list_item_updated", events);
        }
        return events;
    }

    private void message(OfMessage of, List<SyncEvent> events) {
        StoredMessage message = of.message();
        String type = of.added() ? "list_item_added" : of.removed() ? "list_item_removed" : "list_item_updated";
        messageItem(of, message, type, events);
        if (of.added()) {
            document(of, of.conversation(), new Last(message.index(), message.dateCreated()), events);
        }
    }

    private void messageItem(Change change, StoredMessage message, String type, List<SyncEvent> events) {
        events.add(event(
                change,
                SyncObject.messages(message.conversationSid()),
                type,
                Long.toString(message.index()),
                () -> SyncShapes.message(message)));
    }

    private void document(Change change, StoredConversation conversation, @Nullable Last last, List<SyncEvent> events) {
        events.add(event(
                change,
                SyncObject.conversation(conversation.sid()),
                "document_updated",
                null,
                () -> SyncShapes.conversation(conversation, last)));
    }

    private void conversation(OfConversation of, List<SyncEvent> events) {
        if (of.updated()) {
            document(
                    of,
                    of.conversation(),
                    SyncReader.last(service, of.conversation().sid()),
                    events);
        } else if (of.removed()) {
            String sid = of.conversation().sid();
            for (StoredParticipant member : of.members()) {
                ownItem(of, member, "map_item_removed", events);
            }
            gone(of, SyncObject.conversation(sid), events);
            gone(of, SyncObject.messages(sid), events);
            gone(of, SyncObject.roster(sid), events);
        }
    }

    private void gone(Change change, SyncObject object, List<SyncEvent> events) {
        events.add(event(change, object, object.kind().word() + "_removed", null, SyncShapes::object));
        numbered.remove(object);
    }

    private void participant(OfParticipant of, List<SyncEvent> events) {
        StoredParticipant participant = of.participant();
        String verb = of.added() ? "map_item_added" : of.removed() ? "map_item_removed" : "map_item_updated";
        StoredUser user =
                participant.identity() == null ? null : service.users().find(participant.identity());
        events.add(event(
                of,
                SyncObject.roster(participant.conversationSid()),
                verb,
                participant.sid(),
                () -> SyncShapes.participant(participant, user)));
        StoredParticipant before = of.before();
        boolean own = !of.updated()
                || before == null
                || !Objects.equals(before.lastReadIndex(), participant.lastReadIndex())
                || before.notificationLevel() != participant.notificationLevel();
        if (own) {
            ownItem(of, participant, verb, events);
        }
    }

    private void ownItem(Change change, StoredParticipant participant, String type, List<SyncEvent> events) {
        if (participant.identity() != null) {
            events.add(event(
                    change,
                    SyncObject.conversationsOf(participant.identity()),
                    type,
                    participant.conversationSid(),
                    () -> SyncShapes.membership(participant)));
        }
    }

    private void user(OfUser of, List<SyncEvent> events) {
        StoredUser before = of.before();
        if (before == null || of.removed()) {
            return;
        }
        StoredUser user = of.user();
        for (UserItem item : UserItem.values()) {
            if (!item.data(before).equals(item.data(user))) {
                events.add(
                        event(of, SyncObject.user(user.sid()), "map_item_updated", item.key(), () -> item.data(user)));
            }
        }
    }

    private SyncEvent event(
            Change change, SyncObject object, String type, @Nullable String key, Supplier<ObjectNode> data) {
        Numbered had = numbered.computeIfAbsent(object, Numbered::new);
        had.lastId++;
        return new SyncEvent(
                had.object, had.lastId, type, key, data, change.stamp().at());
    }

    /** An object that had events. It knows its SID, which takes a digest to make. */
    private static final class Numbered {
        final SyncObject object;
        long lastId = NONE;

        Numbered(SyncObject object) {
            this.object = object;
        }
    }
}
