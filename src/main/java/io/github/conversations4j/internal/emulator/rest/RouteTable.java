package io.github.conversations4j.internal.emulator.rest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which path and method does what. Filled once, then read by many threads. */
final class RouteTable {
    /** Stands in a path for the SID of the service in the long form. */
    static final String SERVICE = "ChatServiceSid";

    /**
     * A path with its operations.
     *
     * @param segments the segments of its path; placeholders in braces
     * @param operations what each method does
     */
    private record Entry(List<String> segments, Map<String, Operation> operations) {}

    /**
     * A path that was found.
     *
     * @param operations what each method does
     * @param path the values of the placeholders
     */
    record Match(Map<String, Operation> operations, Map<String, String> path) {}

    private final Map<Integer, List<Entry>> byLength = new HashMap<>();

    /** Adds an operation for one form of a path. */
    RouteTable add(String method, String template, Operation operation) {
        List<String> segments = List.of(template.substring(1).split("/"));
        List<Entry> entries = byLength.computeIfAbsent(segments.size(), length -> new ArrayList<>());
        Entry entry = entries.stream()
                .filter(known -> known.segments.equals(segments))
                .findFirst()
                .orElseGet(() -> {
                    Entry added = new Entry(segments, new HashMap<>());
                    entries.add(added);
                    return added;
                });
        entry.operations.put(method, operation);
        return this;
    }

    /** Adds an operation for the short and the long form of a path. */
    RouteTable both(String method, String template, Operation operation) {
        return add(method, template, operation).add(method, "/Services/{" + SERVICE + "}" + template, operation);
    }

    /** Finds a path; literal segments win over placeholders. */
    @Nullable
    Match find(List<String> segments) {
        Entry best = null;
        for (Entry entry : byLength.getOrDefault(segments.size(), List.of())) {
            if (fits(entry.segments, segments) && (best == null || literals(entry) > literals(best))) {
                best = entry;
            }
        }
        return best == null ? null : new Match(best.operations, values(best.segments, segments));
    }

    private static boolean fits(List<String> template, List<String> segments) {
        for (int at = 0; at < template.size(); at++) {
            if (!isPlaceholder(template.get(at)) && !template.get(at).equals(segments.get(at))) {
                return false;
            }
        }
        return true;
    }

    private static long literals(Entry entry) {
        return entry.segments.stream()
                .filter(segment -> !isPlaceholder(segment))
                .count();
    }

    private static Map<String, String> values(List<String> template, List<String> segments) {
        Map<String, String> values = new HashMap<>();
        for (int at = 0; at < template.size(); at++) {
            String name = template.get(at);
            if (isPlaceholder(name)) {
                values.put(name.substring(1, name.length() - 1), segments.get(at));
            }
        }
        return values;
    }

    private static boolean isPlaceholder(String segment) {
        return segment.startsWith("{");
    }
}
