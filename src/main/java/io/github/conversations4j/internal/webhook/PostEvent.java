package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.wire.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What Twilio tells after it happened, each with the record that it becomes. */
enum PostEvent {
    CONVERSATION_ADDED("onConversationAdded", EventType.CONVERSATION_ADDED, EventReader::conversationAdded),
    CONVERSATION_UPDATED("onConversationUpdated", EventType.CONVERSATION_UPDATED, EventReader::conversationUpdated),
    CONVERSATION_REMOVED("onConversationRemoved", EventType.CONVERSATION_REMOVED, EventReader::conversationRemoved),
    CONVERSATION_STATE_UPDATED(
            "onConversationStateUpdated", EventType.CONVERSATION_STATE_UPDATED, EventReader::conversationStateUpdated),
    MESSAGE_ADDED("onMessageAdded", EventType.MESSAGE_ADDED, EventReader::messageAdded),
    MESSAGE_UPDATED("onMessageUpdated", EventType.MESSAGE_UPDATED, EventReader::messageUpdated),
    MESSAGE_REMOVED("onMessageRemoved", EventType.MESSAGE_REMOVED, EventReader::messageRemoved),
    PARTICIPANT_ADDED("onParticipantAdded", EventType.PARTICIPANT_JOINED, EventReader::participantAdded),
    PARTICIPANT_UPDATED("onParticipantUpdated", EventType.PARTICIPANT_UPDATED, EventReader::participantUpdated),
    PARTICIPANT_REMOVED("onParticipantRemoved", EventType.PARTICIPANT_LEFT, EventReader::participantRemoved),
    DELIVERY_UPDATED("onDeliveryUpdated", EventType.DELIVERY_UPDATED, EventReader::deliveryUpdated),
    USER_ADDED("onUserAdded", EventType.USER_ADDED, EventReader::userAdded),
    USER_UPDATED("onUserUpdated", EventType.USER_UPDATED, EventReader::userUpdated);

    private static final List<PostEvent> ALL = List.of(values());

    private final byte[] twilioName;
    private final EventType<?> type;
    private final Function<Parameters, ConversationsEvent> reader;

    PostEvent(String twilioName, EventType<?> type, Function<Parameters, ConversationsEvent> reader) {
        this.type = type;
        this.twilioName = twilioName.getBytes(StandardCharsets.US_ASCII);
        this.reader = reader;
    }

    /** Twilio's name of a kind of event; null if no webhook tells it. */
    static @Nullable String nameOf(EventType<?> type) {
        for (PostEvent event : ALL) {
            if (event.type.equals(type)) {
                return new String(event.twilioName, StandardCharsets.US_ASCII);
            }
        }
        return null;
    }

    /** The event whose name is the value of a parameter; null if it is no name of one. */
    static @Nullable PostEvent named(Form form, int index) {
        for (PostEvent event : ALL) {
            if (form.isValue(index, event.twilioName)) {
                return event;
            }
        }
        return null;
    }

    /** Reads the event; throws {@link UnreadableEventException} if something is missing that it cannot do without. */
    ConversationsEvent read(Parameters parameters) {
        return reader.apply(parameters);
    }
}
