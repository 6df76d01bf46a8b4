package io.github.conversations4j.event;

import io.github.conversations4j.model.Message;
import java.util.Set;

/**
 * A message was changed.
 *
 * @param meta id, time and origin of the event
 * @param message the message as it is now
 * @param updateReasons what changed; holds {@code UNKNOWN} where neither the source nor a remembered former state tells
 */
public record MessageUpdated(EventMeta meta, Message message, Set<MessageUpdateReason> updateReasons)
        implements ConversationScoped {
    /** Checks and copies what was given. */
    public MessageUpdated {
        updateReasons = Reasons.copyOf(updateReasons);
    }

    @Override
    public EventType<MessageUpdated> type() {
        return EventType.MESSAGE_UPDATED;
    }

    @Override
    public String conversationSid() {
        return message.conversationSid();
    }
}
