package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.api.Refusals;
import io.github.conversations4j.internal.realtime.session.OddInput.Kind;
import io.github.conversations4j.internal.realtime.session.Requests;
import io.github.conversations4j.internal.realtime.session.Session;
import io.github.conversations4j.internal.realtime.session.SessionContext;
import io.github.conversations4j.internal.realtime.session.Timers;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import io.github.conversations4j.internal.realtime.session.TunnelResponse;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads Sync objects and follows their events. Confined to the lock of the session, except where it says otherwise.
 *
 * <p>Opening a thousand conversations means three thousand reads, so many are under way at once; what the application asks
 * for meanwhile is not behind them in a queue, because they leave room in the tunnel.
 */
public final class SyncClient {
    private static final Logger LOG = LoggerFactory.getLogger(SyncClient.class);
    private static final int OPENINGS_UNDER_WAY = 128;
    private static final int MAX_HELD_EVENTS = 1000;

    /** Some megabytes: the messages of a busy minute, or a few of the largest. */
    static final long MAX_HELD_WEIGHT = 4_000_000;

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String ON_REQUEST = "twilio.sync.event";
    private static final String AS_IT_HAPPENS = "com.twilio.rtd.cds.";
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60), 0.2);
    private static final String CLIENT_INFO = "{\"sdk\":\"conversations4j\",\"env\":\"Java\"}";

    private final SessionContext context;
    private final Session session;
    private final String baseUrl;
    private final Subscriptions subscriptions;
    private final HeldEvents allowance = new HeldEvents(MAX_HELD_EVENTS, MAX_HELD_WEIGHT);
    private final Timers timers;

    /** What is to be opened first. */
    private final Queue<Opening> waitingLists = new ArrayDeque<>();

    private final Queue<Opening> waiting = new ArrayDeque<>();

    private boolean onlyLists;

    /** What the server does not let us open; tried again with the next connection. */
    private final List<Opening> refused = new ArrayList<>();

    private int openingsUnderWay;
    private boolean stopped;

    /**
     * A client that follows nothing.
     *
     * @param context time, chance and the lock
     * @param session carries the requests
     * @param baseUrl {@code https://cds.us1.twilio.com} or what stands in for it
     */
    public SyncClient(SessionContext context, Session session, String baseUrl) {
        this.context = context;
        this.session = session;
        this.baseUrl = baseUrl;
        this.timers = new Timers(context);
        this.subscriptions = new Subscriptions(context, this::postSubscriptions, this::isOpening, this::reopen);
    }

    private boolean isOpening() {
        return openingsUnderWay > 0 || !waitingLists.isEmpty() || !waiting.isEmpty();
    }

    private CompletionStage<TunnelResponse> postSubscriptions(String body) {
        return session.request(own(TunnelRequest.write("POST", baseUrl + "/v4/Subscriptions", body, false)));
    }

    private TunnelRequest own(TunnelRequest request) {
        return request.with(Map.of("Twilio-Sync-Client-Info", CLIENT_INFO, "Twilio-Request-Id", context.newId("RQ")));
    }

    /**
     * Reads an object and follows it from then on. Lists go ahead of what waits: they are opened without their items, so
     * that what happens from then on is known early.
     *
     * @param kind what it is
     * @param name its SID or unique name
     * @param withItems whether to read the items of a map along with it
     * @param watcher hears of it, not before this method has returned
     * @return the object
     */
    public SyncObject open(SyncKind kind, String name, boolean withItems, SyncWatcher watcher) {
        SyncObject object = new SyncObject(this, kind, name, withItems, watcher);
        await(new Opening(object, PAUSES));
        openWaiting();
        return object;
    }

    /**
     * Lets all that is no list wait, because more lists will be wanted in a moment.
     *
     * @param only whether to
     */
    public void openOnlyLists(boolean only) {
        onlyLists = only;
        openWaiting();
    }

    /** How many objects are followed and how many of them are live, for tests and measurements. */
    public record Progress(int opening, int followed, int live) {}

    /**
     * How far it has got.
     *
     * @return the counts now
     */
    public Progress progress() {
        int live = (int)
                subscriptions.followed().stream().filter(SyncObject::isLive).count();
        return new Progress(
                waitingLists.size() + waiting.size() + openingsUnderWay,
                subscriptions.followed().size(),
                live);
    }

    /** There is a connection. */
    public void connected() {
        refused.forEach(this::await);
        refused.clear();
        subscriptions.connected();
        openWaiting();
    }

    /** The connection is gone, and with it all subscriptions. */
    public void disconnected() {
        subscriptions.disconnected();
    }

    /** Follows nothing more. */
    public void stop() {
        stopped = true;
        waitingLists.clear();
        waiting.clear();
        refused.clear();
        timers.stop();
        subscriptions.stop();
    }

    void unreadable(String what, RuntimeException why) {
        context.oddInput().note(Kind.UNREADABLE, what, why);
    }

    /** An event of an object came again. */
    void repeated(SyncObject object) {
        context.oddInput()
                .note(Kind.REPEATED, "an event of a Sync " + object.kind().wireName(), null);
    }

    /** Numbers of events of an object were left out and asked for in vain. */
    void skipped(SyncObject object, int numbers) {
        context.oddInput().note(Kind.SKIPPED, "a Sync " + object.kind().wireName(), numbers);
    }

    void closed(SyncObject object) {
        subscriptions.unfollow(object);
    }

    void room(SyncObject object) {
        subscriptions.room(object);
    }

    // ---- opening

    private record Opening(SyncObject object, Backoff pauses) {}

    private void await(Opening opening) {
        (opening.object().kind() == SyncKind.LIST ? waitingLists : waiting).add(opening);
    }

    private void openWaiting() {
        while (openingsUnderWay < OPENINGS_UNDER_WAY) {
            Opening opening = waitingLists.isEmpty() && !onlyLists ? waiting.poll() : waitingLists.poll();
            if (opening == null) {
                return;
            }
            if (opening.object().isOver()) {
                continue;
            }
            openingsUnderWay++;
            SyncObject object = opening.object();
            String url = SyncReader.address(baseUrl, object.kind(), object.name(), object.withItems());
            session.request(own(TunnelRequest.get(url)))
                    .whenComplete((response, failure) -> context.exclusive().run(() -> {
                        openingsUnderWay--;
                        opened(opening, response, failure);
                        // What gets no answer may get none at once, and so would the next, one inside the other; what
                        // waits goes on with a timer then.
                        if (response != null) {
                            openWaiting();
                        }
                    }));
        }
    }

    private void opened(Opening opening, @Nullable TunnelResponse response, @Nullable Throwable failure) {
        SyncObject object = opening.object();
        if (stopped) {
            return;
        }
        if (response == null) {
            LOG.debug("{} could not be opened, which will be tried again", object.name(), failure);
            openLater(opening);
            return;
        }
        if (object.isOver()) {
            return;
        }
        SyncRoot root = response.isSuccess() ? SyncRoot.of(response.body()) : null;
        if (root != null && subscriptions.find(root.sid()) != null) {
            // Another name for what is followed already: only a confused server does that, and events have one way to
            // go.
            object.gone();
        } else if (root != null && take(object, root)) {
            if (!object.isOver()) {
                subscriptions.follow(object);
            }
        } else if (response.isSuccess() || isPassing(response.status())) {
            LOG.debug("{} could not be opened: {}, which will be tried again", object.name(), response.status());
            openLater(opening);
        } else if (response.status() == NOT_FOUND) {
            object.gone();
        } else {
            refused.add(opening);
            object.watcher().failed(Refusals.of("open " + object.name(), Requests.error(response), null));
        }
    }

    /** False if there is something in it that nobody can read; it may be better later. */
    private boolean take(SyncObject object, SyncRoot root) {
        try {
            object.opened(root, allowance);
            return true;
        } catch (RuntimeException e) {
            unreadable("a Sync " + object.kind().wireName(), e);
            return false;
        }
    }

    private void reopen(SyncObject object) {
        object.reopen();
        await(new Opening(object, PAUSES));
        openWaiting();
    }

    /** Whether something is refused for a reason that goes away by itself. */
    static boolean isPassing(int status) {
        return status == TOO_MANY_REQUESTS || status >= 500 || status == 0;
    }

    private void openLater(Opening opening) {
        Backoff.Step step = opening.pauses().next(context.random());
        timers.later(step.delay(), () -> {
            await(new Opening(opening.object(), step.then()));
            openWaiting();
        });
    }

    // ---- events

    /**
     * Takes what the server has pushed, if it is about Sync.
     *
     * @param messageType the type of the notification
     * @param payload its payload
     */
    public void notified(String messageType, JsonNode payload) {
        boolean asked = messageType.equals(ON_REQUEST);
        if (!asked && !messageType.startsWith(AS_IT_HAPPENS)) {
            context.oddInput().note(Kind.UNKNOWN_TYPE, "the notification \"" + messageType + '"', null);
            return;
        }
        String eventType = payload.path("event_type").asText();
        long correlation = payload.path("correlation_id").asLong();
        subscriptions.heard(correlation);
        JsonNode events = payload.path("events");
        if (events.isArray()) {
            events.forEach(event -> take(eventType, event, asked, correlation));
        } else {
            take(eventType, payload.path("event"), asked, correlation);
        }
    }

    private void take(String eventType, JsonNode event, boolean asked, long correlation) {
        switch (eventType) {
            case "subscription_established" -> subscriptions.established(correlation, event);
            case "subscription_failed" -> subscriptions.failed(correlation, event);
            case "subscription_canceled" -> {
                // What was cancelled is not followed any more.
            }
            default -> change(eventType, event, asked, correlation);
        }
    }

    private void change(String eventType, JsonNode event, boolean asked, long correlation) {
        if (!SyncEvents.isKnown(eventType)) {
            context.oddInput().note(Kind.UNKNOWN_TYPE, "the Sync event \"" + eventType + '"', null);
            return;
        }
        String sid = SyncEvents.sid(eventType, event);
        SyncObject object = subscriptions.find(sid);
        if (object == null) {
            if (sid.isEmpty()) {
                context.oddInput().note(Kind.UNREADABLE, "a Sync event that names no object", null);
            }
            return;
        }
        if (SyncEvents.isRemovalOfObject(eventType)) {
            subscriptions.unfollow(object);
            object.gone();
            return;
        }
        SyncChange change = SyncEvents.read(eventType, event);
        if (change == null) {
            context.oddInput().note(Kind.UNREADABLE, "a Sync event of type \"" + eventType + '"', null);
            return;
        }
        boolean replayed = asked && (object.awaits(correlation) || correlation == 0 && object.isAsked());
        if (asked && !replayed && object.hasGivenUp(correlation)) {
            return;
        }
        switch (object.take(change, replayed)) {
            case EARLIER_EVENTS -> subscriptions.wantAgain(object);
            case ROOM -> subscriptions.stall(object);
            case NOTHING -> {
                // Passed on, waiting for a replay that is under way, or known.
            }
        }
    }
}
