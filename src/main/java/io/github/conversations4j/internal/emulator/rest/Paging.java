package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.PageAt;
import io.github.conversations4j.internal.emulator.state.PageAt.Cursor;
import io.github.conversations4j.internal.emulator.state.ShelfPage;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of list: its key, its sizes and the parameters that its page addresses repeat. A page token is {@code PA} or
 * {@code PB} and the place after or before which the page is; callers must not look into it. Immutable.
 *
 * @param key the name of the array
 * @param standard the page size unless told otherwise
 * @param maximum the largest page size
 * @param filters the parameters that belong to the list
 */
record Paging(String key, int standard, int maximum, List<String> filters) {
    private static final int PAGE_SIZE = 20007;
    private static final String AFTER = "PA";
    private static final String BEFORE = "PB";

    static Paging of(String key, int maximum, String... filters) {
        return new Paging(key, Math.min(50, maximum), maximum, List.of(filters));
    }

    /** Which page a call asks for. */
    PageAt at(RestCall call, boolean descending) {
        return new PageAt(size(call), descending, cursor(call.parameters().text("PageToken")));
    }

    /** The answer with one page. */
    <T> Result answer(RestCall call, String url, ShelfPage<T> page, Function<T, ObjectNode> json) {
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray(key);
        page.items().forEach(item -> items.add(json.apply(item)));
        int size = size(call);
        long number = page(call);
        String token = call.parameters().text("PageToken");
        String filtered = url + filter(call);
        ObjectNode meta = body.putObject("meta");
        meta.put("page", number);
        meta.put("page_size", size);
        meta.put("first_page_url", address(filtered, size, 0, null));
        meta.put(
                "previous_page_url",
                page.previous() == null
                        ? null
                        : address(filtered, size, Math.max(0, number - 1), token(page.previous())));
        meta.put("url", address(filtered, size, number, token));
        meta.put("next_page_url", page.next() == null ? null : address(filtered, size, number + 1, token(page.next())));
        meta.put("key", key);
        return Result.ok(body);
    }

    private int size(RestCall call) {
        Long wanted = call.parameters().number("PageSize", PAGE_SIZE);
        if (wanted == null) {
            return standard;
        }
        if (wanted < 1 || wanted > maximum && call.twilio().behaviour().refuseLargePages()) {
            throw TwilioFault.invalid(PAGE_SIZE, "PageSize must be 1 to " + maximum);
        }
        return (int) Math.min(wanted, maximum);
    }

    private static long page(RestCall call) {
        Long page = call.parameters().number("Page", Parameters.INVALID);
        if (page != null && page < 0) {
            throw TwilioFault.invalid(Parameters.INVALID, "Page must not be negative");
        }
        return page == null ? 0 : page;
    }

    private static @Nullable Cursor cursor(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        if (token.startsWith(AFTER) || token.startsWith(BEFORE)) {
            try {
                return new Cursor(Long.parseLong(token.substring(2)), token.startsWith(BEFORE));
            } catch (NumberFormatException e) {
                throw badToken();
            }
        }
        throw badToken();
    }

    private static TwilioFault badToken() {
        return TwilioFault.invalid(
                Parameters.INVALID, "PageToken must be taken from next_page_url or previous_page_url");
    }

    private static String token(Cursor cursor) {
        return (cursor.backwards() ? BEFORE : AFTER) + cursor.place();
    }

    private String filter(RestCall call) {
        StringBuilder query = new StringBuilder("?");
        for (String name : filters) {
            List<String> given = call.parameters().all(name);
            if (given != null) {
                given.forEach(value -> query.append(name)
                        .append('=')
                        .append(Links.escape(value))
                        .append('&'));
            }
        }
        return query.toString();
    }

    private static String address(String filtered, int size, long page, @Nullable String token) {
        String address = filtered + "PageSize=" + size + "&Page=" + page;
        return token == null || token.isEmpty() ? address : address + "&PageToken=" + Links.escape(token);
    }
}
