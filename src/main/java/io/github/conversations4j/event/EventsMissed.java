package io.github.conversations4j.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something happened in a conversation that hooks will not be called with: it was lost on its way or found no room, and
 * Twilio does not hold it any more.
 *
 * <p>What Twilio still holds is delivered instead of being missed; such events say {@code meta.recovered()}. Left over are
 * messages that were removed before they could be read, steps of a delivery, intermediate states, who acted, and changes and
 * removals of messages that are too old to be compared.
 *
 * @param meta id, time and origin of the event
 * @param conversationSid the conversation it happened in
 * @param types what kinds of event are missing
 * @param firstIndex the first index without a message, if {@code MESSAGE_ADDED} is missing: its message was removed before
 *     it could be read, or Twilio skipped the index, which it does and does not say; null if nothing is known about indexes
 * @param lastIndex the last index without a message, if there are several in a row; null like {@code firstIndex}
 */
public record EventsMissed(
        EventMeta meta,
        String conversationSid,
        Set<EventType<?>> types,
        @Nullable Integer firstIndex,
        @Nullable Integer lastIndex)
        implements ConversationScoped {
    /** Copies what was given. */
    public EventsMissed {
        types = Set.copyOf(types);
    }

    @Override
    public EventType<EventsMissed> type() {
        return EventType.EVENTS_MISSED;
    }
}
