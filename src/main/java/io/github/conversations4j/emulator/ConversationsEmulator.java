package io.github.conversations4j.emulator;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.Scheduler;
import io.github.conversations4j.internal.emulator.http.LocalServer;
import io.github.conversations4j.internal.emulator.http.Routes;
import io.github.conversations4j.internal.emulator.realtime.Sockets;
import io.github.conversations4j.internal.emulator.rest.Doorman;
import io.github.conversations4j.internal.emulator.rest.Doorman.Login;
import io.github.conversations4j.internal.emulator.rest.RestApi;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.emulator.webhook.Webhooks;
import io.github.conversations4j.internal.time.SystemScheduler;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.token.TokenMinter;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A local Twilio Conversations: an account with one service, in memory, reached over HTTP on the loopback interface.
 *
 * <pre>{@code
 * try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
 *     twilio.user("bob").in("general").says("hi alice");
 * }
 * }</pre>
 *
 * <p>Thread-safe. Everything it made (server, timers, connections) ends with {@link #close}. What is emulated, what is
 * guessed and what is not there is written down in {@code docs/emulator.md}.
 *
 * <p>Needs {@code com.squareup.okhttp3:mockwebserver3} on the classpath.
 */
public final class ConversationsEmulator implements AutoCloseable {
    private static final long LARGEST_BODY = 160L * 1024 * 1024;

    private final String authToken;
    private final String apiKey;
    private final String apiSecret;
    private final Twilio twilio;
    private final TokenMinter minter;
    private final Webhooks webhooks;
    private final Sockets sockets;
    private final LocalServer server;
    private final String url;
    private final Set<String> guests = ConcurrentHashMap.newKeySet();

    /** Null if the scheduler is the caller's. */
    private final @Nullable SystemScheduler ownScheduler;

    private ConversationsEmulator(EmulatorOptions options) {
        RandomGenerator random = options.seed == null ? new SecureRandom() : new SplittableRandom(options.seed);
        Invented invented = new Invented(random);
        authToken = options.authToken == null ? invented.secret() : options.authToken;
        apiKey = options.apiKey == null ? invented.sid("SK") : options.apiKey;
        apiSecret = options.apiSecret == null ? invented.secret() : options.apiSecret;
        String accountSid = options.accountSid == null ? invented.sid("AC") : options.accountSid;
        String serviceSid = options.serviceSid == null ? invented.sid("IS") : options.serviceSid;
        Scheduler scheduler;
        if (options.scheduler == null) {
            SystemScheduler made = new SystemScheduler("emulator");
            ownScheduler = made;
            scheduler = made;
        } else {
            ownScheduler = null;
            scheduler = options.scheduler;
        }
        twilio = new Twilio(accountSid, serviceSid, options.behaviour, options.clock, scheduler, random);
        Doorman doorman =
                new Doorman(List.of(new Login(accountSid, authToken), new Login(apiKey, apiSecret)), bearer -> false);
        minter = TokenMinter.builder(accountSid)
                .apiKey(apiKey, apiSecret)
                .serviceSid(serviceSid)
                .clock(options.clock)
                .random(random)
                .build();
        sockets = new Sockets(twilio, apiKey, apiSecret, options.clock, scheduler, random, this::url);
        Routes routes =
                new Routes().add(new RestApi(twilio, doorman, options.linkBase)).add(sockets);
        server = serve(options, routes);
        webhooks = new Webhooks(twilio, authToken, options.clock, random);
        url = "http://" + host(options.address) + ":" + server.port();
    }

    /**
     * Starts an emulator with everything made up, on a free port.
     *
     * @return a running emulator
     */
    public static ConversationsEmulator start() {
        return start(EmulatorOptions.builder().build());
    }

    /**
     * Starts an emulator.
     *
     * @param options how
     * @return a running emulator
     * @throws IllegalStateException if MockWebServer is not on the classpath; the message says what to add
     * @throws java.io.UncheckedIOException if it cannot listen where it should
     */
    public static ConversationsEmulator start(EmulatorOptions options) {
        return new ConversationsEmulator(options);
    }

    private LocalServer serve(EmulatorOptions options, Routes routes) {
        try {
            return new LocalServer(options.address, options.port, LARGEST_BODY, routes);
        } catch (NoClassDefFoundError e) {
            stopTimers();
            throw new IllegalStateException(
                    "The emulator needs com.squareup.okhttp3:mockwebserver3 on the classpath; add it in the version of"
                            + " okhttp-jvm that is there",
                    e);
        } catch (RuntimeException e) {
            stopTimers();
            throw e;
        }
    }

    /**
     * Gives where the emulator is.
     *
     * @return scheme, host and port, without a slash at the end
     */
    public String url() {
        return url;
    }

    /**
     * Gives where client SDKs connect, for example the {@code Twilsock.uri} of the official JavaScript client.
     *
     * @return a {@code ws://} address
     */
    public String socketUrl() {
        return "ws" + url.substring("http".length()) + Sockets.PATH;
    }

    /**
     * Gives the account.
     *
     * @return {@code AC…}
     */
    public String accountSid() {
        return twilio.accountSid();
    }

    /**
     * Gives the auth token of the account, which also signs webhooks.
     *
     * @return the secret
     */
    public String authToken() {
        return authToken;
    }

    /**
     * Gives the API key.
     *
     * @return {@code SK…}
     */
    public String apiKey() {
        return apiKey;
    }

    /**
     * Gives the secret of the API key, which also signs access tokens.
     *
     * @return the secret
     */
    public String apiSecret() {
        return apiSecret;
    }

    /**
     * Gives the default service, the one of the short paths.
     *
     * @return {@code IS…}
     */
    public String serviceSid() {
        return twilio.settings().defaultServiceSid();
    }

    /**
     * Gives everything a back end needs to call this emulator.
     *
     * @return the credentials
     */
    public Credentials credentials() {
        return Credentials.builder(accountSid())
                .authToken(authToken)
                .apiKey(apiKey, apiSecret)
                .serviceSid(serviceSid())
                .build();
    }

    /**
     * Begins the options of a back end that works on this emulator: its webhooks are received on a free port of the
     * loopback interface and reach every client that was made like this, whatever is configured over REST besides.
     *
     * @return a builder with credentials, address and webhook source
     */
    public ClientOptions.Builder backendOptions() {
        return ClientOptions.backend(credentials())
                .baseUrl(url)
                .source(EventSources.webhook("http://127.0.0.1:0/twilio")
                        .bindAddress("127.0.0.1")
                        .onListening(this::sendWebhooksTo));
    }

    /**
     * Mints an access token of this account and its default service, as a back end would.
     *
     * @param identity who it is for
     * @return the text of a token that is good for an hour
     */
    public String accessToken(String identity) {
        return minter.mint(identity);
    }

    /**
     * Begins the options of a participant's client that works on this emulator. From now on simulated people who make a
     * conversation by going there bring this identity along.
     *
     * @param identity who it acts as
     * @return a builder with a token provider and the address
     */
    public ClientOptions.Builder participantOptions(String identity) {
        guests.add(identity);
        return ClientOptions.participant(() -> accessToken(identity)).baseUrl(url);
    }

    /**
     * Sends every webhook, before and after, to one more receiver besides those that are configured over REST.
     *
     * @param receiver the URL, as it is to be signed
     */
    public void sendWebhooksTo(String receiver) {
        webhooks.attach(receiver);
    }

    /**
     * Waits until every webhook was sent that is to be sent now, so that a test or a demonstration can go on.
     *
     * @param limit how long at most
     * @return whether all were sent
     */
    public boolean awaitWebhooks(Duration limit) {
        return webhooks.await(limit);
    }

    /**
     * Brings a simulated person, who acts as the user of a client SDK would. The user is made with the first act.
     *
     * @param identity who it is
     * @return the person
     */
    public SimulatedUser user(String identity) {
        return new SimulatedUser(new Stage(twilio.service(), sockets::typing, guests), identity);
    }

    /** Ends the emulator: its server, its connections and its timers. Idempotent. */
    @Override
    public void close() {
        webhooks.close();
        server.close();
        stopTimers();
    }

    private void stopTimers() {
        if (ownScheduler != null) {
            ownScheduler.close();
        }
    }

    private static String host(InetAddress address) {
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    /** What is made up because the options do not say it. */
    private record Invented(RandomGenerator random) {
        String sid(String prefix) {
            return prefix + secret();
        }

        String secret() {
            return String.format("%016x%016x", random.nextLong(), random.nextLong());
        }
    }
}
