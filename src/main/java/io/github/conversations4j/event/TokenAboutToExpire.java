package io.github.conversations4j.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The access token expires soon; the client is fetching a new one by itself.
 *
 * @param meta id, time and origin of the event
 * @param expiresAt when it expires; null if only the server knows
 */
public record TokenAboutToExpire(EventMeta meta, @Nullable Instant expiresAt) implements ConversationsEvent {

    @Override
    public EventType<TokenAboutToExpire> type() {
        return EventType.TOKEN_ABOUT_TO_EXPIRE;
    }
}
