package io.github.conversations4j.event;

import io.github.conversations4j.model.ConversationSnapshot;
import java.util.Set;

/**
 * Something about a conversation changed.
 *
 * @param meta id, time and origin of the event
 * @param conversation the conversation as it is now
 * @param updateReasons what changed; holds {@code UNKNOWN} where neither the source nor a remembered former state tells
 */
public record ConversationUpdated(
        EventMeta meta, ConversationSnapshot conversation, Set<ConversationUpdateReason> updateReasons)
        implements ConversationScoped {
    /** Checks and copies what was given. */
    public ConversationUpdated {
        updateReasons = Reasons.copyOf(updateReasons);
    }

    @Override
    public EventType<ConversationUpdated> type() {
        return EventType.CONVERSATION_UPDATED;
    }

    @Override
    public String conversationSid() {
        return conversation.sid();
    }
}
