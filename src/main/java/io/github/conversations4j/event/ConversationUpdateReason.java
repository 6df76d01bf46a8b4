package io.github.conversations4j.event;

/**
 * What changed about a conversation, with the names of the official JavaScript client.
 */
public enum ConversationUpdateReason {
    /** The component of the same name. */
    ATTRIBUTES,
    /** The component of the same name. */
    CREATED_BY,
    /** The component of the same name. */
    DATE_CREATED,
    /** The component of the same name. */
    DATE_UPDATED,
    /** The component of the same name. */
    FRIENDLY_NAME,
    /** The component of the same name. */
    LAST_READ_MESSAGE_INDEX,
    /** The component of the same name. */
    STATE,
    /** The component of the same name. */
    STATUS,
    /** The component of the same name. */
    UNIQUE_NAME,
    /** The component of the same name. */
    LAST_MESSAGE,
    /** The component of the same name. */
    NOTIFICATION_LEVEL,
    /** The component of the same name. */
    BINDINGS,
    /** Nobody told what changed. */
    UNKNOWN
}
