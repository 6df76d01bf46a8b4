package io.github.conversations4j.store;

import java.util.regex.Pattern;

/**
 * The right to read and write the cursors of a scope, until somebody else takes it. Immutable; got from
 * {@link CursorStore#own}.
 *
 * @param scope whose cursors, as in {@link CursorStore#own}
 * @param epoch the how manieth owner of the scope this is; greater than that of all owners before
 */
public record Ownership(String scope, long epoch) {
    private static final Pattern SCOPE = Pattern.compile("[0-9A-Za-z._:/@+-]{1,128}");

    /** Checks both. */
    public Ownership {
        requireScope(scope);
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch: must be 1 or more, was " + epoch);
        }
    }

    static void requireScope(String scope) {
        if (!SCOPE.matcher(scope).matches()) {
            throw new IllegalArgumentException(
                    "scope: must be 1 to 128 letters, digits and characters of ._:/@+- , was \"" + scope + '"');
        }
    }
}
