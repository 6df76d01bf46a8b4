package io.github.conversations4j.event;

/**
 * The client could not start, and will not: no {@link Initialized} follows. Close it and start another one. Fires once.
 *
 * @param meta id, time and origin of the event
 * @param cause why; a {@code ConversationsException} where the cause is known
 */
public record InitFailed(EventMeta meta, Throwable cause) implements ConversationsEvent {

    @Override
    public EventType<InitFailed> type() {
        return EventType.INIT_FAILED;
    }
}
