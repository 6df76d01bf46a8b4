package io.github.conversations4j.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as it came, free of any web framework: what a server hands to the library when the webhook is mounted
 * in it. Target and body must be the raw ones, since Twilio signs their bytes.
 *
 * <p>Immutable and thread-safe as long as nobody changes the body's array, which is not copied.
 */
public final class WebhookRequest {
    private static final byte[] NOTHING = new byte[0];

    private final String method;
    private final String target;
    /** Name, value, name, value. */
    private final String[] headers;

    private final byte[] body;
    private final @Nullable String remoteAddress;

    private WebhookRequest(Builder builder) {
        this.method = builder.method;
        this.target = builder.target;
        this.headers = builder.headers.toArray(String[]::new);
        this.body = builder.body;
        this.remoteAddress = builder.remoteAddress;
    }

    /**
     * Starts a request.
     *
     * @param method the HTTP method
     * @param target path and query as received, neither decoded nor put into order; a whole URL will do as well
     * @return a builder, not thread-safe
     */
    public static Builder builder(String method, String target) {
        return new Builder(method, target);
    }

    /**
     * The HTTP method.
     *
     * @return in upper case
     */
    public String method() {
        return method;
    }

    /**
     * What was asked for.
     *
     * @return path and query as received, or the whole URL if that was given
     */
    public String target() {
        return target;
    }

    /**
     * The query, not decoded.
     *
     * @return what stands after the first question mark; null without one
     */
    public @Nullable String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    /**
     * One header.
     *
     * @param name its name, in any case
     * @return its first value; null if it was not sent
     */
    public @Nullable String header(String name) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                return headers[i + 1];
            }
        }
        return null;
    }

    /**
     * A header that may be repeated.
     *
     * @param name its name, in any case
     * @return all its values in the order sent; empty if it was not sent
     */
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                values.add(headers[i + 1]);
            }
        }
        return values;
    }

    /**
     * All headers, to send the request on or to look at them.
     *
     * @return the values of each name as it was written, in the order sent; a new map
     */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.computeIfAbsent(headers[i], name -> new ArrayList<>(1)).add(headers[i + 1]);
        }
        return all;
    }

    /**
     * The body.
     *
     * @return the bytes as received, not a copy: do not change them
     */
    public byte[] body() {
        return body;
    }

    /**
     * Who is at the other end of the connection: Twilio, or the nearest proxy.
     *
     * @return an IP address; null if it was not given
     */
    public @Nullable String remoteAddress() {
        return remoteAddress;
    }

    /** Method, path and size; neither query nor headers nor body, since they may hold secrets and messages. */
    @Override
    public String toString() {
        int mark = target.indexOf('?');
        return method + " " + (mark < 0 ? target : target.substring(0, mark) + "?…") + " (" + body.length + " bytes)";
    }

    /** Builds a {@link WebhookRequest}. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private final String target;
        private final List<String> headers = new ArrayList<>(32);
        private byte[] body = NOTHING;
        private @Nullable String remoteAddress;

        private Builder(String method, String target) {
            this.method = method.toUpperCase(Locale.ROOT);
            this.target = target;
        }

        /**
         * Adds a header.
         *
         * @param name its name
         * @param value its value
         * @return this
         */
        public Builder header(String name, String value) {
            headers.add(name);
            headers.add(value);
            return this;
        }

        /**
         * Adds headers as most servers have them.
         *
         * @param all the values of each name
         * @return this
         */
        public Builder headers(Map<String, ? extends Iterable<String>> all) {
            all.forEach((name, values) -> {
                for (String value : values) {
                    header(name, value);
                }
            });
            return this;
        }

        /**
         * Sets the body.
         *
         * @param bytes the bytes as received; not copied
         * @return this
         */
        public Builder body(byte[] bytes) {
            this.body = bytes;
            return this;
        }

        /**
         * Sets the body to a text.
         *
         * @param text sent as UTF-8
         * @return this
         */
        public Builder body(String text) {
            return body(text.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Sets who is at the other end of the connection.
         *
         * @param address an IP address, or null if the server does not say
         * @return this
         */
        public Builder remoteAddress(@Nullable String address) {
            this.remoteAddress = address;
            return this;
        }

        /**
         * Builds the request.
         *
         * @return a new request
         */
        public WebhookRequest build() {
            return new WebhookRequest(this);
        }
    }
}
