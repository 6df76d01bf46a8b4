package io.github.conversations4j.event;

import io.github.conversations4j.model.ConversationSnapshot;

/**
 * The user of this client no longer takes part in a conversation.
 *
 * @param meta id, time and origin of the event
 * @param conversation the conversation
 */
public record ConversationLeft(EventMeta meta, ConversationSnapshot conversation) implements ConversationScoped {

    @Override
    public EventType<ConversationLeft> type() {
        return EventType.CONVERSATION_LEFT;
    }

    @Override
    public String conversationSid() {
        return conversation.sid();
    }
}
