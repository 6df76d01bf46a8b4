package io.github.conversations4j.store;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The facts of a cursor as one column: {@code name=1,other=-2}; null for none, as some databases have no empty text. */
final class FactText {
    private FactText() {}

    static @Nullable String write(Map<String, Long> facts) {
        return facts.isEmpty()
                ? null
                : new TreeMap<>(facts)
                        .entrySet().stream()
                                .map(fact -> fact.getKey() + '=' + fact.getValue())
                                .collect(Collectors.joining(","));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if something else is there
     */
    static Map<String, Long> read(@Nullable String text) {
        Map<String, Long> facts = new HashMap<>();
        if (text != null && !text.isEmpty()) {
            for (String fact : text.split(",", -1)) {
                int equals = fact.indexOf('=');
                if (equals < 0) {
                    throw new IllegalArgumentException("a fact without a value: \"" + fact + '"');
                }
                facts.put(fact.substring(0, equals), Long.valueOf(fact.substring(equals + 1)));
            }
        }
        return facts;
    }
}
