package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Sync object as it was opened. Immutable as long as nobody changes the trees.
 *
 * @param sid the SID: {@code ET…}, {@code ES…} or {@code MP…}
 * @param lastEventId the last event that it holds the effects of; −1 before the first
 * @param data the value of a document, or a missing node
 * @param items the items that came with it; empty if none were asked for
 * @param itemsUrl where the items are read; null for a document
 */
public record SyncRoot(
        String sid,
        long lastEventId,
        JsonNode data,
        List<SyncItem> items,
        @Nullable String itemsUrl) {
    /** Copies the items. */
    public SyncRoot {
        items = List.copyOf(items);
    }

    /**
     * Reads an answer.
     *
     * @return null if it is no Sync object
     */
    static @Nullable SyncRoot of(JsonNode answer) {
        String sid = answer.path("sid").textValue();
        JsonNode items = answer.path("links").path("items");
        if (sid == null || sid.isEmpty() || !(items.isMissingNode() || isAbsolute(items))) {
            return null;
        }
        return new SyncRoot(
                sid,
                SyncEvents.id(answer.path("last_event_id")),
                answer.path("data"),
                SyncItem.all(answer.path("items")),
                items.textValue());
    }

    private static boolean isAbsolute(JsonNode url) {
        String text = url.isTextual() ? url.textValue() : "";
        int host = text.startsWith("https://") ? 8 : text.startsWith("http://") ? 7 : text.length();
        return host < text.length() && "/?#".indexOf(text.charAt(host)) < 0;
    }
}
