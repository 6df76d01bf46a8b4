package io.github.conversations4j.event;

/**
 * The client could not start. A backend's will not: close it and start another one. A participant's goes on trying, because another
 * token, or another setting at Twilio, may be all that it lacks; then an {@link Initialized} follows.
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
