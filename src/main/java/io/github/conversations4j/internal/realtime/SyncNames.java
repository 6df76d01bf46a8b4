package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.json.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The Sync objects of one conversation. Immutable.
 *
 * @param conversation the document
 * @param messages the list; null if only the document tells
 * @param participants the map; null if only the document tells
 */
record SyncNames(
        String conversation,
        @Nullable String messages,
        @Nullable String participants) {
    /** Reads {@code sync_objects} of a REST answer. */
    static SyncNames ofRest(String sid, JsonNode syncObjects) {
        Resource from = new Resource(syncObjects);
        String document = from.text("conversation");
        return new SyncNames(
                document == null ? documentOf(sid) : document, from.text("messages"), from.text("participants"));
    }

    /** Reads an item of the own conversations. */
    static SyncNames ofItem(String sid, JsonNode item) {
        String document = item.path("channel").textValue();
        return new SyncNames(document == null ? documentOf(sid) : document, null, null);
    }

    /** The same with what the document says, and what is usual where it is silent. */
    SyncNames with(String sid, JsonNode document) {
        Resource from = new Resource(document);
        return new SyncNames(
                conversation,
                first(messages, from.text("messages"), sid + ".messages"),
                first(participants, from.text("roster"), sid + ".roster"));
    }

    private static String first(@Nullable String one, @Nullable String other, String usual) {
        if (one != null) {
            return one;
        }
        return other != null ? other : usual;
    }

    private static String documentOf(String sid) {
        return sid + ".channel";
    }

    boolean isComplete() {
        return messages != null && participants != null;
    }
}
