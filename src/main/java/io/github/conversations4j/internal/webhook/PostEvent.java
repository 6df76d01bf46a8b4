package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.wire.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    private static final List<PostEvent> ALL = List.of(values());

    private final byte[] twilioName;
    private final Function<Parameters, ConversationsEvent> reader;

    PostEvent(String twilioName, Function<Parameters, ConversationsEvent> reader) {
        this.twilioName = twilioName.getBytes(StandardCharsets.US_ASCII);
        this.reader = reader;
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
