package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists that are read page by page over the tunnel's REST. Stateless. */
final class Pages {
    private Pages() {}

    /** The query that asks for a page. */
    static String query(PageRequest page) {
        return "?PageSize=" + page.size()
                + (page.next() == null ? "" : "&PageToken=" + TunnelRequest.encode(page.next()));
    }

    /** Reads a page. */
    static <T> Slice<T> slice(JsonNode answer, String key, Function<JsonNode, T> decoder) {
        List<T> items = new ArrayList<>();
        answer.path(key).forEach(node -> items.add(decoder.apply(node)));
        return new Slice<>(items, next(answer));
    }

    /** The token of the next page; null at the end. */
    static @Nullable String next(JsonNode answer) {
        String next = answer.path("meta").path("next_token").textValue();
        return next == null || next.isEmpty() ? null : next;
    }
}
