package io.github.conversations4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How somebody is shown. Immutable.
 *
 * @param displayName the name to show
 * @param avatar where the picture is, usually a URL; null for none
 */
public record Profile(String displayName, @Nullable String avatar) {
    /** Refuses null for the name. */
    public Profile {
        Objects.requireNonNull(displayName, "displayName: must not be null");
    }
}
