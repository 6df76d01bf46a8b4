package io.github.conversations4j.internal.wire;

import java.util.List;

/**
 * Works on the raw text of a webhook URL. Never through {@link java.net.URI}, which would escape the query anew and so
 * change what was signed.
 */
public final class WebhookUrl {
    private WebhookUrl() {}

    /**
     * Gives the texts that Twilio may have signed for a URL. It signs without user information and fragment; whether a
     * port is kept differs between its products and is documented nowhere for Conversations.
     *
     * @param url the URL as it was configured at Twilio
     * @return the URL as it is, then with its port left out or, if it has none, with the default one of its scheme
     */
    public static List<String> signable(String url) {
        int fragment = url.indexOf('#');
        String text = fragment < 0 ? url : url.substring(0, fragment);
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            return List.of(text);
        }
        int hostStart = scheme + 3;
        int hostEnd = authorityEnd(text, hostStart);
        int user = text.lastIndexOf('@', hostEnd - 1);
        if (user >= hostStart) {
            text = text.substring(0, hostStart) + text.substring(user + 1);
            hostEnd -= user + 1 - hostStart;
        }
        return List.of(text, withOtherPort(text, hostStart, hostEnd));
    }

    /**
     * Leaves out the query and what follows it.
     *
     * @param url a URL
     * @return its scheme, host and path as they stand
     */
    public static String withoutQuery(String url) {
        int end = url.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = url.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        return url.substring(0, end);
    }

    private static String withOtherPort(String url, int hostStart, int hostEnd) {
        int colon = url.lastIndexOf(':', hostEnd - 1);
        // A colon inside the brackets of an IPv6 address is no port.
        if (colon > hostStart && url.lastIndexOf(']', hostEnd - 1) < colon) {
            return url.substring(0, colon) + url.substring(hostEnd);
        }
        String port = url.regionMatches(true, 0, "https:", 0, 6) ? ":443" : ":80";
        return url.substring(0, hostEnd) + port + url.substring(hostEnd);
    }

    private static int authorityEnd(String url, int from) {
        int at = from;
        while (at < url.length() && "/?".indexOf(url.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
