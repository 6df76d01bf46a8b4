package io.github.conversations4j.internal.emulator.realtime;

import io.github.conversations4j.internal.emulator.realtime.SyncShapes.Last;
import io.github.conversations4j.internal.emulator.realtime.SyncShapes.UserItem;
import io.github.conversations4j.internal.emulator.state.Change;
import io.github.conversations4j.internal.emulator.state.Change.OfConversation;
import io.github.conversations4j.internal.emulator.state.Change.OfMessage;
import io.github.conversations4j.internal.emulator.state.Change.OfParticipant;
import io.github.conversations4j.internal.emulator.state.Change.OfReceipt;
import io.github.conversations4j.internal.emulator.state.Change.OfUser;
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
import org.jspecify.annotations.Nullable;

/**
 * What a change of the state does to Sync objects. Confined to the delivery of changes, which is one at a time and in
 * order.
 *
 * <p>When somebody leaves, their item is removed from their own map; whether the service does that or keeps it as
 * {@code notParticipating} is not known, and clients take both. The items of a removed conversation go before its document,
 * because the other way round the official client does not tell that it was left.
 */
final class SyncFeed {
    /** Event ids of one change: the sequence times this, so that one change may touch an object more than once. */
    static final int STEP = 4;

    private final ChatService service;
    private final Map<String, Last> lastMessages = new HashMap<>();

    SyncFeed(ChatService service) {
        this.service = service;
    }

    /** The last event id that an object can have which was read after a change. */
    static long idAt(long sequence) {
        return sequence * STEP + STEP - 1;
    }

    List<SyncEvent> of(Change change) {
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
            lastMessages.put(message.conversationSid(), new Last(message.index(), message.dateCreated()));
            document(of, of.conversation(), events);
        }
    }

    private static void messageItem(Change change, StoredMessage message, String type, List<SyncEvent> events) {
        events.add(new SyncEvent(
                SyncObject.messages(message.conversationSid()),
                id(change, 0),
                type,
                Long.toString(message.index()),
                () -> SyncShapes.message(message),
                change.stamp().at()));
    }

    private void document(Change change, StoredConversation conversation, List<SyncEvent> events) {
        Last last = last(conversation.sid());
        events.add(new SyncEvent(
                SyncObject.conversation(conversation.sid()),
                id(change, 0),
                "document_updated",
                null,
                () -> SyncShapes.conversation(conversation, last),
                change.stamp().at()));
    }

    /** The last message as the changes so far tell it; of what was before them, the state. */
    private @Nullable Last last(String conversationSid) {
        Last known = lastMessages.get(conversationSid);
        return known == null ? SyncReader.last(service, conversationSid) : known;
    }

    private void conversation(OfConversation of, List<SyncEvent> events) {
        if (of.updated()) {
            document(of, of.conversation(), events);
        } else if (of.removed()) {
            String sid = of.conversation().sid();
            for (StoredParticipant member : of.members()) {
                ownItem(of, member, "map_item_removed", events);
            }
            gone(of, SyncObject.conversation(sid), events);
            gone(of, SyncObject.messages(sid), events);
            gone(of, SyncObject.roster(sid), events);
            lastMessages.remove(sid);
        }
    }

    private static void gone(Change change, SyncObject object, List<SyncEvent> events) {
        events.add(new SyncEvent(
                object,
                id(change, 0),
                object.kind().word() + "_removed",
                null,
                SyncShapes::object,
                change.stamp().at()));
    }

    private void participant(OfParticipant of, List<SyncEvent> events) {
        StoredParticipant participant = of.participant();
        String verb = of.added() ? "map_item_added" : of.removed() ? "map_item_removed" : "map_item_updated";
        StoredUser user =
                participant.identity() == null ? null : service.users().find(participant.identity());
        events.add(new SyncEvent(
                SyncObject.roster(participant.conversationSid()),
                id(of, 0),
                verb,
                participant.sid(),
                () -> SyncShapes.participant(participant, user),
                of.stamp().at()));
        StoredParticipant before = of.before();
        boolean own = !of.updated()
                || before == null
                || !Objects.equals(before.lastReadIndex(), participant.lastReadIndex())
                || before.notificationLevel() != participant.notificationLevel();
        if (own) {
            ownItem(of, participant, verb, events);
        }
    }

    private static void ownItem(Change change, StoredParticipant participant, String type, List<SyncEvent> events) {
        if (participant.identity() != null) {
            events.add(new SyncEvent(
                    SyncObject.conversationsOf(participant.identity()),
                    id(change, 0),
                    type,
                    participant.conversationSid(),
                    () -> SyncShapes.membership(participant),
                    change.stamp().at()));
        }
    }

    private static void user(OfUser of, List<SyncEvent> events) {
        StoredUser before = of.before();
        if (before == null || of.removed()) {
            return;
        }
        StoredUser user = of.user();
        for (UserItem item : UserItem.values()) {
            if (!item.data(before).equals(item.data(user))) {
                events.add(new SyncEvent(
                        SyncObject.user(user.sid()),
                        id(of, item.ordinal()),
                        "map_item_updated",
                        item.key(),
                        () -> item.data(user),
                        of.stamp().at()));
            }
        }
    }

    private static long id(Change change, int step) {
        return change.stamp().sequence() * STEP + step;
    }
}
