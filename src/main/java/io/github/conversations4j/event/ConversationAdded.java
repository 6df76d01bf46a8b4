package io.github.conversations4j.event;

import io.github.conversations4j.model.ConversationSnapshot;

/**
 * A conversation came to be, or came into sight of a participant's client.
 *
 * @param meta id, time and origin of the event
 * @param conversation the conversation
 */
public record ConversationAdded(EventMeta meta, ConversationSnapshot conversation) implements ConversationScoped {

    @Override
    public EventType<ConversationAdded> type() {
        return EventType.CONVERSATION_ADDED;
    }

    @Override
    public String conversationSid() {
        return conversation.sid();
    }
}
