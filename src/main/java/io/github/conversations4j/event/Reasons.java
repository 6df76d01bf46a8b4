package io.github.conversations4j.event;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Copies sets of reasons so that they are immutable and always in the order of their enum. Stateless. */
final class Reasons {
    private Reasons() {}

    static <R extends Enum<R>> Set<R> copyOf(Set<R> reasons) {
        return reasons.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(reasons));
    }
}
