package io.github.conversations4j.event;

import io.github.conversations4j.model.ConversationSnapshot;

/**
 * The user of this client now takes part in a conversation.
 *
 * @param meta id, time and origin of the event
 * @param conversation the conversation
 */
public record ConversationJoined(EventMeta meta, ConversationSnapshot conversation) implements ConversationScoped {

    @Override
    public EventType<ConversationJoined> type() {
        return EventType.CONVERSATION_JOINED;
    }

    @Override
    public String conversationSid() {
        return conversation.sid();
    }
}
