package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A push credential without its secrets, which nobody ever sees again and the emulator does not keep. Immutable.
 *
 * @param sid {@code CR…}
 * @param friendlyName its name
 * @param type {@code apn}, {@code gcm} or {@code fcm}
 * @param sandbox whether it is for Apple's sandbox
 * @param dateCreated when it was made
 * @param dateUpdated when it was last changed
 */
public record PushCredential(
        String sid,
        @Nullable String friendlyName,
        String type,
        boolean sandbox,
        Instant dateCreated,
        Instant dateUpdated) {}
