package io.github.conversations4j.internal.poll;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.internal.poll.Roll.Items;
import io.github.conversations4j.internal.poll.Roll.Meta;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.internal.source.Fields;
import io.github.conversations4j.model.Participant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How changes of the participants of a conversation are told. Immutable.
 *
 * @param conversationSid the conversation
 */
record ParticipantEvents(String conversationSid) implements Roll.Events<Participant> {

    Items<Participant> items() {
        return new Items<>(
                Participant.class,
                Participant::sid,
                Participant::identity,
                Participant::dateCreated,
                Recollection::size,
                this);
    }

    @Override
    public ConversationsEvent added(Meta meta, Participant now) {
        String id = EventIds.once(EventType.PARTICIPANT_JOINED, now.sid());
        return new ParticipantJoined(meta.apply(id, now.dateCreated()), now);
    }

    @Override
    public ConversationsEvent updated(Meta meta, @Nullable Participant before, Participant now) {
        Set<ParticipantUpdateReason> reasons = before == null
                ? Set.of(ParticipantUpdateReason.UNKNOWN)
                : Fields.PARTICIPANT.changed(before, now, true);
        boolean dated = before == null || reasons.contains(ParticipantUpdateReason.DATE_UPDATED);
        return new ParticipantUpdated(
                meta.apply(EventIds.updated(now), dated ? now.dateUpdated() : null), now, reasons);
    }

    @Override
    public ConversationsEvent removed(Meta meta, Seen seen, @Nullable Participant last) {
        return left(
                meta,
                last == null
                        ? Participant.builder(seen.sid(), conversationSid)
                                .identity(seen.name())
                                .build()
                        : last);
    }

    ConversationsEvent left(Meta meta, Participant last) {
        return new ParticipantLeft(meta.apply(EventIds.once(EventType.PARTICIPANT_LEFT, last.sid()), null), last);
    }
}
