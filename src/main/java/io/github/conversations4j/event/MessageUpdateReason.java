package io.github.conversations4j.event;

/**
 * What changed about a message, with the names of the official JavaScript client.
 */
public enum MessageUpdateReason {
    /** The component of the same name. */
    BODY,
    /** The component of the same name. */
    LAST_UPDATED_BY,
    /** The component of the same name. */
    DATE_CREATED,
    /** The component of the same name. */
    DATE_UPDATED,
    /** The component of the same name. */
    ATTRIBUTES,
    /** The component of the same name. */
    AUTHOR,
    /** The component of the same name. */
    DELIVERY_RECEIPT,
    /** The component of the same name. */
    SUBJECT,
    /** The component of the same name. */
    MEDIA,
    /** Nobody told what changed. */
    UNKNOWN
}
