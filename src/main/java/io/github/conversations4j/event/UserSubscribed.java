package io.github.conversations4j.event;

import io.github.conversations4j.model.User;

/**
 * A participant's client now follows a user's changes.
 *
 * @param meta id, time and origin of the event
 * @param user the user
 */
public record UserSubscribed(EventMeta meta, User user) implements ConversationsEvent {

    @Override
    public EventType<UserSubscribed> type() {
        return EventType.USER_SUBSCRIBED;
    }
}
