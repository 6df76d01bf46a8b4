package io.github.conversations4j.event;

import io.github.conversations4j.model.User;

/**
 * A participant's client no longer follows a user's changes.
 *
 * @param meta id, time and origin of the event
 * @param user the user as last known
 */
public record UserUnsubscribed(EventMeta meta, User user) implements ConversationsEvent {

    @Override
    public EventType<UserUnsubscribed> type() {
        return EventType.USER_UNSUBSCRIBED;
    }
}
