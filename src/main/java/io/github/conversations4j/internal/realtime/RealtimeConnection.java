package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.TokenException;
import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.TokenAboutToExpire;
import io.github.conversations4j.event.TokenExpired;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.media.MediaClient;
import io.github.conversations4j.internal.media.MediaOptions;
import io.github.conversations4j.internal.realtime.channel.ChannelFactory;
import io.github.conversations4j.internal.realtime.session.Exclusive;
import io.github.conversations4j.internal.realtime.session.OddInput;
import io.github.conversations4j.internal.realtime.session.Requests;
import io.github.conversations4j.internal.realtime.session.Session;
import io.github.conversations4j.internal.realtime.session.SessionContext;
import io.github.conversations4j.internal.realtime.session.SessionListener;
import io.github.conversations4j.internal.realtime.session.SessionTokens;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import io.github.conversations4j.internal.realtime.sync.SyncClient;
import io.github.conversations4j.internal.realtime.sync.SyncReader;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.internal.source.RoomSignal;
import io.github.conversations4j.internal.token.TokenKeeper;
import io.github.conversations4j.internal.token.TokenListener;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.SourceConnection;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.token.AccessToken;
import io.github.conversations4j.token.TokenProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A realtime source that runs: the session, what is followed over it and the tokens it lives on, put together. Thread-safe.
 */
