package io.github.conversations4j.event;

import io.github.conversations4j.model.Participant;
import java.util.Set;

/**
 * Something about a participant changed, for example how far they have read.
 *
 * @param meta id, time and origin of the event
 * @param participant the participant as they are now
 * @param updateReasons what changed; holds {@code UNKNOWN} where neither the source nor a remembered former state tells
 */
public record ParticipantUpdated(EventMeta meta, Participant participant, Set<ParticipantUpdateReason> updateReasons)
        implements ConversationScoped {
    /** Checks and copies what was given. */
    public ParticipantUpdated {
        updateReasons = Reasons.copyOf(updateReasons);
    }

    @Override
    public EventType<ParticipantUpdated> type() {
        return EventType.PARTICIPANT_UPDATED;
    }

    @Override
    public String conversationSid() {
        return participant.conversationSid();
    }
}
