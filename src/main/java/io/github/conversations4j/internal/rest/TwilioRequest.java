package io.github.conversations4j.internal.rest;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.rest.Domains;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A request of twilio-java that goes out as it was asked for. The one it extends splits path values at {@code / ? #},
 * escapes links from answers a second time, and drops parameters whose value is the text {@code null}.
 *
 * <p>Not thread-safe; filled by one thread and then handed to {@link RestClient}, which only reads it.
 */
final class TwilioRequest extends Request {
    private static final String WEBHOOKS = "X-Twilio-Webhook-Enabled";

    private final String action;
    private final String exactUrl;
    private @Nullable Duration limit;
    private boolean repeatedAfter429 = true;

    private TwilioRequest(HttpMethod method, String action, String exactUrl) {
        super(method, exactUrl);
        this.action = action;
        this.exactUrl = exactUrl;
    }

    /**
     * Makes a read.
     *
     * @param action what it does, with the value that matters: the beginning of every message about it
     * @param path the segments of the path, not escaped
     */
    static TwilioRequest get(String action, Iterable<String> path) {
        return new TwilioRequest(HttpMethod.GET, action, url(action, path));
    }

    /** Makes a write, with parameters in its body. */
    static TwilioRequest post(String action, Iterable<String> path) {
        return new TwilioRequest(HttpMethod.POST, action, url(action, path));
    }

    /** Makes a removal. */
    static TwilioRequest delete(String action, Iterable<String> path) {
        return new TwilioRequest(HttpMethod.DELETE, action, url(action, path));
    }

    /** Makes a read of a link that an answer held. */
    static TwilioRequest link(String action, String url) {
        return new TwilioRequest(HttpMethod.GET, action, url);
    }

    private static String url(String action, Iterable<String> path) {
        StringBuilder url =
                new StringBuilder("https://").append(Domains.CONVERSATIONS).append(".twilio.com");
        for (String segment : path) {
            if (segment.isEmpty()) {
                throw new IllegalArgumentException(action + ": a SID, name or identity must not be empty");
            }
            url.append('/')
                    .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return url.toString();
    }

    /** Adds a query parameter unless its value is null. */
    TwilioRequest query(String name, @Nullable Object value) {
        return add(getQueryParams(), name, value);
    }

    /** Adds a body parameter unless its value is null. The text {@code null} is a value like any other. */
    TwilioRequest form(String name, @Nullable Object value) {
        return add(getPostParams(), name, value);
    }

    private TwilioRequest add(Map<String, java.util.List<String>> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value.toString());
        }
        return this;
    }

    /** Asks Twilio to send webhooks for this write; REST is silent otherwise. */
    TwilioRequest withWebhooks(boolean wanted) {
        if (wanted) {
            addHeaderParam(WEBHOOKS, "true");
        }
        return this;
    }

    /** Gives this call another time limit than the client's, repeats included. */
    TwilioRequest within(Duration timeLimit) {
        this.limit = timeLimit;
        return this;
    }

    /** Has the call fail at once when it is refused for its rate. */
    TwilioRequest onceAfter429() {
        this.repeatedAfter429 = false;
        return this;
    }

    boolean isRepeatedAfter429() {
        return repeatedAfter429;
    }

    String action() {
        return action;
    }

    @Nullable
    Duration limit() {
        return limit;
    }

    /** The URL as text, before {@link Endpoints} says where it is to be found. */
    String exactUrl() {
        String query = encodeQueryParams();
        return query.isEmpty() ? exactUrl : exactUrl + '?' + query;
    }

    @Override
    public URL constructURL() {
        return HttpUrl.get(exactUrl()).url();
    }
}
