package io.github.conversations4j.event;

import io.github.conversations4j.model.Participant;

/**
 * Somebody else is typing; repeated while they go on. Only the realtime source sees it.
 *
 * @param meta id, time and origin of the event
 * @param participant who is typing
 */
public record TypingStarted(EventMeta meta, Participant participant) implements ConversationScoped {

    @Override
    public EventType<TypingStarted> type() {
        return EventType.TYPING_STARTED;
    }

    @Override
    public String conversationSid() {
        return participant.conversationSid();
    }
}
