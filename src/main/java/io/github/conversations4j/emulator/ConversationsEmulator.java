package io.github.conversations4j.emulator;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.internal.emulator.control.Seed;
import io.github.conversations4j.internal.emulator.realtime.Sockets;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.source.EventSources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

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
    private final LocalAccount account;
    private final EmulatorRooms rooms;

    private ConversationsEmulator(LocalAccount account, EmulatorRooms rooms) {
        this.account = account;
        this.rooms = rooms;
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
        RandomGenerator random = RandomSource.of(options.seed);
        LocalAccount account = LocalAccount.of(options, random);
        return new ConversationsEmulator(account, new EmulatorRooms(account, options, random));
    }

    /**
     * Gives where the emulator is.
     *
     * @return scheme, host and port, without a slash at the end
     */
    public String url() {
        return rooms.url();
    }

    /**
     * Gives where client SDKs connect, for example the {@code Twilsock.uri} of the official JavaScript client.
     *
     * @return a {@code ws://} address
     */
    public String socketUrl() {
        return "ws" + url().substring("http".length()) + Sockets.PATH;
    }

    /**
     * Gives the account.
     *
     * @return {@code AC…}
     */
    public String accountSid() {
        return account.accountSid();
    }

    /**
     * Gives the auth token of the account, which also signs webhooks.
     *
     * @return the secret
     */
    public String authToken() {
        return account.authToken();
    }

    /**
     * Gives the API key.
     *
     * @return {@code SK…}
     */
    public String apiKey() {
        return account.apiKey();
    }

    /**
     * Gives the secret of the API key, which also signs access tokens.
     *
     * @return the secret
     */
    public String apiSecret() {
        return account.apiSecret();
    }

    /**
     * Gives the default service, the one of the short paths.
     *
     * @return {@code IS…}
     */
    public String serviceSid() {
        return rooms.service().sid();
    }

    /**
     * Gives everything a back end needs to call this emulator.
     *
     * @return the credentials
     */
    public Credentials credentials() {
        return Credentials.builder(accountSid())
                .authToken(authToken())
                .apiKey(apiKey(), apiSecret())
                .serviceSid(serviceSid())
                .build();
    }

    /**
     * Gives what a back end needs to call this emulator by OAuth instead of an API key: a client id and its secret, which
     * get tokens here as they would at {@code oauth.twilio.com}, and the auth token for webhooks.
     *
     * @return the credentials, without an API key
     */
    public Credentials oauthCredentials() {
        return Credentials.builder(accountSid())
                .oauth(account.oauthClientId(), account.oauthClientSecret())
                .authToken(authToken())
                .serviceSid(serviceSid())
                .build();
    }

    /**
     * Begins the options of a back end that works on this emulator: its webhooks are received on a free port of the
     * loopback interface and reach every client that was made like this, whatever is configured over REST besides. Its
     * {@linkplain ClientOptions.Builder#writeLimits write limits} are those of the emulator: none, unless it was told
     * {@link EmulatorOptions.Builder#actionsPerSecond}.
     *
     * @return a builder with credentials, address, write limits and webhook source
     */
    public ClientOptions.Builder backendOptions() {
        return ClientOptions.backend(credentials())
                .baseUrl(url())
                .writeLimits(rooms.writeLimits())
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
        return rooms.minter().mint(identity);
    }

    /**
     * Begins the options of a participant's client that works on this emulator. From now on simulated people who make a
     * conversation by going there bring this identity along.
     *
     * @param identity who it acts as
     * @return a builder with a token provider and the address
     */
    public ClientOptions.Builder participantOptions(String identity) {
        rooms.invite(identity);
        return ClientOptions.participant(() -> accessToken(identity)).baseUrl(url());
    }

    /**
     * Sends every webhook, before and after, to one more receiver besides those that are configured over REST.
     *
     * @param receiver the URL, as it is to be signed; a second time it changes nothing
     */
    public void sendWebhooksTo(String receiver) {
        rooms.webhooks().attach(receiver);
    }

    /**
     * Sends nothing more to a receiver of {@link #sendWebhooksTo}, or to that of a client of {@link #backendOptions()}, whose
     * URL {@code client.webhooks().publicUrl()} gives. What is on its way to it still goes there.
     *
     * @param receiver the URL; nothing happens if it is none
     */
    public void stopWebhooksTo(String receiver) {
        rooms.webhooks().detach(receiver);
    }

    /**
     * Waits until every webhook was sent that is to be sent now, so that a test or a demonstration can go on.
     *
     * @param limit how long at most
     * @return whether all were sent
     */
    public boolean awaitWebhooks(Duration limit) {
        return rooms.webhooks().await(limit);
    }

    /**
     * Gives the webhooks of the last while, those that were not sent too. A webhook is in here once it was answered or
     * given up; {@link #awaitWebhooks} waits for that.
     *
     * @return the last 10 000 deliveries, oldest first; a copy
     */
    public List<WebhookDelivery> webhookLog() {
        return rooms.webhooks().log();
    }

    /**
     * Gives what can go wrong here on request.
     *
     * @return the faults of this emulator, always the same
     */
    public Faults faults() {
        return rooms.faults();
    }

    /**
     * Brings a simulated person, who acts as the user of a client SDK would. The user is made with the first act.
     *
     * @param identity who it is
     * @return the person
     */
    public SimulatedUser user(String identity) {
        return rooms.user(identity);
    }

    /**
     * Counts what the clients of an identity are told of as it happens: of each conversation its properties, its messages
     * and its participants. A client with ten conversations has caught up when it follows thirty.
     *
     * @param identity who
     * @return the number now, over all its connections
     */
    public int followed(String identity) {
        return rooms.followed(identity);
    }

    /**
     * Brings a person at a phone, over SMS.
     *
     * @param number for example {@code +15550001}
     * @return the phone
     */
    public SimulatedPhone phone(String number) {
        return rooms.phone(number);
    }

    /**
     * Brings a person at WhatsApp.
     *
     * @param number with or without {@code whatsapp:} before it
     * @return the phone
     */
    public SimulatedPhone whatsApp(String number) {
        return rooms.whatsApp(number);
    }

    /**
     * Adds users and conversations, with their participants and messages. {@code docs/emulator.md} shows the form.
     *
     * @param json a JSON object
     * @throws IllegalArgumentException if it is no seed, or Twilio would refuse something in it; the message says what,
     *     and what came before it is made
     */
    public void seed(String json) {
        Seed seed = Seed.read(json.getBytes(StandardCharsets.UTF_8));
        try {
            seed.plantIn(rooms.service());
        } catch (TwilioFault fault) {
            throw new IllegalArgumentException("seed: " + fault.reason(), fault);
        }
    }

    /** Ends the emulator: its server, its connections and its timers. Idempotent. */
    @Override
    public void close() {
        rooms.close();
    }
}
