package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.Scheduler;
import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.internal.api.Refusals;
import io.github.conversations4j.internal.realtime.session.SessionContext;
import io.github.conversations4j.internal.realtime.session.Timers;
import io.github.conversations4j.internal.realtime.session.TunnelResponse;
import io.github.conversations4j.internal.realtime.sync.SyncObject.State;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the subscriptions of all objects that are followed, as many at a time as the server allows, until it has
 * confirmed each. Confined to the session's lock.
 *
 * <p>Asked for is: what is new, once a batch is full or nothing more is being opened; everything, when there is a new
 * connection or the server lets subscriptions run out; again what it interrupts, leaves unanswered or fails for a passing
 * reason, with growing pauses. What it refuses for another reason, perhaps because it has not kept the events that are
 * asked for, is read anew after the same pauses. Several batches are under way at once, the second only when the first has
 * told how large they may be. (The official client sends one at a time; that the service takes several is an assumption.)
 */
final class Subscriptions {
    private static final int FIRST_BATCH = 100;
    private static final int LARGEST_BATCH = 1000;
    private static final int MAX_UNDER_WAY = 4;
    private static final int NOT_FOUND = 404;
    private static final int MOST_DOUBLINGS = 12;
    private static final Duration MOMENT = Duration.ofMillis(10);

