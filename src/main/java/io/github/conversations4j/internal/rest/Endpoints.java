package io.github.conversations4j.internal.rest;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.wire.Loopback;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where requests may go. Everything that is sent passes through {@link #locate}, links from Twilio's answers too, so no
 * secret can reach a host that nobody configured. Immutable.
 *
 * <p>Without a base URL these are the hosts of {@code twilio.com}, by https on its usual port, in the region and through the
 * edge configured. With one, every Twilio host is mapped to it, and it is the only place left.
 */
final class Endpoints {
    private static final String TWILIO = "twilio.com";
    private static final String DEFAULT_REGION = "us1";
    /** In a path these mean "here" and "one up", escaped or not, and URL libraries carry that out. */
    private static final Pattern DOTS = Pattern.compile("(?:\\.|%2[eE]){1,2}");

    private final @Nullable HttpUrl base;
    private final @Nullable String region;
    private final @Nullable String edge;

    Endpoints(@Nullable String baseUrl, @Nullable String region, @Nullable String edge) {
        this.base = baseUrl == null ? null : checkedBase(baseUrl);
        this.region = region;
        this.edge = edge;
    }

    private static HttpUrl checkedBase(String text) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            throw new IllegalArgumentException("base URL: must be a URL with http or https, was \"" + text + '"');
        }
        boolean bare = url.encodedPath().equals("/") && url.query() == null && url.fragment() == null;
        if (!bare || !url.username().isEmpty() || !url.password().isEmpty()) {
            throw new IllegalArgumentException(
                    "base URL: must be scheme, host and port only, such as http://localhost:8080;"
                            + " paths are kept as Twilio has them. Host was " + url.host());
        }
        if (!url.isHttps() && !Loopback.isHost(url.host())) {
            throw new IllegalArgumentException("base URL: credentials are sent over plain http only to this machine"
                    + " (localhost, 127.0.0.1, [::1]). Use https for " + url.host());
        }
        return url;
    }

    /**
     * Says where a URL of Twilio's is to be found. Path and query stay as they are.
     *
     * @param action what is tried, for the message
     * @param url a full URL, built by us or found in an answer
     * @return the URL to call
     * @throws ConversationsException if it leads away from the configured hosts
     */
    HttpUrl locate(String action, String url) {
        HttpUrl given = HttpUrl.parse(url);
        if (given == null) {
            throw new ConversationsException(action + ": the link is no URL with http or https. Nothing was sent");
        }
        refuseDots(action, url);
        HttpUrl.Builder place = given.newBuilder().username("").password("").fragment(null);
        if (base != null && (sameOrigin(given, base) || isTwilio(given))) {
            return place.scheme(base.scheme())
                    .host(base.host())
                    .port(base.port())
                    .build();
        }
        if (base == null && isTwilio(given)) {
            return place.host(regional(given.host())).build();
        }
        throw new ConversationsException(
                action + ": the link leads to " + origin(given) + ", and credentials are sent only to "
                        + (base == null ? "https hosts of " + TWILIO : origin(base)) + ". Nothing was sent");
    }

    /**
     * Says where a route is to be found that Twilio has in one place for all regions.
     *
     * @param url a full URL of Twilio's, built by us
     * @return the URL to call
     */
    HttpUrl global(String url) {
        HttpUrl given = HttpUrl.get(url);
        return base == null
                ? given
                : given.newBuilder()
                        .scheme(base.scheme())
                        .host(base.host())
                        .port(base.port())
                        .build();
    }

    /**
     * Says whether secrets may be sent to a URL.
     *
     * @param url where a request is about to go
     * @return whether {@link #locate} could have given it
     */
    boolean trusts(HttpUrl url) {
        return base == null ? isTwilio(url) : sameOrigin(url, base);
    }

    private static boolean isTwilio(HttpUrl url) {
        return url.isHttps()
                && url.port() == 443
                && (url.host().equals(TWILIO) || url.host().endsWith('.' + TWILIO));
    }

    private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }

    static String origin(HttpUrl url) {
        return url.scheme() + "://" + (url.host().contains(":") ? '[' + url.host() + ']' : url.host())
                + (url.port() == HttpUrl.defaultPort(url.scheme()) ? "" : ":" + url.port());
    }

    /** Twilio's pattern is {@code product.edge.region.twilio.com}; what the host names itself stays unless configured. */
    private String regional(String host) {
        List<String> labels = List.of(host.split("\\."));
        int given = labels.size() - 3;
        if (given < 0 || given > 2) {
            return host;
        }
        String itsRegion = given == 0 ? null : labels.get(given);
        String itsEdge = given == 2 ? labels.get(1) : null;
        String atRegion = region != null ? region : itsRegion;
        String atEdge = edge != null ? edge : itsEdge;
        if (atEdge != null && atRegion == null) {
            atRegion = DEFAULT_REGION;
        }
        return labels.get(0)
                + (atEdge == null ? "" : '.' + atEdge)
                + (atRegion == null ? "" : '.' + atRegion)
                + '.'
                + TWILIO;
    }

    private static void refuseDots(String action, String url) {
        int end = url.indexOf('?') < 0 ? url.length() : url.indexOf('?');
        for (String segment : url.substring(0, end).split("[/\\\\]")) {
            if (DOTS.matcher(segment).matches()) {
                throw new IllegalArgumentException(
                        action + ": \"" + segment + "\" can not be part of a URL's path, where it means another place."
                                + " Address the resource by SID");
            }
        }
    }
}
