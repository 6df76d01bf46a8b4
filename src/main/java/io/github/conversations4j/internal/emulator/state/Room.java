package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.model.ConversationState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One conversation with everything in it. Confined to the lock of its service. */
final class Room {
    final Shelf<StoredMessage> messages = new Shelf<>();
    final Shelf<StoredParticipant> participants = new Shelf<>();
    final Shelf<ScopedWebhook> webhooks = new Shelf<>();
    final Map<String, Shelf<StoredReceipt>> receipts = new HashMap<>();
    final Pace pace = new Pace(50063);
    private final Map<String, String> sidsByIdentity = new HashMap<>();
    private final String path;

    StoredConversation conversation;
    long nextIndex;
    int nonChatParticipants;

    @Nullable
    Cancellable timer;

    /** The webhooks as a list that changes can share. */
    List<ScopedWebhook> hooks = List.of();

    Room(StoredConversation conversation) {
        this.conversation = conversation;
        this.path = "/Services/" + conversation.serviceSid() + "/Conversations/" + conversation.sid();
    }

    String sid() {
        return conversation.sid();
    }

    boolean closed() {
        return conversation.state() == ConversationState.CLOSED;
    }

    /** Closed is final: nothing comes in or changes any more. That what is there may be removed is assumed. */
    void requireOpen() {
        if (conversation.state() == ConversationState.INITIALIZING) {
            throw TwilioFault.conflict(50391, "Conversation " + sid() + " is still being set up");
        }
        if (closed()) {
            throw TwilioFault.invalid(50377, "Conversation " + sid() + " is closed, which is final");
        }
    }

    StoredMessage message(String sid) {
        StoredMessage found = messages.find(sid);
        if (found == null) {
            throw TwilioFault.notFound(path + "/Messages/" + sid);
        }
        return found;
    }

    StoredParticipant participant(String sidOrIdentity) {
        StoredParticipant found = participants.find(sidOrIdentity);
        if (found == null) {
            found = chatParticipant(sidOrIdentity);
        }
        if (found == null) {
            throw TwilioFault.notFound(path + "/Participants/" + sidOrIdentity);
        }
        return found;
    }

    @Nullable
    StoredParticipant chatParticipant(@Nullable String identity) {
        String sid = identity == null ? null : sidsByIdentity.get(identity);
        return sid == null ? null : participants.find(sid);
    }

    /** Finds who writes under a name: a chat user by identity, anybody else by address. */
    @Nullable
    StoredParticipant author(String name) {
        StoredParticipant chat = chatParticipant(name);
        if (chat != null || nonChatParticipants == 0) {
            return chat;
        }
        for (StoredParticipant participant : participants.all()) {
            if (name.equals(participant.name())) {
                return participant;
            }
        }
        return null;
    }

    void put(StoredParticipant participant) {
        StoredParticipant before = participants.find(participant.sid());
        if (before == null) {
            participants.add(participant.sid(), participant);
        } else {
            participants.replace(participant.sid(), participant);
            count(before, -1);
        }
        count(participant, 1);
    }

    void remove(StoredParticipant participant) {
        participants.remove(participant.sid());
        count(participant, -1);
    }

    private void count(StoredParticipant participant, int step) {
        if (participant.identity() == null) {
            nonChatParticipants += step;
        } else if (step > 0) {
            sidsByIdentity.put(participant.identity(), participant.sid());
        } else {
            sidsByIdentity.remove(participant.identity());
        }
    }

    ScopedWebhook webhook(String sid) {
        ScopedWebhook found = webhooks.find(sid);
        if (found == null) {
            throw TwilioFault.notFound(path + "/Webhooks/" + sid);
        }
        return found;
    }

    TwilioFault noReceipt(String messageSid, String sid) {
        return TwilioFault.notFound(path + "/Messages/" + messageSid + "/Receipts/" + sid);
    }
}
