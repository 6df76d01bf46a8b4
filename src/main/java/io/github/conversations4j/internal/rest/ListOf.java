package io.github.conversations4j.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.api.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A list resource of Twilio's. Immutable.
 *
 * @param key the name of the list in the answer
 * @param largestPage the largest page that Twilio serves; what it does with a larger one is not documented
 * @param item decodes one item
 * @param <T> the items
 */
record ListOf<T>(String key, int largestPage, Function<JsonNode, T> item) {

    /** Decodes a page. An empty page in the middle has a link to the next one like any other. */
    Slice<T> slice(JsonNode tree) {
        JsonNode array = tree.path(key);
        if (!array.isArray()) {
            throw new MalformedResourceException("the answer has no list \"" + key + '"');
        }
        List<T> items = new ArrayList<>(array.size());
        array.forEach(node -> items.add(item.apply(node)));
        String next = tree.path("meta").path("next_page_url").textValue();
        return new Slice<>(items, next == null || next.isBlank() ? null : next);
    }
}
