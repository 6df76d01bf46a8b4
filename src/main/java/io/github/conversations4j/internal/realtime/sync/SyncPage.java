package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Some items of a list or a map. Immutable.
 *
 * @param items the items in the order that was asked for
 * @param hasNext whether there are more behind the last one
 */
public record SyncPage(List<SyncItem> items, boolean hasNext) {
    /** Copies the items. */
    public SyncPage {
        items = List.copyOf(items);
    }

    static SyncPage of(JsonNode answer) {
        return new SyncPage(
                SyncItem.all(answer.path("items")),
                answer.path("meta").path("next_token").isTextual());
    }
}
