package io.github.conversations4j.internal.emulator.realtime;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.http.Answer;
import io.github.conversations4j.internal.emulator.http.Incoming;
import io.github.conversations4j.internal.emulator.http.LocalPages;
import io.github.conversations4j.internal.emulator.http.Route;
import io.github.conversations4j.internal.emulator.state.Change;
import io.github.conversations4j.internal.emulator.state.ChangeListener;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.AccessTokenClaims;
import io.github.conversations4j.internal.wire.JwtKey;
import io.github.conversations4j.internal.wire.PacketCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door of the socket at {@code /v3/wsconnect}, and everybody who came through it. Thread-safe.
 *
 * <p>A page in a browser may come only if it was loaded from this machine, so that no foreign page can talk to an emulator
 * on a developer's laptop.
 */
public final class Sockets implements Route, ChangeListener {
    /** Where clients connect. */
    public static final String PATH = "/v3/wsconnect";

    static final PacketCodec CODEC = new PacketCodec(256 * 1024, 4 * 1024 * 1024);

    /** What may come before the next message is complete: the reader may be ahead by another one. */
    static final long MOST_BYTES = 2L * CODEC.maxMessage();

    private final Twilio twilio;
    private final TokenGate gate;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final FaultBook faults;
    private final Supplier<String> mediaUrl;
    private final Map<String, Realtime> services = new ConcurrentHashMap<>();

    /**
     * Starts to watch an account.
     *
     * @param twilio the account
     * @param apiKeySid the API key whose tokens let in
     * @param apiSecret its secret
     * @param clock what time it is
     * @param scheduler runs pings and the timers of tokens
     * @param faults what goes wrong on request
     * @param mediaUrl where media are uploaded
     */
    public Sockets(
            Twilio twilio,
            String apiKeySid,
            String apiSecret,
            InstantSource clock,
            Scheduler scheduler,
            FaultBook faults,
            Supplier<String> mediaUrl) {
        this.twilio = twilio;
        this.clock = clock;
        this.scheduler = scheduler;
        this.faults = faults;
        this.mediaUrl = mediaUrl;
        this.gate = new TokenGate(twilio.accountSid(), apiKeySid, JwtKey.of(apiSecret), clock, this::isService);
        twilio.listen(this);
    }

    private boolean isService(String sid) {
        try {
            return twilio.service(sid).sid().equals(sid);
        } catch (TwilioFault fault) {
            return false;
        }
    }

    @Override
    public @Nullable Answer answer(Incoming request) {
        if (!request.path().equals(PATH)) {
            return null;
        }
        String origin = request.header("Origin");
        if (origin != null && !LocalPages.isLocal(origin)) {
            return Answer.text(403, "Only pages from this machine may connect");
        }
        if (!"websocket".equalsIgnoreCase(request.header("Upgrade"))) {
            return Answer.text(426, "This is a websocket").with("Upgrade", "websocket");
        }
        return Answer.upgrade(new SocketSession(this, request.connection()));
    }

    @Override
    public void onChange(Change change) {
        Realtime realtime = change.stamp().serviceSid() == null
                ? null
                : services.get(change.stamp().serviceSid());
        if (realtime != null) {
            realtime.onChange(change);
        }
    }

    Member enter(SocketSession session, AccessTokenClaims claims) {
        return services.computeIfAbsent(claims.serviceSid(), sid -> new Realtime(twilio, twilio.service(sid), mediaUrl))
                .enter(session, claims.identity());
    }

    void left(SocketSession session) {
        Member member = session.member();
        if (member != null) {
            member.realtime().left(session, member);
        }
    }

    /**
     * Tells everybody else in a conversation that somebody is typing.
     *
     * @param identity who
     * @param conversation where
     */
    public void typing(String identity, String conversation) {
        String sid = twilio.service().sid();
        services.computeIfAbsent(sid, same -> new Realtime(twilio, twilio.service(), mediaUrl))
                .typing(identity, conversation);
    }

    /** What goes wrong on request. */
    FaultBook faults() {
        return faults;
    }

    /**
     * Reads an access token, for other rooms that let people in.
     *
     * @param token the token
     * @return its claims, or null if it does not let in
     */
    public @Nullable AccessTokenClaims claims(String token) {
        try {
            return gate.check(token);
        } catch (TokenGate.Refused refused) {
            return null;
        }
    }

    /**
     * Cuts connections without a word.
     *
     * @param whose by identity
     */
    public void drop(Predicate<String> whose) {
        sessions(whose).forEach(SocketSession::drop);
    }

    /**
     * Sends clients away to connect again.
     *
     * @param whose by identity
     * @param reconnectAfter how long they are told to wait at least; null for nothing
     */
    public void offload(Predicate<String> whose, @Nullable Duration reconnectAfter) {
        sessions(whose).forEach(session -> session.close(308, "OFFLOAD", "Connect again", 0, reconnectAfter));
    }

    /**
     * How many objects of conversations (properties, messages, participants) somebody's clients follow.
     *
     * @param identity who
     * @return the number now, over all connections
     */
    public int followed(String identity) {
        return sessions(identity::equals).stream()
                .map(SocketSession::member)
                .mapToInt(member -> member == null ? 0 : member.subscriptions().ofConversations())
                .sum();
    }

    private List<SocketSession> sessions(Predicate<String> whose) {
        return services.values().stream()
                .flatMap(realtime -> realtime.sessions().stream())
                .filter(session ->
                        session.member() != null && whose.test(session.member().identity()))
                .toList();
    }

    TokenGate gate() {
        return gate;
    }

    InstantSource clock() {
        return clock;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    String nextPacketId() {
        return twilio.sids().next("TM");
    }
}
