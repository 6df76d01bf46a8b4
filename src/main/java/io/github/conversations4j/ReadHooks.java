package io.github.conversations4j;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ReadPosition;

/** Tells who has read up to where, from the updates of participants. Stateless. */
final class ReadHooks {
    private ReadHooks() {}

    static Subscription register(ConversationHooks hooks, Hook<? super ReadPosition> hook) {
        Arguments.given("hook", hook);
        return hooks.on(EventType.PARTICIPANT_UPDATED, updated -> {
            Integer index = updated.participant().lastReadMessageIndex();
            if (index != null && maySayMoved(updated)) {
                Participant reader = updated.participant();
                hook.on(new ReadPosition(
                        updated.conversationSid(), reader.sid(), reader.identity(), index, reader.lastReadTimestamp()));
            }
        });
    }

    private static boolean maySayMoved(ParticipantUpdated updated) {
        return updated.updateReasons().contains(ParticipantUpdateReason.LAST_READ_MESSAGE_INDEX)
                || updated.updateReasons().contains(ParticipantUpdateReason.UNKNOWN);
    }
}
