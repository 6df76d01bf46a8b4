package io.github.conversations4j.source;

import io.github.conversations4j.event.EventType;
import java.util.Set;

/**
 * Where events come from. A value: it holds settings, may be shared, and does nothing until a client connects it.
 * {@code EventSources} makes those of this library; your own implements {@link Connectable}.
 */
public sealed interface EventSource permits EventSource.Connectable, BuiltInSource {
    /**
     * The name that its events carry in {@code EventMeta.source()}.
     *
     * @return a short name in lower case
     */
    String name();

    /**
     * Every kind of event that it can ever fire. Hooks for anything else are refused when they are registered.
     *
     * @return the kinds, without those that the client makes itself
     */
    Set<EventType<?>> events();

    /**
     * Both together: what one misses the other fills in, and what both see reaches a hook once.
     *
     * @param other another source
     * @return a source made of both
     */
    default EventSource and(EventSource other) {
        return new CombinedSource(this, other);
    }

    /** A source of your own. */
    non-sealed interface Connectable extends EventSource {
        /**
         * Begins to offer events. Must not block: work belongs on a thread of the source or on the given executor.
         *
         * @param context what the client lends to the source
         * @return the running source
         */
        SourceConnection connect(SourceContext context);
    }
}
