package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An item of a list or a map, as it was read. Immutable as long as nobody changes the tree.
 *
 * @param key the key in a map, the index as text in a list
 * @param lastEventId the event that made it what it is
 * @param data its value
 */
public record SyncItem(String key, long lastEventId, JsonNode data) {
    /** Reads the items of an answer; what has neither key nor index is left out. */
    static List<SyncItem> all(JsonNode items) {
        List<SyncItem> all = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            String key = item.has("key")
                    ? item.path("key").asText()
                    : item.path("index").asText();
            if (!key.isEmpty()) {
                all.add(new SyncItem(key, SyncEvents.id(item.path("last_event_id")), item.path("data")));
            }
        }
        return all;
    }
}
