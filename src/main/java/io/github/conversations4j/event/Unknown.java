package io.github.conversations4j.event;

import java.util.Map;

/**
 * Something that this version of the library does not know. Switches over events need a {@code default} for it and for
 * what later versions add.
 *
 * <p>Two are one event if they have one {@linkplain EventMeta#id() id}, and come once. A webhook has no id of its own, so
 * there it is made of all that was sent: one that is repeated word for word is taken for a redelivery.
 *
 * @param meta id, time and origin of the event
 * @param name what the source calls it
 * @param parameters what the source sent with it, as it came
 */
public record Unknown(EventMeta meta, String name, Map<String, String> parameters) implements ConversationsEvent {
    /** Checks and copies what was given. */
    public Unknown {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public EventType<Unknown> type() {
        return EventType.UNKNOWN;
    }
}
