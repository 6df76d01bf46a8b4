package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import java.util.List;

/**
 * A role as it is stored: what somebody may do in a service or in a conversation. Immutable.
 *
 * @param sid {@code RL…}
 * @param friendlyName its name
 * @param type where it applies
 * @param permissions what it allows, in Twilio's words
 * @param dateCreated when it was made
 * @param dateUpdated when it was last changed
 */
public record StoredRole(
        String sid,
        String friendlyName,
        Type type,
        List<String> permissions,
        Instant dateCreated,
        Instant dateUpdated) {

    /** Where a role applies. */
    public enum Type {
        /** In one conversation. */
        CONVERSATION,
        /** In the whole service. */
        SERVICE
    }

    /** Copies the list. */
    public StoredRole {
        permissions = List.copyOf(permissions);
    }
}
