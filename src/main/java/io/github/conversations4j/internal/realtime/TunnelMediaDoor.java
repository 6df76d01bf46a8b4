package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.media.MediaDoor;
import io.github.conversations4j.internal.realtime.AccountConfiguration.Links;
import io.github.conversations4j.internal.token.TokenKeeper;
import io.github.conversations4j.token.AccessToken;
import java.util.concurrent.CompletionStage;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The way into the media service with an access token: where the service said at the start. The token goes to hosts of Twilio's
 * only, or to the one server that stands for them. Immutable.
 *
 * @param calls knows the account
 * @param tokens gives the token
 * @param options where Twilio is
 */
record TunnelMediaDoor(TunnelCalls calls, TokenKeeper tokens, RealtimeOptions options) implements MediaDoor {
    private static final String TOKEN = "X-Twilio-Token";

    @Override
    public CompletionStage<Entry> open(String action) {
        return calls.withAccount(
                action,
                account -> tokens.current()
                        .thenApply(
                                token -> entry(action, account.configuration().links(), token)));
    }

    private Entry entry(String action, Links links, AccessToken token) {
        if (links.media() == null) {
            throw new ConversationsException(action + ": the service did not say where files are");
        }
        return new Entry(
                address(action, links.media()),
                links.mediaSet() == null ? null : address(action, links.mediaSet()),
                TOKEN,
                token.text());
    }

    /** A path alone is one of the media service's own host, as the official client reads it. */
    private HttpUrl address(String action, String link) {
        String full = link.startsWith("/") ? "https://mcs." + options.region() + ".twilio.com" + link : link;
        @Nullable HttpUrl url = HttpUrl.parse(full);
        if (url == null || !isTrusted(url)) {
            throw new ConversationsException(action + ": the address of the media service leads to "
                    + (url == null ? "nowhere" : url.host()) + ", which gets no token");
        }
        return url;
    }

    private boolean isTrusted(HttpUrl url) {
        HttpUrl known = options.socketUrl();
        boolean same = url.scheme().equals(known.scheme()) && url.host().equals(known.host());
        return same
                || url.isHttps()
                        && url.host().endsWith(".twilio.com")
                        && known.host().endsWith(".twilio.com");
    }
}
