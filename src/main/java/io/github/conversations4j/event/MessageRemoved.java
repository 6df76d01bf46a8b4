package io.github.conversations4j.event;

import io.github.conversations4j.model.Message;

/**
 * A message was removed.
 *
 * @param meta id, time and origin of the event
 * @param message the message as it was last
 */
public record MessageRemoved(EventMeta meta, Message message) implements ConversationScoped {

    @Override
    public EventType<MessageRemoved> type() {
        return EventType.MESSAGE_REMOVED;
    }

    @Override
    public String conversationSid() {
        return message.conversationSid();
    }
}
