package io.github.conversations4j.event;

import io.github.conversations4j.model.Message;

/**
 * A message was written.
 *
 * @param meta id, time and origin of the event
 * @param message the message
 */
public record MessageAdded(EventMeta meta, Message message) implements ConversationScoped {

    @Override
    public EventType<MessageAdded> type() {
        return EventType.MESSAGE_ADDED;
    }

    @Override
    public String conversationSid() {
        return message.conversationSid();
    }
}
