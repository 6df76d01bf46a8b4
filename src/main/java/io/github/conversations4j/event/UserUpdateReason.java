package io.github.conversations4j.event;

/**
 * What changed about a user, with the names of the official JavaScript client.
 */
public enum UserUpdateReason {
    /** The component of the same name. */
    FRIENDLY_NAME,
    /** The component of the same name. */
    ATTRIBUTES,
    /** The component of the same name. */
    REACHABILITY_ONLINE,
    /** The component of the same name. */
    REACHABILITY_NOTIFIABLE,
    /** Nobody told what changed. */
    UNKNOWN
}
