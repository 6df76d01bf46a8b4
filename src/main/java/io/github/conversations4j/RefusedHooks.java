package io.github.conversations4j;

import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.SourceKind;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says why hooks are refused, and what would have to be added for them. Stateless. */
final class RefusedHooks {
    private RefusedHooks() {}

    static UnsupportedByClientException refuse(@Nullable EventSource source, Collection<EventType<?>> types) {
        String why = source == null ? "this client has no event source" : source.name() + " can never fire this";
        String all = fitting(types);
        String advice =
                all.isEmpty() ? types.stream().map(RefusedHooks::advice).collect(Collectors.joining()) : "; use " + all;
        return new UnsupportedByClientException(names(types), why + advice + ". supports(EventType) tells beforehand");
    }

    private static String advice(EventType<?> type) {
        String fits = fitting(List.of(type));
        return fits.isEmpty() ? "" : "; for " + name(type) + " use " + fits;
    }

    private static String fitting(Collection<EventType<?>> types) {
        return Arrays.stream(SourceKind.values())
                .filter(kind -> kind.events().containsAll(types))
                .map(SourceKind::howToAdd)
                .collect(Collectors.joining(" or "));
    }

    private static String names(Collection<EventType<?>> types) {
        return types.stream().map(RefusedHooks::name).collect(Collectors.joining(", "));
    }

    private static String name(EventType<?> type) {
        return "on" + type.eventClass().getSimpleName();
    }
}
