package io.github.conversations4j.event;

import io.github.conversations4j.model.ConversationSnapshot;

/**
 * A conversation was deleted, or went out of sight of a participant's client.
 *
 * @param meta id, time and origin of the event
 * @param conversation the conversation as it was last
 */
public record ConversationRemoved(EventMeta meta, ConversationSnapshot conversation) implements ConversationScoped {

    @Override
    public EventType<ConversationRemoved> type() {
        return EventType.CONVERSATION_REMOVED;
    }

    @Override
    public String conversationSid() {
        return conversation.sid();
    }
}
