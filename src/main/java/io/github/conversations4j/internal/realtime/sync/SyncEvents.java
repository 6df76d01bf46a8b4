package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.realtime.sync.SyncChange.Kind;
import io.github.conversations4j.internal.wire.IsoInstant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes apart what Sync pushes. Stateless. */
final class SyncEvents {
    /** What stands for the number of an event before there was one. */
    static final long NO_ID = -1;

    /** The highest number that JSON carries surely. */
    private static final long HIGHEST_ID = 1L << 53;

    /** How what changes an object is read, by type. */
    private static final Map<String, Function<JsonNode, @Nullable SyncChange>> CHANGES = Map.of(
            "document_updated", event -> change(Kind.UPDATED, event, "", event.path("document_data")),
            "list_item_added", event -> item(Kind.ADDED, event),
            "list_item_updated", event -> item(Kind.UPDATED, event),
            "list_item_removed", event -> item(Kind.REMOVED, event),
            "map_item_added", event -> item(Kind.ADDED, event),
            "map_item_updated", event -> item(Kind.UPDATED, event),
            "map_item_removed", event -> item(Kind.REMOVED, event));

    private static final Set<String> REMOVALS = Set.of("document_removed", "list_removed", "map_removed");

    private SyncEvents() {}

    /**
     * The number of an event.
     *
     * @return {@link #NO_ID} if that is none, or one so high that nothing could follow it
     */
    static long id(JsonNode number) {
        boolean isId = number.isIntegralNumber() && number.canConvertToLong();
        return isId && number.longValue() >= 0 && number.longValue() <= HIGHEST_ID ? number.longValue() : NO_ID;
    }

    /** The object that an event is about; empty if it names none. */
    static String sid(String eventType, JsonNode event) {
        int end = eventType.indexOf('_');
        return end < 0 ? "" : event.path(eventType.substring(0, end) + "_sid").asText("");
    }

    /** Whether events of a type are read. */
    static boolean isKnown(String eventType) {
        return CHANGES.containsKey(eventType) || REMOVALS.contains(eventType);
    }

    /** Whether the whole object was removed. */
    static boolean isRemovalOfObject(String eventType) {
        return REMOVALS.contains(eventType);
    }

    /**
     * Reads an event of an object that is still there.
     *
     * @return null if it lacks what it must have
     */
    static @Nullable SyncChange read(String eventType, JsonNode event) {
        Function<JsonNode, @Nullable SyncChange> reader = CHANGES.get(eventType);
        return reader == null ? null : reader.apply(event);
    }

    private static @Nullable SyncChange item(Kind kind, JsonNode event) {
        JsonNode key = event.has("item_key") ? event.path("item_key") : event.path("item_index");
        return key.isValueNode() && !key.asText().isEmpty()
                ? change(kind, event, key.asText(), event.path("item_data"))
                : null;
    }

    private static @Nullable SyncChange change(Kind kind, JsonNode event, String key, JsonNode data) {
        long id = id(event.path("id"));
        boolean complete = id != NO_ID && data.isObject();
        String date = event.path("date_created").textValue();
        return complete ? new SyncChange(kind, id, key, data, date == null ? null : IsoInstant.parse(date)) : null;
    }
}
