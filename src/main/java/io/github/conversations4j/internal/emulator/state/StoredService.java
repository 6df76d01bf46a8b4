package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;

/**
 * A service as it is stored. Immutable.
 *
 * @param sid {@code IS…}
 * @param friendlyName its name
 * @param dateCreated when it was made
 * @param dateUpdated when it was last changed
 */
public record StoredService(String sid, String friendlyName, Instant dateCreated, Instant dateUpdated) {}
