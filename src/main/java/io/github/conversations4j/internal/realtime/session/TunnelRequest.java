package io.github.conversations4j.internal.realtime.session;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request that travels inside a packet. Its host is data to the server; nobody connects to it. Immutable as long
 * as nobody changes the bytes.
 *
 * @param method {@code GET}, {@code POST} or {@code DELETE}
 * @param url the absolute address, percent-encoded
 * @param headers the headers
 * @param body the body; empty for none
 * @param repeatable whether sending it twice does no harm, so that it can be sent again when its answer was lost
 */
public record TunnelRequest(String method, String url, Map<String, String> headers, byte[] body, boolean repeatable) {
    private static final byte[] NOTHING = {};

    /** The type of a JSON body, as the official client writes it. */
    public static final String JSON = "application/json; charset=utf-8";

    /** Copies the headers and checks the address. */
    public TunnelRequest {
        headers = Map.copyOf(headers);
        if (!isAbsolute(url)) {
            throw new IllegalArgumentException("url: must be absolute, was " + url);
        }
    }

    /**
     * Whether something can be requested at an address.
     *
     * @param url the address
     * @return whether it begins as an absolute one does
     */
    public static boolean isAbsolute(String url) {
        return url.startsWith("https://") || url.startsWith("http://");
    }

    /**
     * A read.
     *
     * @param url the address
     * @return the request, repeatable
     */
    public static TunnelRequest get(String url) {
        return new TunnelRequest("GET", url, Map.of(), NOTHING, true);
    }

    /**
     * A write with a JSON body.
     *
     * @param method {@code POST} or {@code DELETE}
     * @param url the address
     * @param json the body
     * @param repeatable whether sending it twice does no harm
     * @return the request
     */
    public static TunnelRequest write(String method, String url, String json, boolean repeatable) {
        return new TunnelRequest(
                method, url, Map.of("Content-Type", JSON), json.getBytes(StandardCharsets.UTF_8), repeatable);
    }

    /**
     * The same with one more header.
     *
     * @param name the name
     * @param value the value
     * @return the new request
     */
    public TunnelRequest with(String name, String value) {
        return with(Map.of(name, value));
    }

    /**
     * The same with more headers.
     *
     * @param more by name
     * @return the new request
     */
    public TunnelRequest with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new TunnelRequest(method, url, all, body, repeatable);
    }

    /**
     * Writes text so that it is one segment of a path, or one value of a query.
     *
     * @param text any text
     * @return the text, percent-encoded
     */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Host and port. */
    String host() {
        int start = url.indexOf("://") + 3;
        int end = url.indexOf('/', start);
        int query = url.indexOf('?', start);
        int to = end < 0 ? (query < 0 ? url.length() : query) : (query < 0 ? end : Math.min(end, query));
        return url.substring(start, to);
    }

    /** The path, percent-encoded, without the query. */
    String path() {
        int start = url.indexOf('/', url.indexOf("://") + 3);
        int query = url.indexOf('?');
        if (start < 0 || (query >= 0 && query < start)) {
            return "/";
        }
        return query < 0 ? url.substring(start) : url.substring(start, query);
    }

    /** The query, percent-encoded; null if there is none. */
    @Nullable
    String query() {
        int query = url.indexOf('?');
        return query < 0 || query == url.length() - 1 ? null : url.substring(query + 1);
    }

    /** What was tried, for messages: without the query and the body, which may hold what people wrote. */
    public String describe() {
        return method + " " + path();
    }

    @Override
    public String toString() {
        return describe();
    }
}
