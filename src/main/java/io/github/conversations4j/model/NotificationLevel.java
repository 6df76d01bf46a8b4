package io.github.conversations4j.model;

/**
 * Whether a user wants to be notified of a conversation.
 */
public enum NotificationLevel {
    /** As the service is set up. */
    DEFAULT,
    /** No notifications. */
    MUTED
}
