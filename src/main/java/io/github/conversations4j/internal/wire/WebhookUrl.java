package io.github.conversations4j.internal.wire;

import java.util.List;

/**
 * Works on the raw text of a webhook URL. Never through {@link java.net.URI}, which would escape the query anew and so
 * change what was signed.
 */
public final class WebhookUrl {
    private WebhookUrl() {}

    /**
     * Refuses what is no URL that Twilio could call.
     *
     * @param url a text
     * @return the same text
     * @throws IllegalArgumentException if it does not begin with {@code http://} or {@code https://} and a host, or holds
     *     white space or control characters
     */
    public static String requireAbsolute(String url) {
        boolean known = url.regionMatches(true, 0, "https://", 0, 8) || url.regionMatches(true, 0, "http://", 0, 7);
        boolean printable = url.chars().noneMatch(c -> c <= ' ' || c == 0x7F);
        if (!known || !printable || authorityEnd(url, hostStart(url)) == hostStart(url)) {
            throw new IllegalArgumentException(
                    "The public URL must be a whole one as it is set at Twilio, such as https://chat.example.com/twilio, not '"
                            + redacted(url) + "'");
        }
        return url;
    }

    /**
     * Gives the texts that Twilio may have signed for a URL. It signs without user information and fragment; whether a
     * port is kept differs between its products and is documented nowhere for Conversations.
     *
     * @param url the URL as it was configured at Twilio
     * @return the URL as it is, then with its port left out or, if it has none, with the default one of its scheme; if
     *     it has no path, both again with the slash that is requested in its place
     */
    public static List<String> signable(String url) {
        String text = withoutUser(url);
        int fragment = text.indexOf('#');
        text = fragment < 0 ? text : text.substring(0, fragment);
        int hostStart = hostStart(text);
        if (hostStart < 0) {
            return List.of(text);
        }
        String otherPort = withOtherPort(text, hostStart);
        return hasPath(text) ? List.of(text, otherPort) : List.of(text, otherPort, withPath(text), withPath(otherPort));
    }

    /**
     * Leaves out the query and what follows it.
     *
     * @param url a URL
     * @return its scheme, host and path as they stand
     */
    public static String withoutQuery(String url) {
        int end = 0;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        return url.substring(0, end);
    }

    /**
     * Leaves out what stands before the path.
     *
     * @param url a URL, or only its path and query
     * @return path and query as they stand
     */
    public static String target(String url) {
        int hostStart = hostStart(url);
        return url.startsWith("/") || hostStart < 0 ? url : url.substring(authorityEnd(url, hostStart));
    }

    /**
     * Gives a text for logs.
     *
     * @param url a URL, from wherever
     * @return the URL without user information, with the names of its query parameters but not their values, with control
     *     characters replaced, and no longer than 300 characters
     */
    public static String redacted(String url) {
        String text = withoutUser(url);
        StringBuilder redacted = new StringBuilder();
        boolean query = false;
        boolean value = false;
        for (int i = 0; i < text.length() && redacted.length() < 300; i++) {
            char next = text.charAt(i);
            query |= next == '?';
            if (query && (next == '&' || next == '#')) {
                value = false;
            }
            if (!value) {
                redacted.append(next < ' ' || next > '~' ? '?' : next);
            }
            if (query && next == '=' && !value) {
                value = true;
                redacted.append('…');
            }
        }
        return redacted.toString();
    }

    /**
     * Whether a URL leaves the port to whoever listens.
     *
     * @param url a URL
     * @return whether its port is 0
     */
    public static boolean hasPortZero(String url) {
        int hostEnd = authorityEnd(url, hostStart(url));
        return url.startsWith(":0", hostEnd - 2);
    }

    /**
     * Puts a port in the place of port 0.
     *
     * @param url a URL
     * @param port the port
     * @return the URL with that port if its port was 0, else the same text
     */
    public static String withBoundPort(String url, int port) {
        int hostEnd = authorityEnd(url, hostStart(url));
        return hasPortZero(url) ? url.substring(0, hostEnd - 1) + port + url.substring(hostEnd) : url;
    }

    private static String withOtherPort(String url, int hostStart) {
        int hostEnd = authorityEnd(url, hostStart);
        int colon = url.lastIndexOf(':', hostEnd - 1);
        // A colon inside the brackets of an IPv6 address is no port.
        if (colon > hostStart && url.lastIndexOf(']', hostEnd - 1) < colon) {
            return url.substring(0, colon) + url.substring(hostEnd);
        }
        String port = url.regionMatches(true, 0, "https:", 0, 6) ? ":443" : ":80";
        return url.substring(0, hostEnd) + port + url.substring(hostEnd);
    }

    private static boolean hasPath(String url) {
        return url.startsWith("/", authorityEnd(url, hostStart(url)));
    }

    private static String withPath(String url) {
        int hostEnd = authorityEnd(url, hostStart(url));
        return url.substring(0, hostEnd) + "/" + url.substring(hostEnd);
    }

    private static String withoutUser(String url) {
        int start = hostStart(url);
        int at = start < 0 ? -1 : url.lastIndexOf('@', authorityEnd(url, start) - 1);
        return start < 0 || at < start ? url : url.substring(0, start) + url.substring(at + 1);
    }

    /** Where the host begins, or the user information before it; -1 without scheme. */
    private static int hostStart(String url) {
        int scheme = url.indexOf("://");
        return scheme < 0 ? -1 : scheme + 3;
    }

    private static int authorityEnd(String url, int from) {
        int at = Math.max(0, from);
        while (at < url.length() && "/?#".indexOf(url.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
