package io.github.conversations4j.event;

import io.github.conversations4j.model.ConversationState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a conversation changed; seen by the server side only.
 *
 * @param meta id, time and origin of the event
 * @param conversationSid the conversation, {@code CH…}
 * @param from the state before
 * @param to the state now
 * @param reason {@code API}, {@code TIMER} or {@code EVENT}; null if the source did not say
 */
public record ConversationStateUpdated(
        EventMeta meta,
        String conversationSid,
        ConversationState from,
        ConversationState to,
        @Nullable String reason) implements ConversationScoped {

    @Override
    public EventType<ConversationStateUpdated> type() {
        return EventType.CONVERSATION_STATE_UPDATED;
    }
}
