package io.github.conversations4j.event;

import org.jspecify.annotations.Nullable;

/**
 * The client is ready: its event sources are up and its credentials were accepted. Fires once.
 *
 * <p>Webhook: the receiver listens (or is mounted) and a read over REST was accepted. Poll: the first reading is complete.
 * Realtime: the session is connected and the own user was read.
 *
 * @param meta id, time and origin of the event
 * @param identity the identity of a participant's client; null on a backend
 */
public record Initialized(EventMeta meta, @Nullable String identity) implements ConversationsEvent {

    @Override
    public EventType<Initialized> type() {
        return EventType.INITIALIZED;
    }
}
