package io.github.conversations4j.source;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.wire.AddressRange;
import io.github.conversations4j.internal.wire.WebhookUrl;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The settings of the webhook source: where Twilio calls us, and what is accepted there. An immutable value; each setter
 * gives a changed copy.
 *
 * <p>Every request must carry Twilio's signature over the public URL; that check cannot be switched off. The source is
 * initialised when its receiver listens, or at once when it is mounted elsewhere.
 *
 * <p>Nobody could try this against the real Twilio yet: whether it signs a URL with or without its port, and how it signs
 * a repeated parameter, is what its helper libraries assume.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/conversations-webhooks">Twilio: Conversations webhooks</a>
 */
public final class WebhookSource implements BuiltInSource {
    /** The port of the embedded receiver unless another one is set. */
    public static final int DEFAULT_PORT = 8080;

    private static final String ALL_ADDRESSES = "0.0.0.0";

    /** Room for 32 KB of text and 16 KB of attributes, each byte percent-encoded, and for what comes with them. */
    private static final int DEFAULT_MAX_BODY_BYTES = 256 * 1024;

    private static final int DEFAULT_MAX_PARAMETERS = 200;

    /** Twilio itself waits no longer for an answer. */
    private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(5);

    /** Leaves Twilio, which waits five seconds, a second for the way. */
    private static final Duration DEFAULT_DECISION_TIME = Duration.ofSeconds(4);

    private final String publicUrl;
    private final Door door;
    private final Gate gate;
    private final Decision decision;

    /** Where requests come in. */
    private record Door(
            String bindAddress,
            int port,
            boolean mountedElsewhere,
            Duration readTimeout,
            Consumer<String> announcement) {}

    /** What is let through. */
    private record Gate(
            List<String> authTokens,
            Set<String> serviceSids,
            List<AddressRange> trustedProxies,
            int maxBodyBytes,
            int maxParameters) {}

    /** How questions are answered. */
    private record Decision(Duration time, Undecided undecided) {}

    WebhookSource(String publicUrl) {
        this(
                WebhookUrl.requireAbsolute(publicUrl),
                new Door(ALL_ADDRESSES, defaultPort(publicUrl), false, DEFAULT_READ_TIMEOUT, url -> {}),
                new Gate(List.of(), Set.of(), List.of(), DEFAULT_MAX_BODY_BYTES, DEFAULT_MAX_PARAMETERS),
                new Decision(DEFAULT_DECISION_TIME, Undecided.ACCEPT));
    }

    private static int defaultPort(String publicUrl) {
        return WebhookUrl.hasPortZero(publicUrl) ? 0 : DEFAULT_PORT;
    }

    private WebhookSource(String publicUrl, Door door, Gate gate, Decision decision) {
        this.publicUrl = publicUrl;
        this.door = door;
        this.gate = gate;
        this.decision = decision;
    }

    /** {@code webhook}. */
    @Override
    public String name() {
        return SourceKind.WEBHOOK.sourceName();
    }

    /** All that Twilio's post-webhooks tell; neither typing nor anything about the connection of a client is among it. */
    @Override
    public Set<EventType<?>> events() {
        return SourceKind.WEBHOOK.events();
    }

