package io.github.conversations4j.event;

import io.github.conversations4j.model.User;

/**
 * A user came to be; seen by the server side only.
 *
 * @param meta id, time and origin of the event
 * @param user the user
 */
public record UserAdded(EventMeta meta, User user) implements ConversationsEvent {

    @Override
    public EventType<UserAdded> type() {
        return EventType.USER_ADDED;
    }
}
