package io.github.conversations4j.internal.emulator.state;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a user to be: what is null is left as it is, an empty text clears. Immutable.
 *
 * @param friendlyName the name for people
 * @param attributes JSON text
 * @param roleSid the role in the service, {@code RL…}
 */
public record UserDraft(
        @Nullable String friendlyName,
        @Nullable String attributes,
        @Nullable String roleSid) {
    /** Nothing in particular. */
    public static final UserDraft EMPTY = new UserDraft(null, null, null);
}
