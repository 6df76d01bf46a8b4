package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many events may wait for earlier ones, and how much they may weigh, in all objects of a session together. Confined to
 * the session's lock.
 */
final class HeldEvents {
    /** What a value weighs besides its text. */
    private static final int NODE = 32;

    private int free;
    private long freeWeight;

    /**
     * Room for some.
     *
     * @param limit how many
     * @param weight how much they may weigh, which is about the number of their characters
     */
    HeldEvents(int limit, long weight) {
        this.free = limit;
        this.freeWeight = weight;
    }

    /** An event that waits. */
    record Held(SyncChange change, long weight) {}

    /** Makes an event wait; null if there is no room. */
    @Nullable
    Held take(SyncChange change) {
        if (free == 0) {
            return null;
        }
        Held held = new Held(change, change.key().length() + weight(change.data()));
        if (held.weight > freeWeight) {
            return null;
        }
        free--;
        freeWeight -= held.weight;
        return held;
    }

    void giveBack(Held held) {
        free++;
        freeWeight += held.weight;
    }

    private static long weight(JsonNode node) {
        long weight = NODE;
        if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                weight += field.getKey().length() + weight(field.getValue());
            }
        } else if (node.isArray()) {
            for (JsonNode element : node) {
                weight += weight(element);
            }
        } else {
            weight += node.asText().length();
        }
        return weight;
    }
}
