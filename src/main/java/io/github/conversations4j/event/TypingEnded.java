package io.github.conversations4j.event;

import io.github.conversations4j.model.Participant;

/**
 * Somebody else stopped typing or sent their message. Only the realtime source sees it.
 *
 * @param meta id, time and origin of the event
 * @param participant who was typing
 */
public record TypingEnded(EventMeta meta, Participant participant) implements ConversationScoped {

    @Override
    public EventType<TypingEnded> type() {
        return EventType.TYPING_ENDED;
    }

    @Override
    public String conversationSid() {
        return participant.conversationSid();
    }
}
