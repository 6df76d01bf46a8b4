package io.github.conversations4j.event;

/**
 * A source failed, for the moment or for good.
 *
 * @param meta id, time and origin of the event
 * @param terminal whether the source has given up; otherwise it goes on trying
 * @param cause why
 */
public record ConnectionError(EventMeta meta, boolean terminal, Throwable cause) implements ConversationsEvent {

    @Override
    public EventType<ConnectionError> type() {
        return EventType.CONNECTION_ERROR;
    }
}
