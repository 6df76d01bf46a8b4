package io.github.conversations4j.internal.emulator.state;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all services of the account. Immutable.
 *
 * @param defaultServiceSid the service of the short paths, {@code IS…}
 * @param defaultMessagingServiceSid the messaging service of new conversations, {@code MG…}
 * @param defaultInactiveAfter the inactive timer of new conversations; null for none
 * @param defaultClosedAfter the closed timer of new conversations; null for none
 */
public record AccountSettings(
        String defaultServiceSid,
        String defaultMessagingServiceSid,
        @Nullable Duration defaultInactiveAfter,
        @Nullable Duration defaultClosedAfter) {}
