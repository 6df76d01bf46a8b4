package io.github.conversations4j.event;

import io.github.conversations4j.model.Participant;

/**
 * Somebody left a conversation or was removed from it.
 *
 * @param meta id, time and origin of the event
 * @param participant the participant as they were last
 */
public record ParticipantLeft(EventMeta meta, Participant participant) implements ConversationScoped {

    @Override
    public EventType<ParticipantLeft> type() {
        return EventType.PARTICIPANT_LEFT;
    }

    @Override
    public String conversationSid() {
        return participant.conversationSid();
    }
}
