package io.github.conversations4j.internal.realtime.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.Scheduler;
import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.internal.realtime.channel.ChannelFactory;
import io.github.conversations4j.internal.realtime.session.OddInput.Kind;
import io.github.conversations4j.internal.wire.MalformedPacketException;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.token.AccessToken;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A realtime session with Twilio: one websocket at a time, opened again whenever it is lost, and on it a tunnel for
 * requests. Thread-safe; never blocks.
 *
 * <p>The states, what leaves them, and what may still be lost in them:
 * <ul>
 *   <li><b>connecting</b>: a token is being fetched or the websocket is being opened. Open → initialising; failed or too
 *       slow → retrying. Requests wait, for a limited time.
 *   <li><b>initialising</b>: {@code init} was sent. Accepted → connected (and on to updating, if a newer token came
 *       meanwhile); token refused → connecting with another token, once, then denied; refused otherwise, lost or too
 *       slow → retrying.
 *   <li><b>connected</b>: requests are sent. A newer token → updating. Lost, silent for too long, or sent away by the
 *       server (308 and whatever else it may say) → retrying. Token expired (410) or no longer accepted (401) →
 *       connecting with another token. Whatever ends it: answers that were under way are lost, and the requests are
 *       repeated or failed as {@link Tunnel} says; what was pushed is not lost, because subscriptions name the last event
 *       they know, and what they follow is read anew where the server has not kept the events since.
 *   <li><b>updating</b>: as connected, and {@code update} was sent. Accepted → connected; token refused → as in
 *       initialising; refused otherwise or too slow → retrying, with the new token.
 *   <li><b>retrying</b>: a timer runs. It ends, or a newer token comes → connecting.
 *   <li><b>denied</b>: two tokens in a row were refused. Requests fail with the reason. A token that was not tried yet →
 *       connecting; nothing else helps.
 *   <li><b>disconnecting</b>: {@link #close} said goodbye. Closed, or too slow → disconnected.
 *   <li><b>disconnected</b>: before {@link #open} and for good after {@link #close}. Requests fail after the latter.
 * </ul>
 */
public final class Session {
    private static final String OPENING = "open the realtime session";

    private final SessionSettings settings;
    private final SessionContext context;
    private final ChannelFactory channels;
    private final SessionTokens tokens;
    private final SessionListener listener;
    private final Exclusive exclusive;
    private final Tunnel tunnel;
    private final Watchdog watchdog;
    private final Reconnects reconnects;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    // What follows is guarded by the lock.

    private SessionState state = SessionState.DISCONNECTED;

    /** The connection that is open or being opened; null while there is none. */
    private @Nullable Connection connection;

    /** Ends retrying and disconnecting. */
    private Scheduler.@Nullable Cancellable timer;

    private @Nullable String continuationToken;

    /** The newest token that was given to the session; null before the first. */
    private @Nullable AccessToken token;

    /** How many tokens were refused since one was accepted. */
    private int refusals;

    /**
     * A session that does nothing until it is opened.
     *
     * @param settings the numbers
     * @param context time, chance and the lock
     * @param channels opens websockets; closed with the session
     * @param tokens gives tokens
     * @param listener hears everything
     * @param signOfLife a read that is sent when nothing was heard for long
     */
    public Session(
            SessionSettings settings,
            SessionContext context,
            ChannelFactory channels,
            SessionTokens tokens,
            SessionListener listener,
            TunnelRequest signOfLife) {
        this.settings = settings;
        this.context = context;
        this.channels = channels;
        this.tokens = tokens;
        this.listener = listener;
        this.exclusive = context.exclusive();
        this.tunnel = new Tunnel(settings, context);
        this.reconnects = new Reconnects(settings.backoff(), context.random());
        this.watchdog = new Watchdog(
                settings.silenceLimit(),
                context,
                () -> tunnel.submit(new Exchange(signOfLife)),
                () -> lost(new ConnectionFailedException("the realtime server has gone silent", null)));
    }

    /** The largest websocket message that a session wants to see, in bytes. */
    public static int maxMessage() {
        return Connection.maxMessage();
    }

    /** Opens the session. To be called once. */
    public void open() {
        exclusive.run(this::connect);
    }

    /**
     * Sends a request through the tunnel, as soon as there is a connection.
     *
     * @param request the request
     * @return its answer, whatever the status; fails with an exception of the {@code error} package if there is none
     */
    public CompletionStage<TunnelResponse> request(TunnelRequest request) {
        Exchange exchange = new Exchange(request);
        exclusive.run(() -> tunnel.submit(exchange));
        return exchange.answer;
    }

    /**
     * Gives the session a token to go on with, at once or with the next connection. One that it has does nothing.
     *
     * @param newToken the token
     */
    public void updateToken(AccessToken newToken) {
        exclusive.run(() -> {
            if (newToken.equals(token)) {
                return;
            }
            token = newToken;
            switch (state) {
                case CONNECTED -> sendNewerToken();
                case RETRYING, DENIED -> connect();
                default -> {
                    // A connection that is not up yet looks at the token when it is.
                }
            }
        });
    }

    /**
     * Ends the session for good. Idempotent; does not block.
     *
     * @return completes when the websocket is gone
     */
    public CompletionStage<Void> close() {
        exclusive.run(() -> {
            if (state == SessionState.DISCONNECTING || closed.isDone()) {
                return;
            }
            watchdog.stop();
            tunnel.refuse(ClientClosedException::new);
            if (connection == null || !connection.isDialled()) {
                finish();
                return;
            }
            enter(SessionState.DISCONNECTING);
            restartTimer(settings.goodbyeLimit(), this::finish);
            connection.sayGoodbye();
        });
        return closed.copy();
    }

    private void finish() {
        stopTimer();
        abandonConnection();
        enter(SessionState.DISCONNECTED);
        exclusive.after(channels::close);
        exclusive.after(() -> closed.complete(null));
    }

    private void enter(SessionState next) {
        ConnectionState before = state.shown();
        state = next;
        if (next.shown() != before) {
            listener.stateChanged(next.shown());
        }
    }

    private void restartTimer(Duration delay, Runnable task) {
        stopTimer();
        timer = context.later(delay, task);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    // ---- connecting

    private void connect() {
        stopTimer();
        tunnel.await();
        enter(SessionState.CONNECTING);
        Connection attempt = new Connection(this, context);
        connection = attempt;
        AccessToken known = token;
        exclusive.after(() ->
                tokens.token().whenComplete((fresh, failure) -> exclusive.run(() -> fetched(attempt, known, fresh))));
    }

    private void fetched(Connection attempt, @Nullable AccessToken known, @Nullable AccessToken fresh) {
        if (attempt != connection || state != SessionState.CONNECTING) {
            return;
        }
        if (fresh == null) {
            retry(Duration.ZERO);
            return;
        }
        if (Objects.equals(known, token)) {
            token = fresh;
        }
        attempt.dial(channels, settings.answerLimit());
    }

    /** The websocket is open. */
    void opened(Connection attempt) {
        if (token != null && state == SessionState.CONNECTING) {
            enter(SessionState.INITIALISING);
            attempt.sendInit(token, continuationToken);
        }
    }

    /** {@code init} was accepted. */
    void initialised(Connection attempt, @Nullable String newContinuationToken) {
        if (state != SessionState.INITIALISING) {
            return;
        }
        refusals = 0;
        continuationToken = newContinuationToken;
        reconnects.connected(context.steadyNow());
        watchdog.start();
        enter(SessionState.CONNECTED);
        tunnel.open(attempt::send);
        listener.connected();
        sendNewerToken();
    }

    // ---- tokens

    private void sendNewerToken() {
        Connection open = connection;
        if (state == SessionState.CONNECTED && open != null && token != null && !token.equals(open.token())) {
            enter(SessionState.UPDATING);
            open.sendUpdate(token, settings.answerLimit());
        }
    }

    /** {@code update} was accepted. */
    void updated() {
        if (state == SessionState.UPDATING) {
            refusals = 0;
            enter(SessionState.CONNECTED);
            sendNewerToken();
        }
    }

    /** {@code init} or {@code update} was not accepted. */
    void notTaken(Connection attempt, Status status, JsonNode payload) {
        if (state == SessionState.DISCONNECTING) {
            return;
        }
        if (status.refusesToken()) {
            refused(attempt, status);
        } else {
            lost(new TwilioApiException(OPENING, status.asError()), Reconnects.asked(payload));
        }
    }

    /** The token of a connection is no good, or no longer. */
    private void refused(Connection attempt, Status status) {
        AccessDeniedException why = new AccessDeniedException(OPENING, status.asError());
        AccessToken bad = attempt.token();
        boolean wasUp = state.carriesRequests();
        boolean another = token != null && !token.equals(bad);
        drop(why);
        if (bad != null) {
            exclusive.after(
                    status.saysExpired()
                            ? () -> tokens.expired(bad)
                            : () -> tokens.refused(bad, why.error().toString()));
        }
        refusals++;
        if (refusals > 1 && !another) {
            tunnel.refuse(action -> new AccessDeniedException(action, why.error()));
            enter(SessionState.DENIED);
            listener.failed(why, true);
            return;
        }
        enter(SessionState.RETRYING);
        restartTimer(wasUp ? reconnects.soon(context.steadyNow()) : Duration.ZERO, this::connect);
    }

    // ---- losing the connection

    /** The websocket ended by itself. */
    void ended(@Nullable Throwable failure) {
        if (state == SessionState.DISCONNECTING) {
            finish();
        } else {
            lost(new ConnectionFailedException("the realtime connection was lost", failure));
        }
    }

    /** {@code init} or {@code update} got no answer, or the websocket did not open in time. */
    void tooSlow() {
        long seconds = settings.answerLimit().toSeconds();
        lost(new ConnectionFailedException(OPENING + ": no answer for " + seconds + " s", null));
    }

    private void lost(ConversationsException why) {
        lost(why, Duration.ZERO);
    }

    private void lost(ConversationsException why, Duration atLeast) {
        drop(why);
        retry(atLeast);
        listener.failed(why, false);
    }

    private void retry(Duration atLeast) {
        abandonConnection();
        enter(SessionState.RETRYING);
        restartTimer(reconnects.wait(context.steadyNow(), atLeast), this::connect);
    }

    private void drop(Throwable why) {
        boolean wasUp = state.carriesRequests();
        watchdog.stop();
        abandonConnection();
        tunnel.cutOff(why);
        if (wasUp) {
            listener.disconnected();
        }
    }

    private void abandonConnection() {
        if (connection != null) {
            connection.abandon();
            connection = null;
        }
    }

    // ---- what a connection hears

    /** Something came that is no packet; it is dropped. Called outside of the lock. */
    void malformed(MalformedPacketException why) {
        Kind kind = why.reason() == MalformedPacketException.Reason.TOO_LARGE ? Kind.OVERSIZED : Kind.UNREADABLE;
        context.oddInput().note(kind, "a packet", why);
    }

    void heard() {
        watchdog.heard();
    }

    void answered(Packet reply, JsonNode payload) {
        tunnel.answer(reply, payload);
    }

    void notified(String messageType, JsonNode payload) {
        listener.notified(messageType, payload);
    }

    void tokenAboutToExpire(Connection attempt) {
        AccessToken known = attempt.token();
        if (known != null) {
            exclusive.after(() -> tokens.aboutToExpire(known));
        }
    }

    /** The server ends the connection. */
    void sentAway(Connection attempt, Status status, JsonNode payload) {
        if (state == SessionState.DISCONNECTING) {
            return;
        }
        if (status.endsToken()) {
            refused(attempt, status);
        } else {
            lost(
                    new TwilioApiException("the realtime server ended the connection", status.asError()),
                    Reconnects.asked(payload));
        }
    }
}
