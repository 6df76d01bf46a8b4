package io.github.conversations4j.event;

/**
 * The connection of a source changed its state.
 *
 * @param meta id, time and origin of the event
 * @param state the new state
 */
public record ConnectionStateChanged(EventMeta meta, ConnectionState state) implements ConversationsEvent {

    @Override
    public EventType<ConnectionStateChanged> type() {
        return EventType.CONNECTION_STATE_CHANGED;
    }
}