    /**
     * Sets the port of the embedded receiver, which is often another one than that of the public URL.
     *
     * @param port 0 for any free one; a port 0 in the public URL stands for the same
     * @return a changed copy
     * @throws IllegalStateException if the source is mounted elsewhere
     */
    public WebhookSource port(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: must be between 0 and 65535, not " + port);
        }
        return with(new Door(door.bindAddress, port, embedded("port"), door.readTimeout, door.announcement));
    }

    /**
     * Sets the address on which the embedded receiver listens. All addresses unless set: nothing unsigned gets through,
     * and a receiver in a container must be reachable from outside of it.
     *
     * @param address a host name or an IP address of this machine, for example {@code 127.0.0.1} behind a proxy on it
     * @return a changed copy
     * @throws IllegalStateException if the source is mounted elsewhere
     */
    public WebhookSource bindAddress(String address) {
        return with(new Door(address, door.port, embedded("bindAddress"), door.readTimeout, door.announcement));
    }

    /**
     * Starts no receiver: your own web server hands the requests to {@code client.webhooks().handle(…)}.
     *
     * @return a changed copy
     * @throws IllegalStateException if a port or an address to listen on was set
     */
    public WebhookSource mountedElsewhere() {
        if (door.port != defaultPort(publicUrl) || !door.bindAddress.equals(ALL_ADDRESSES)) {
            throw new IllegalStateException("mountedElsewhere: there is a receiver of our own at " + door.bindAddress
                    + ":" + door.port + "; leave out port and bindAddress");
        }
        return with(new Door(door.bindAddress, door.port, true, door.readTimeout, door.announcement));
    }

    /**
     * Limits how long the embedded receiver waits for the whole of a request. 5 seconds unless set, after which Twilio
     * itself gives up.
     *
     * @param limit more than zero
     * @return a changed copy
     * @throws IllegalStateException if the source is mounted elsewhere
     */
    public WebhookSource readTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("readTimeout: must be more than zero, not " + limit);
        }
        return with(new Door(door.bindAddress, door.port, embedded("readTimeout"), limit, door.announcement));
    }

    /**
     * Asks to be told when the receiver listens, for example to set the URL at Twilio or at an emulator.
     *
     * @param announcement called once, on a thread of the source, with the public URL in which a port 0 has become the
     *     port that was bound; an exception fails the source
     * @return a changed copy
     */
    public WebhookSource onListening(Consumer<String> announcement) {
        return with(new Door(door.bindAddress, door.port, door.mountedElsewhere, door.readTimeout, announcement));
    }

    /**
     * Sets auth tokens that are accepted besides the one in the credentials of the client: the other one while a token
     * is rotated, or the primary one if the client has an API key. Twilio signs with the account's primary auth token,
     * whatever the client uses for its calls.
     *
     * @param tokens auth tokens, in place of those set before
     * @return a changed copy
     */
    public WebhookSource authTokens(String... tokens) {
        if (Arrays.stream(tokens).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("authTokens: one of them is blank");
        }
        return with(new Gate(
                List.of(tokens), gate.serviceSids, gate.trustedProxies, gate.maxBodyBytes, gate.maxParameters));
    }

    /**
     * Refuses events of other services. Events that name no service, as Twilio documents those of messages, pass.
     *
     * @param serviceSids conversation services, {@code IS…}; none to accept those of all
     * @return a changed copy
     */
    public WebhookSource onlyServices(String... serviceSids) {
        return with(new Gate(
                gate.authTokens, Set.of(serviceSids), gate.trustedProxies, gate.maxBodyBytes, gate.maxParameters));
    }

    /**
     * Limits the size of a request. 256 KB unless set, which is what the longest message can need.
     *
     * @param bytes at least one
     * @return a changed copy
     */
    public WebhookSource maxBodyBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("maxBodyBytes: must be more than zero, not " + bytes);
        }
        return with(new Gate(gate.authTokens, gate.serviceSids, gate.trustedProxies, bytes, gate.maxParameters));
    }

    /**
     * Limits the number of parameters of a request. 200 unless set; Twilio is known to send fewer than 20.
     *
     * @param parameters at least one
     * @return a changed copy
     */
    public WebhookSource maxParameters(int parameters) {
        if (parameters < 1) {
            throw new IllegalArgumentException("maxParameters: must be more than zero, not " + parameters);
        }
        return with(new Gate(gate.authTokens, gate.serviceSids, gate.trustedProxies, gate.maxBodyBytes, parameters));
    }

    /**
     * Also tries the URL that a proxy reports in {@code X-Forwarded-Proto}, {@code X-Forwarded-Host} and
     * {@code X-Forwarded-Port}, for a receiver that is reached under several names. Without this those headers are not
     * even read, since anybody can send them.
     *
     * @param proxies addresses such as {@code 10.0.0.7} or ranges such as {@code 10.0.0.0/8} and {@code fd00::/8}; what
     *     any other machine reports is not read
     * @return a changed copy
     * @throws IllegalArgumentException if one is no address or range
     */
    public WebhookSource trustForwardedHeadersFrom(String... proxies) {
        List<AddressRange> ranges =
                Arrays.stream(proxies).map(AddressRange::parse).toList();
        return with(new Gate(gate.authTokens, gate.serviceSids, ranges, gate.maxBodyBytes, gate.maxParameters));
    }

    /**
     * How long {@code before…} hooks may take together. Four seconds unless set: Twilio waits five and then goes on.
     *
     * @param limit more than zero, less than five seconds
     * @return a changed copy
     */
    public WebhookSource decisionTime(Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(DEFAULT_READ_TIMEOUT) >= 0) {
            throw new IllegalArgumentException("decisionTime: must be more than zero and less than "
                    + DEFAULT_READ_TIMEOUT + ", after which Twilio goes on, was " + limit);
        }
        return new WebhookSource(publicUrl, door, gate, new Decision(limit, decision.undecided));
    }

    /**
     * What it means when {@code before…} hooks throw, take too long, or are too many at once.
     * {@link Undecided#ACCEPT} unless set, which is what Twilio does by itself.
     *
     * @param answer what is answered
     * @return a changed copy
     */
    public WebhookSource whenUndecided(Undecided answer) {
        return new WebhookSource(publicUrl, door, gate, new Decision(decision.time, answer));
    }

    /**
     * How long {@code before…} hooks may take together.
     *
     * @return the limit
     */
    public Duration decisionTime() {
        return decision.time;
    }

    /**
     * What it means when {@code before…} hooks do not decide.
     *
     * @return what is answered
     */
    public Undecided whenUndecided() {
        return decision.undecided;
    }

    /**
     * The URL as it is set at Twilio.
     *
     * @return the text that was given
     */
    public String publicUrl() {
        return publicUrl;
    }

    /**
     * The port of the embedded receiver.
     *
     * @return 0 for any free one
     */
    public int port() {
        return door.port;
    }

    /**
     * The address of the embedded receiver.
     *
     * @return a host name or an IP address
     */
    public String bindAddress() {
        return door.bindAddress;
    }

    /**
     * Whether no receiver is started.
     *
     * @return whether {@link #mountedElsewhere()} was called
     */
    public boolean isMountedElsewhere() {
        return door.mountedElsewhere;
    }

    /**
     * How long the embedded receiver waits for the whole of a request.
     *
     * @return the limit
     */
    public Duration readTimeout() {
        return door.readTimeout;
    }

    /**
     * Who is told when the receiver listens.
     *
     * @return what was given to {@link #onListening}, or something that does nothing
     */
    public Consumer<String> onListening() {
        return door.announcement;
    }

    /**
     * The auth tokens that are accepted besides that of the client.
     *
     * @return the tokens: secrets
     */
    public List<String> authTokens() {
        return gate.authTokens;
    }

    /**
     * The services whose events are accepted.
     *
     * @return their SIDs; empty for all
     */
    public Set<String> serviceSids() {
        return gate.serviceSids;
    }

    /**
     * The largest request.
     *
     * @return the limit of its body, and of its query
     */
    public int maxBodyBytes() {
        return gate.maxBodyBytes;
    }

    /**
     * The largest number of parameters.
     *
     * @return the limit
     */
    public int maxParameters() {
        return gate.maxParameters;
    }

    /**
     * Whether an address is that of a proxy whose reports are read.
     *
     * @param address an IP address
     * @return whether it lies in one of the trusted ranges
     */
    public boolean isTrustedProxy(String address) {
        for (AddressRange range : gate.trustedProxies) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The public URL without user information and query; no secrets. */
    @Override
    public String toString() {
        return "webhook at " + WebhookUrl.redacted(publicUrl);
    }

    private boolean embedded(String setting) {
        if (door.mountedElsewhere) {
            throw new IllegalStateException(setting + ": has no meaning for a webhook that is mounted elsewhere");
        }
        return false;
    }

    private WebhookSource with(Door changed) {
        return new WebhookSource(publicUrl, changed, gate, decision);
    }

    private WebhookSource with(Gate changed) {
        return new WebhookSource(publicUrl, door, changed, decision);
    }
}
