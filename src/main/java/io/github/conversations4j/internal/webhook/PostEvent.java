package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.event.ConversationsEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What Twilio tells after it happened, each with the record that it becomes. */
enum PostEvent {
    CONVERSATION_ADDED("onConversationAdded", EventReader::conversationAdded),
    CONVERSATION_UPDATED("onConversationUpdated", EventReader::conversationUpdated),
    CONVERSATION_REMOVED("onConversationRemoved", EventReader::conversationRemoved),
    CONVERSATION_STATE_UPDATED("onConversationStateUpdated", EventReader::conversationStateUpdated),
    MESSAGE_ADDED("onMessageAdded", EventReader::messageAdded),
    MESSAGE_UPDATED("onMessageUpdated", EventReader::messageUpdated),
    MESSAGE_REMOVED("onMessageRemoved", EventReader::messageRemoved),
    PARTICIPANT_ADDED("onParticipantAdded", EventReader::participantAdded),
    PARTICIPANT_UPDATED("onParticipantUpdated", EventReader::participantUpdated),
    PARTICIPANT_REMOVED("onParticipantRemoved", EventReader::participantRemoved),
    DELIVERY_UPDATED("onDeliveryUpdated", EventReader::deliveryUpdated),
    USER_ADDED("onUserAdded", EventReader::userAdded),
    USER_UPDATED("onUserUpdated", EventReader::userUpdated);

    private static final Map<String, PostEvent> BY_NAME = new HashMap<>();

    static {
        for (PostEvent event : values()) {
            BY_NAME.put(event.twilioName, event);
        }
    }

    private final String twilioName;
    private final Function<Parameters, ConversationsEvent> reader;

    PostEvent(String twilioName, Function<Parameters, ConversationsEvent> reader) {
        this.twilioName = twilioName;
        this.reader = reader;
    }

    static @Nullable PostEvent named(String twilioName) {
        return BY_NAME.get(twilioName);
    }

    /** Reads the event; throws {@link UnreadableEventException} if something is missing that it cannot do without. */
    ConversationsEvent read(Parameters parameters) {
        return reader.apply(parameters);
    }
}
