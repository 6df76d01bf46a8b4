package io.github.conversations4j.event;

/**
 * What changed about a participant, with the names of the official JavaScript client.
 */
public enum ParticipantUpdateReason {
    /** The component of the same name. */
    ATTRIBUTES,
    /** The component of the same name. */
    DATE_CREATED,
    /** The component of the same name. */
    DATE_UPDATED,
    /** The component of the same name. */
    ROLE_SID,
    /** The component of the same name. */
    LAST_READ_MESSAGE_INDEX,
    /** The component of the same name. */
    LAST_READ_TIMESTAMP,
    /** The component of the same name. */
    BINDINGS,
    /** Nobody told what changed. */
    UNKNOWN
}
