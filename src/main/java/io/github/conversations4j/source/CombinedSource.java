package io.github.conversations4j.source;

import io.github.conversations4j.event.EventType;
import java.util.HashSet;
import java.util.Set;

/**
 * Two sources that work together. Immutable.
 *
 * @param first one source
 * @param second the other
 */
public record CombinedSource(EventSource first, EventSource second) implements BuiltInSource {
    /** Both names, joined with a plus sign. */
    @Override
    public String name() {
        return first.name() + "+" + second.name();
    }

    /** What either can fire. */
    @Override
    public Set<EventType<?>> events() {
        Set<EventType<?>> union = new HashSet<>(first.events());
        union.addAll(second.events());
        return Set.copyOf(union);
    }
}
