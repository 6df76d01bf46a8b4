package io.github.conversations4j.event;

import io.github.conversations4j.model.User;
import java.util.Set;

/**
 * Something about a user changed.
 *
 * @param meta id, time and origin of the event
 * @param user the user as they are now
 * @param updateReasons what changed; holds {@code UNKNOWN} where neither the source nor a remembered former state tells
 */
public record UserUpdated(EventMeta meta, User user, Set<UserUpdateReason> updateReasons)
        implements ConversationsEvent {
    /** Checks and copies what was given. */
    public UserUpdated {
        updateReasons = Reasons.copyOf(updateReasons);
    }

    @Override
    public EventType<UserUpdated> type() {
        return EventType.USER_UPDATED;
    }
}
