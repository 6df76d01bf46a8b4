package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.realtime.sync.SyncChange.Kind;
import io.github.conversations4j.internal.wire.IsoInstant;
import org.jspecify.annotations.Nullable;

/** Takes apart what Sync pushes. Stateless. */
final class SyncEvents {
    /** What stands for the number of an event before there was one. */
    static final long NO_ID = -1;

    /** The highest number that JSON carries surely. */
    private static final long HIGHEST_ID = 1L << 53;

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
        return switch (eventType) {
            case "document_updated",
                    "document_removed",
                    "list_item_added",
                    "list_item_updated",
                    "list_item_removed",
                    "list_removed",
                    "map_item_added",
                    "map_item_updated",
                    "map_item_removed",
                    "map_removed" -> true;
            default -> false;
        };
    }

    /** Whether the whole object was removed. */
    static boolean isRemovalOfObject(String eventType) {
        return eventType.equals("document_removed")
                || eventType.equals("list_removed")
                || eventType.equals("map_removed");
    }

    /**
     * Reads an event of an object.
     *
     * @return null if it is of an unknown type or lacks what it must have
     */
    static @Nullable SyncChange read(String eventType, JsonNode event) {
        return switch (eventType) {
            case "document_updated" -> change(Kind.UPDATED, event, "", event.path("document_data"));
            case "list_item_added", "map_item_added" -> item(Kind.ADDED, event);
            case "list_item_updated", "map_item_updated" -> item(Kind.UPDATED, event);
            case "list_item_removed", "map_item_removed" -> item(Kind.REMOVED, event);
            default -> null;
        };
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
