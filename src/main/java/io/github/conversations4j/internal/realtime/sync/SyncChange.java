package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a Sync object. Immutable as long as nobody changes the tree.
 *
 * @param kind what happened
 * @param id its number in the log of the object
 * @param key the key of the item, in a list its index as text; empty for a document
 * @param data the whole new value; the old one if the item was removed
 * @param date when it happened; null if the server did not say
 */
public record SyncChange(
        Kind kind,
        long id,
        String key,
        JsonNode data,
        @Nullable Instant date) {
    /** What can happen. */
    public enum Kind {
        /** An item came to be. */
        ADDED,
        /** An item or the document has another value. */
        UPDATED,
        /** An item is gone. */
        REMOVED
    }
}
