package io.github.conversations4j.event;

import io.github.conversations4j.model.Participant;

/**
 * Somebody joined a conversation or was added to it.
 *
 * @param meta id, time and origin of the event
 * @param participant the participant
 */
public record ParticipantJoined(EventMeta meta, Participant participant) implements ConversationScoped {

    @Override
    public EventType<ParticipantJoined> type() {
        return EventType.PARTICIPANT_JOINED;
    }

    @Override
    public String conversationSid() {
        return participant.conversationSid();
    }
}
