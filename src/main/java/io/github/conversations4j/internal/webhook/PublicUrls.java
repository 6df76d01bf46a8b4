package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.internal.wire.WebhookUrl;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.source.WebhookSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which texts Twilio may have signed for a request: the public URL as it is stated, its host and path with the query that
 * came, and, if a trusted proxy reports another name, that name with the target that came. The path that came is not
 * looked at otherwise, since proxies rewrite it; a request for another URL simply has another signature. Immutable.
 */
final class PublicUrls {
    private final WebhookSource settings;
    private final List<String> stated;
    private final List<String> withoutQuery;

    PublicUrls(WebhookSource settings, String publicUrl) {
        this.settings = settings;
        this.stated = WebhookUrl.signable(publicUrl);
        this.withoutQuery = stated.stream().map(WebhookUrl::withoutQuery).toList();
    }

    /** The candidates for a request whose query is no part of its content. */
    List<String> forPost(WebhookRequest request) {
        String query = request.query();
        List<String> forwarded = forwarded(request);
        if (query == null && forwarded.isEmpty()) {
            return stated;
        }
        Set<String> candidates = new LinkedHashSet<>(stated);
        candidates.addAll(queried(query));
        candidates.addAll(forwarded);
        return List.copyOf(candidates);
    }

    /** The candidates for a request whose content is the query that came, or is vouched for by it. */
    List<String> forQuery(WebhookRequest request) {
        Set<String> candidates = new LinkedHashSet<>(queried(request.query()));
        candidates.addAll(forwarded(request));
        return List.copyOf(candidates);
    }

    private List<String> queried(@Nullable String query) {
        return query == null
                ? List.of()
                : withoutQuery.stream().map(url -> url + "?" + query).toList();
    }

    private List<String> forwarded(WebhookRequest request) {
        String remote = request.remoteAddress();
        if (remote == null || !settings.isTrustedProxy(remote)) {
            return List.of();
        }
        String scheme = nearest(request.headers("X-Forwarded-Proto"));
        String host = nearest(request.headers("X-Forwarded-Host"));
        if (host == null) {
            host = request.header("Host");
        }
        if (scheme == null || host == null) {
            return List.of();
        }
        String port = nearest(request.headers("X-Forwarded-Port"));
        String authority = port == null || host.lastIndexOf(':') > host.lastIndexOf(']') ? host : host + ":" + port;
        return WebhookUrl.signable(scheme + "://" + authority + WebhookUrl.target(request.target()));
    }

    /** What the proxy next to us said; anything before it may have been made up by whoever called that proxy. */
    private static @Nullable String nearest(List<String> values) {
        if (values.isEmpty()) {
            return null;
        }
        String last = values.get(values.size() - 1);
        return last.substring(last.lastIndexOf(',') + 1).trim();
    }
}
