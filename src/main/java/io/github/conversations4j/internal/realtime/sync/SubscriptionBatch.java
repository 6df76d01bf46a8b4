package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request for subscriptions and what is still unanswered of it. Confined to the session's lock. */
final class SubscriptionBatch {
    private static final int PROTOCOL = 4;

    final long correlation;
    private final Map<String, SyncObject> unanswered = new LinkedHashMap<>();
    private final int retried;

    /** Goes off when no verdict has come for long; null before the server has said how long that is. */
    Scheduler.@Nullable Cancellable silence;

    /** How long that is. */
    Duration patience = Duration.ZERO;

    SubscriptionBatch(long correlation, Collection<SyncObject> objects) {
        this.correlation = correlation;
        objects.forEach(object -> unanswered.put(object.sid(), object));
        this.retried =
                (int) objects.stream().filter(object -> object.failures() > 0).count();
    }

    /** Takes an object out. */
    @Nullable
    SyncObject answered(String sid) {
        return unanswered.remove(sid);
    }

    boolean isAnswered() {
        return unanswered.isEmpty();
    }

    /** The objects that this request still is for; an object may have been closed or asked for again meanwhile. */
    List<SyncObject> unanswered() {
        List<SyncObject> waiting = new ArrayList<>(unanswered.values());
        waiting.removeIf(object -> !object.awaits(correlation));
        return waiting;
    }

    void stopTimer() {
        if (silence != null) {
            silence.cancel();
            silence = null;
        }
    }

    /** The body of the request. */
    String body(@Nullable String reason) {
        ObjectNode body = envelope("establish", correlation, retried);
        ArrayNode requests = body.putArray("requests");
        for (SyncObject object : unanswered.values()) {
            requests.addObject()
                    .put("object_sid", object.sid())
                    .put("object_type", object.kind().wireName())
                    .put("last_event_id", object.complete());
        }
        if (reason != null) {
            body.put("reason", reason);
        }
        return body.toString();
    }

    /** The body of a request that ends subscriptions. */
    static String cancelBody(long correlation, Collection<SyncObject> objects) {
        ObjectNode body = envelope("cancel", correlation, 0);
        ArrayNode requests = body.putArray("requests");
        for (SyncObject object : objects) {
            requests.addObject()
                    .put("object_sid", object.sid())
                    .put("object_type", object.kind().wireName());
        }
        return body.toString();
    }

    private static ObjectNode envelope(String action, long correlation, int retried) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("event_protocol_version", PROTOCOL)
                .put("action", action)
                .put("correlation_id", correlation)
                .put("retried_requests", retried)
                .put("ttl_in_s", -1);
    }
}
