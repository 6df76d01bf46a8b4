package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.internal.realtime.session.SessionSettings;
import io.github.conversations4j.internal.token.RefreshPolicy;
import io.github.conversations4j.internal.wire.Loopback;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a realtime source. Immutable.
 *
 * @param socketUrl where the websocket is opened, written with {@code https} or {@code http}
 * @param region the region that the addresses inside the tunnel name
 * @param httpClient whose proxy, TLS and interceptors apply; null for the defaults of OkHttp
 * @param session the numbers of the session
 * @param tokens when tokens are renewed
 */
public record RealtimeOptions(
        HttpUrl socketUrl,
        String region,
        @Nullable OkHttpClient httpClient,
        SessionSettings session,
        RefreshPolicy tokens) {
    private static final String PATH = "/v3/wsconnect";
    private static final String DEFAULT_REGION = "us1";
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+)?");

    /** Refuses an address to which a token must not travel. */
    public RealtimeOptions {
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("region: must be like us1 or dublin.ie1, was " + region);
        }
        if (!socketUrl.isHttps() && !Loopback.isHost(socketUrl.host())) {
            throw new IllegalArgumentException("realtime address: a token travels unencrypted only to this machine"
                    + " (localhost, 127.0.0.1, [::1]). Use https for " + socketUrl.host());
        }
    }

    /**
     * Twilio itself.
     *
     * @param region for example {@code ie1}; null for {@code us1}. What the official client puts into its addresses
     * @return the options
     */
    public static RealtimeOptions twilio(@Nullable String region) {
        String used = region == null ? DEFAULT_REGION : region;
        HttpUrl url = HttpUrl.get("https://tsock." + used + ".twilio.com" + PATH);
        return new RealtimeOptions(url, used, null, SessionSettings.DEFAULT, RefreshPolicy.DEFAULT);
    }

    /**
     * One server in place of Twilio's, such as the emulator.
     *
     * @param baseUrl scheme, host and port
     * @return the options
     * @throws IllegalArgumentException if that is no address, or not encrypted and on another machine
     */
    public static RealtimeOptions at(String baseUrl) {
        HttpUrl url = HttpUrl.parse(baseUrl);
        if (url == null) {
            throw new IllegalArgumentException("base URL: must be a URL with http or https, was " + baseUrl);
        }
        return new RealtimeOptions(
                url.newBuilder().encodedPath(PATH).query(null).build(),
                DEFAULT_REGION,
                null,
                SessionSettings.DEFAULT,
                RefreshPolicy.DEFAULT);
    }

    /**
     * The same over another client.
     *
     * @param client whose settings apply; null for the defaults of OkHttp
     * @return the new options
     */
    public RealtimeOptions over(@Nullable OkHttpClient client) {
        return new RealtimeOptions(socketUrl, region, client, session, tokens);
    }

    /**
     * The same with other numbers.
     *
     * @param settings the numbers of the session
     * @return the new options
     */
    public RealtimeOptions with(SessionSettings settings) {
        return new RealtimeOptions(socketUrl, region, httpClient, settings, tokens);
    }

    /**
     * The same with another policy for tokens.
     *
     * @param policy when tokens are renewed
     * @return the new options
     */
    public RealtimeOptions with(RefreshPolicy policy) {
        return new RealtimeOptions(socketUrl, region, httpClient, session, policy);
    }

    /** Where content templates are listed; the one address besides that no answer tells. */
    String templatesUrl() {
        return "https://aim." + region + ".twilio.com/Client/v2/ContentTemplates";
    }

    /** Where the first request goes; its answer tells most other addresses. */
    String configurationUrl() {
        return "https://aim." + region + ".twilio.com/Client/v2/Configuration";
    }

    /** Where Sync is. */
    String syncUrl() {
        return "https://cds." + region + ".twilio.com";
    }
}
