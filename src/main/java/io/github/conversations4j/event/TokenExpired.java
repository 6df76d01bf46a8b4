package io.github.conversations4j.event;

/**
 * The access token has expired before a new one came; the client is fetching one and connects again with it.
 *
 * @param meta id, time and origin of the event
 */
public record TokenExpired(EventMeta meta) implements ConversationsEvent {

    @Override
    public EventType<TokenExpired> type() {
        return EventType.TOKEN_EXPIRED;
    }
}