    /** What was opened before is not kept waiting longer for a batch to fill. */
    private static final Duration LONGEST_FILLING = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(5);
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(120), 0.2);

    private final SessionContext context;
    private final Function<String, CompletionStage<TunnelResponse>> post;
    private final BooleanSupplier opening;
    private final Consumer<SyncObject> reopen;

    private final Map<String, SyncObject> followed = new LinkedHashMap<>();
    private final Set<SyncObject> wanted = new LinkedHashSet<>();
    private final List<SyncObject> unwanted = new ArrayList<>();
    private final Map<Long, SubscriptionBatch> underWay = new LinkedHashMap<>();

    private final Timers retries;

    private boolean connected;

    /** How many connections were lost: answers that come over an earlier one say nothing about the present one. */
    private int connectionsLost;

    private int batchSize = FIRST_BATCH;
    private boolean batchSizeTold;
    private long lastCorrelation;
    private Backoff pauses = PAUSES;
    private @Nullable String reason;

    /** Asks in a moment, or after a pause. */
    private Scheduler.@Nullable Cancellable timer;

    /** Whether the timer is a pause, which nothing shortens but a new connection. */
    private boolean pausing;

    private Scheduler.@Nullable Cancellable lifetime;

    /**
     * Without objects.
     *
     * @param post sends a body to where subscriptions are asked for
     * @param opening whether more objects are being opened, which will be wanted too
     * @param reopen reads an object anew and has it followed again
     */
    Subscriptions(
            SessionContext context,
            Function<String, CompletionStage<TunnelResponse>> post,
            BooleanSupplier opening,
            Consumer<SyncObject> reopen) {
        this.context = context;
        this.post = post;
        this.opening = opening;
        this.reopen = reopen;
        this.retries = new Timers(context);
    }

    @Nullable
    SyncObject find(String sid) {
        return followed.get(sid);
    }

    Collection<SyncObject> followed() {
        return followed.values();
    }

    void follow(SyncObject object) {
        followed.put(object.sid(), object);
        unwanted.removeIf(other -> other.sid().equals(object.sid()));
        wanted.add(object);
        askSoon();
    }

    private void askSoon() {
        if (wanted.size() >= batchSize || !opening.getAsBoolean()) {
            ask();
        } else if (!wanted.isEmpty()) {
            askIn(LONGEST_FILLING);
        }
    }

    void unfollow(SyncObject object) {
        if (followed.remove(object.sid(), object)) {
            boolean known = object.state() == State.LIVE || object.state() == State.ASKED;
            wanted.remove(object);
            if (known && connected) {
                unwanted.add(object);
                askIn(MOMENT);
            }
        }
    }

    void connected() {
        connected = true;
        ask();
    }

    void disconnected() {
        connected = false;
        connectionsLost++;
        stopTimers();
        underWay.values().forEach(SubscriptionBatch::stopTimer);
        underWay.clear();
        unwanted.clear();
        pauses = PAUSES;
        wantAll();
    }

    void stop() {
        disconnected();
        followed.clear();
        wanted.clear();
    }

    private void stopTimers() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        pausing = false;
        retries.stop();
        if (lifetime != null) {
            lifetime.cancel();
            lifetime = null;
        }
    }

    private void wantAll() {
        followed.values().forEach(this::want);
    }

    private void want(SyncObject object) {
        object.want();
        wanted.add(object);
    }

    /** An event of an object is missing. */
    void wantAgain(SyncObject object) {
        want(object);
        askIn(MOMENT);
    }

    private void askIn(Duration delay) {
        if (timer == null) {
            timer = context.later(delay, () -> {
                timer = null;
                pausing = false;
                ask();
            });
        }
    }

    private void pause() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        Backoff.Step step = pauses.next(context.random());
        pauses = step.then();
        pausing = true;
        askIn(step.delay());
    }

    private void ask() {
        while (connected && !pausing && !wanted.isEmpty() && underWay.size() < (batchSizeTold ? MAX_UNDER_WAY : 1)) {
            List<SyncObject> objects = new ArrayList<>(Math.min(batchSize, wanted.size()));
            for (Iterator<SyncObject> each = wanted.iterator(); each.hasNext() && objects.size() < batchSize; ) {
                objects.add(each.next());
                each.remove();
            }
            establish(objects);
        }
        if (connected && !unwanted.isEmpty()) {
            List<SyncObject> objects = List.copyOf(unwanted.subList(0, Math.min(batchSize, unwanted.size())));
            unwanted.subList(0, objects.size()).clear();
            // Whether it works matters little: events of objects that nobody follows are dropped.
            var unused = post.apply(SubscriptionBatch.cancelBody(nextCorrelation(), objects));
            if (!unwanted.isEmpty()) {
                askIn(MOMENT);
            }
        }
    }

    /** Like the official client's, a time in milliseconds, but never the same twice. */
    private long nextCorrelation() {
        lastCorrelation = Math.max(context.now().toEpochMilli(), lastCorrelation + 1);
        return lastCorrelation;
    }

    private void establish(List<SyncObject> objects) {
        SubscriptionBatch batch = new SubscriptionBatch(nextCorrelation(), objects);
        underWay.put(batch.correlation, batch);
        objects.forEach(object -> object.ask(batch.correlation));
        String body = batch.body(reason);
        reason = null;
        int connection = connectionsLost;
        post.apply(body)
                .whenComplete((response, failure) -> context.exclusive().run(() -> {
                    if (connection == connectionsLost) {
                        answered(batch, response);
                    }
                }));
    }

    /** The answer may come behind the verdicts, when the request is no longer under way. */
    private void answered(SubscriptionBatch batch, @Nullable TunnelResponse response) {
        boolean waits = underWay.get(batch.correlation) == batch;
        if (response != null && response.isSuccess()) {
            accepted(response.body(), waits ? batch : null);
        } else if (waits) {
            underWay.remove(batch.correlation);
            batch.unanswered().forEach(this::want);
            pause();
        }
    }

    private void accepted(JsonNode body, @Nullable SubscriptionBatch waiting) {
        pauses = PAUSES;
        int told = body.path("max_batch_size").asInt();
        if (told > 0) {
            batchSize = Math.min(told, LARGEST_BATCH);
        }
        batchSizeTold = true;
        long estimated = body.path("estimated_delivery_in_ms").asLong();
        Duration patience = estimated > 0 ? Duration.ofMillis(estimated) : PATIENCE;
        if (waiting != null) {
            listen(waiting, patience.compareTo(LONGEST_PATIENCE) < 0 ? patience : LONGEST_PATIENCE);
        }
        liveFor(body.path("ttl_in_s").asLong());
        askSoon();
    }

    /** Asks again if no verdict comes for some time. */
    private void listen(SubscriptionBatch batch, Duration patience) {
        batch.stopTimer();
        batch.silence = context.later(patience, () -> {
            underWay.remove(batch.correlation);
            for (SyncObject object : batch.unanswered()) {
                object.rest();
                want(object);
            }
            pause();
        });
        batch.patience = patience;
    }

    private void liveFor(long seconds) {
        if (seconds > 0 && lifetime == null) {
            Duration life =
                    Duration.ofSeconds(Math.min(seconds, Duration.ofDays(1).toSeconds()));
            lifetime = context.later(life, () -> {
                lifetime = null;
                reason = "ttl";
                wantAll();
                ask();
            });
        }
    }

    // ---- verdicts

    void established(long correlation, JsonNode verdict) {
        SyncObject object = answered(correlation, verdict);
        if (object == null) {
            return;
        }
        if (verdict.path("replay_status").asText().equals("interrupted")) {
            retry(object);
        } else {
            if (!object.established(SyncEvents.id(verdict.path("last_event_id")))) {
                stall(object);
            }
        }
        askSoon();
    }

    void failed(long correlation, JsonNode verdict) {
        SyncObject object = answered(correlation, verdict);
        if (object == null) {
            return;
        }
        JsonNode error = verdict.path("error");
        int status = error.path("status").asInt();
        if (status == NOT_FOUND) {
            followed.remove(object.sid(), object);
            object.gone();
        } else {
            ApiError said = new ApiError(
                    status,
                    error.path("code").isInt() ? error.path("code").intValue() : null,
                    error.path("message").textValue(),
                    null,
                    null);
            if (SyncClient.isPassing(status)) {
                retry(object);
            } else {
                readAnew(object);
            }
            object.refused(Refusals.of("subscribe to " + object.name(), said, null));
        }
        askSoon();
    }

    private @Nullable SyncObject answered(long correlation, JsonNode verdict) {
        SubscriptionBatch batch = underWay.get(correlation);
        if (batch == null) {
            return null;
        }
        SyncObject object = batch.answered(verdict.path("object_sid").asText());
        if (batch.isAnswered()) {
            batch.stopTimer();
            underWay.remove(correlation);
        }
        return object != null && object.awaits(correlation) ? object : null;
    }

    /** Something came for a batch, so the rest of it is on its way too. */
    void heard(long correlation) {
        SubscriptionBatch batch = underWay.get(correlation);
        if (batch != null && batch.silence != null) {
            listen(batch, batch.patience);
        }
    }

    /** There was no room for an event: it is asked for again, with all that follow, when there may be some. */
    void stall(SyncObject object) {
        wanted.remove(object);
        object.stall();
        askAgainLater(object);
    }

    /** There is room now. */
    void room(SyncObject object) {
        want(object);
        askIn(MOMENT);
    }

    /** Asks again after a pause that grows with the failures of this object, and no later than with the next connection. */
    private void retry(SyncObject object) {
        object.rest();
        askAgainLater(object);
    }

    private void askAgainLater(SyncObject object) {
        later(object, () -> {
            want(object);
            ask();
        });
    }

    private void readAnew(SyncObject object) {
        object.rest();
        later(object, () -> {
            followed.remove(object.sid(), object);
            reopen.accept(object);
        });
    }

    /** Does something after a pause, unless the object has left the state that it waits in by then. */
    private void later(SyncObject object, Runnable task) {
        long correlation = object.correlation();
        Backoff.Step step = PAUSES.next(context.random());
        for (int i = 1; i < Math.min(object.failures(), MOST_DOUBLINGS); i++) {
            step = step.then().next(context.random());
        }
        retries.later(step.delay(), () -> {
            boolean waits = object.state() == State.RESTING || object.state() == State.STALLED;
            if (waits && object.correlation() == correlation) {
                task.run();
            }
        });
    }
}
