package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.wire.IsoInstant;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a Sync object. Immutable; written as JSON when it is sent, so that one that nobody follows
 * costs little.
 *
 * @param object what it happened to
 * @param id its event id: events of an object are numbered one by one
 * @param type {@code list_item_added} …
 * @param key the index or the key of the item; null for the object itself
 * @param data the value afterwards, or before if it was removed
 * @param at when
 */
record SyncEvent(
        SyncObject object, long id, String type, @Nullable String key, Supplier<ObjectNode> data, Instant at) {

    /** The event as Sync writes it. */
    ObjectNode json() {
        String kind = object.kind().word();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("date_created", IsoInstant.text(at))
                .put(kind + "_sid", object.sid())
                .put(kind + "_unique_name", object.name())
                .put(kind + "_revision", SyncShapes.revision(id));
        if (key == null) {
            if (!type.endsWith("_removed")) {
                json.set("document_data", data.get());
            }
            return json;
        }
        json.putNull("date_expires");
        if (object.kind() == SyncObject.Kind.LIST) {
            json.put("item_index", Long.parseLong(key));
        } else {
            json.put("item_key", key);
        }
        json.put("item_revision", SyncShapes.revision(id));
        json.put("item_url", SyncReader.itemUrl(object, key));
        json.set("item_data", data.get());
        return json;
    }
}
