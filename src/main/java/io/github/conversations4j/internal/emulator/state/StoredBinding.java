package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device that a user can be notified at. Immutable.
 *
 * @param sid {@code BS…}
 * @param identity the user
 * @param endpoint names the device
 * @param type {@code apn}, {@code gcm}, {@code fcm} or {@code twilsock}
 * @param credentialSid the push credential, {@code CR…}; null if none goes with the type
 * @param messageTypes what it wants to be notified of
 * @param dateCreated when it was made
 * @param dateUpdated when it was last changed
 */
public record StoredBinding(
        String sid,
        String identity,
        String endpoint,
        String type,
        @Nullable String credentialSid,
        List<String> messageTypes,
        Instant dateCreated,
        Instant dateUpdated) {
    /** Copies the list. */
    public StoredBinding {
        messageTypes = List.copyOf(messageTypes);
    }
}