public final class RealtimeConnection implements SourceConnection {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeConnection.class);

    /** What a production account was seen to be told. */
    private static final int FILES_PER_MESSAGE = 10;

    private static final String TYPING = "twilio.ipmsg.typing_indicator";

    private final Sink sink;
    private final SessionContext context;
    private final Exclusive exclusive;
    private final Outlet outlet;
    private final TokenKeeper tokens;
    private final Session session;
    private final Requests requests;
    private final SyncClient sync;
    private final TypingWatch typing;
    private final Startup startup;
    private final CompletionStage<Void> ready;
    private final CompletionStage<Void> up;
    private final MediaClient media;
    private final ConversationsApi api;

    RealtimeConnection(RealtimeOptions options, TokenProvider provider, ChannelFactory channels, SourceContext lent) {
        this.sink = lent.sink();
        this.context = new SessionContext(lent.clock(), lent.scheduler(), lent.random());
        this.exclusive = context.exclusive();
        this.outlet = new Outlet(sink, context);
        this.tokens = new TokenKeeper(
                provider,
                new TokenNews(),
                options.tokens(),
                new TokenKeeper.Surroundings(lent.clock(), lent.scheduler(), lent.random(), lent.executor()));
        this.session = new Session(
                options.session(),
                context,
                channels,
                new Tokens(),
                new SessionNews(),
                TunnelRequest.get(options.configurationUrl()));
        this.requests = new Requests(session, context);
        this.sync = new SyncClient(context, session, options.syncUrl());
        this.typing = new TypingWatch(context, outlet);
        SyncReader reader = new SyncReader(requests, options.syncUrl());
        Surroundings surroundings = new Surroundings(context, sync, reader, requests, outlet, typing);
        this.startup = new Startup(options.configurationUrl(), surroundings, why -> tellFailure(why, false));
        TunnelCalls calls = new TunnelCalls(
                context, startup, requests, reader, options.session().waitLimit());
        this.media = new MediaClient(
                new TunnelMediaDoor(calls, tokens, options),
                new MediaOptions(
                        FILES_PER_MESSAGE, options.httpClient(), lent.scheduler(), lent.random(), lent.executor()));
        this.api = new TunnelApi(calls, media, options.templatesUrl());
        this.ready = startup.ready().thenAccept(user -> {});
        this.up = startup.up().thenAccept(user -> {});
    }

    RealtimeConnection start() {
        if (sink instanceof RoomSignal signal) {
            signal.onRoom(this::room);
        }
        session.open();
        return this;
    }

    /** There is room for what was refused of the events of a conversation; null for those of all. */
    private void room(@Nullable String conversationSid) {
        exclusive.run(() -> {
            Account account = startup.running();
            if (account != null) {
                account.room(conversationSid);
            }
        });
    }

    /**
     * Completes when the session is connected, and everything that happens from now on is told. Fails when the service
     * refuses to let that be, so that somebody looks; it is tried further nevertheless, as {@link #up} says.
     */
    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    /**
     * Completes with {@link #ready}, or later if that has failed.
     *
     * @return the same stage each time; it fails when this is closed
     */
    public CompletionStage<Void> up() {
        return up;
    }

    /**
     * Commands and queries over this connection.
     *
     * @return the same object each time
     */
    public ConversationsApi api() {
        return api;
    }

    /**
     * Who this client is.
     *
     * @return the identity, when it is known
     */
    public CompletionStage<String> identity() {
        return startup.account().thenApply(account -> account.configuration().identity());
    }

    @Override
    public CompletionStage<Void> close(Duration limit) {
        ClientClosedException why = new ClientClosedException("wait for the realtime connection");
        tokens.close();
        media.close();
        exclusive.run(() -> {
            startup.stop(why);
            typing.stop();
            sync.stop();
        });
        CompletionStage<Void> closed = session.close();
        requests.close();
        return closed.thenRun(() -> {
            exclusive.run(outlet::stop);
            LOG.debug("the realtime connection is closed; odd input: {}", context.oddInput());
        });
    }

    /**
     * How far a client has come, for tests and measurements.
     *
     * @param announced how many conversations were announced
     * @param complete whether all that were there at the start and may be read were
     * @param followed how many Sync objects are followed
     * @param live how many of them are told as they change
     */
    public record Standing(int announced, boolean complete, int followed, int live) {
        /**
         * Whether everything that was there at the start is followed live.
         *
         * @return whether it is
         */
        public boolean isAllLive() {
            return complete && followed == live;
        }
    }

    /**
     * How far it has come.
     *
     * @return the counts now
     */
    public Standing standing() {
        CompletableFuture<Standing> result = new CompletableFuture<>();
        exclusive.run(() -> {
            Account account = startup.running();
            SyncClient.Progress progress = sync.progress();
            int announced = account == null
                    ? 0
                    : (int) account.conversations().all().stream()
                            .filter(LiveConversation::isTold)
                            .count();
            boolean complete = account != null && account.conversations().isComplete() && progress.opening() == 0;
            result.complete(new Standing(announced, complete, progress.followed(), progress.live()));
        });
        return result.join();
    }

    /**
     * What it was sent and had no use for.
     *
     * @return the counts since the beginning, which go on
     */
    public OddInput oddInput() {
        return context.oddInput();
    }

    private EventMeta meta(EventType<?> type, Object content) {
        return outlet.meta(
                EventIds.update(type, Outlet.SOURCE, context.now(), content, context.newId("")), null, false);
    }

    private void tellFailure(Throwable cause, boolean terminal) {
        outlet.offerSurely(new ConnectionError(meta(EventType.CONNECTION_ERROR, terminal), terminal, cause));
    }

    /** What the session tells, inside the lock. */
    private final class SessionNews implements SessionListener {
        @Override
        public void stateChanged(ConnectionState state) {
            outlet.offerSurely(new ConnectionStateChanged(meta(EventType.CONNECTION_STATE_CHANGED, state), state));
        }

        @Override
        public void connected() {
            sync.connected();
            startup.connected();
        }

        @Override
        public void disconnected() {
            sync.disconnected();
        }

        @Override
        public void failed(Throwable cause, boolean terminal) {
            tellFailure(cause, terminal);
            if (terminal) {
                startup.fail(cause);
            }
        }

        @Override
        public void notified(String messageType, JsonNode payload) {
            if (messageType.equals(TYPING)) {
                Account account = startup.running();
                if (account != null) {
                    account.conversations().typing(payload);
                }
            } else {
                sync.notified(messageType, payload);
            }
        }
    }

    /** The session's side of the token keeper. */
    private final class Tokens implements SessionTokens {
        @Override
        public CompletionStage<AccessToken> token() {
            return tokens.current();
        }

        @Override
        public void aboutToExpire(AccessToken token) {
            tokens.aboutToExpire(token);
        }

        @Override
        public void expired(AccessToken token) {
            tokens.expired(token);
        }

        @Override
        public void refused(AccessToken token, String reason) {
            tokens.refused(token, reason);
        }
    }

    /** What the token keeper tells, on any thread. */
    private final class TokenNews implements TokenListener {
        @Override
        public void aboutToExpire(AccessToken token) {
            exclusive.run(() -> outlet.offerSurely(
                    new TokenAboutToExpire(meta(EventType.TOKEN_ABOUT_TO_EXPIRE, "token"), token.expiresAt())));
        }

        @Override
        public void expired(AccessToken token) {
            exclusive.run(() -> outlet.offerSurely(new TokenExpired(meta(EventType.TOKEN_EXPIRED, "token"))));
        }

        @Override
        public void renewed(AccessToken token) {
            session.updateToken(token);
        }

        @Override
        public void failed(TokenException cause) {
            exclusive.run(() -> tellFailure(cause, false));
        }
    }
}
