package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one socket follows. Thread-safe: one lock orders replays and live events, and is held while they are handed to
 * the socket's queue, so that the events of an object leave in order, each once.
 */
final class Subscriptions {
    private static final int MAX_BATCH = 1_000;
    private static final int DELIVERY_MILLIS = 5_000;

    private final ChatService service;
    private final SyncApi objects;
    private final SyncLog log;
    private final String identity;
    private final BiConsumer<String, ObjectNode> notify;

    /** The last event id that was sent, or that the client knew, of each object. Guarded by this. */
    private final Map<SyncObject, Long> followed = new HashMap<>();

    /** How many of them belong to conversations. Written under the lock. */
    private volatile int ofConversations;

    Subscriptions(
            ChatService service, SyncApi objects, SyncLog log, String identity, BiConsumer<String, ObjectNode> notify) {
        this.service = service;
        this.objects = objects;
        this.log = log;
        this.identity = identity;
        this.notify = notify;
    }

    /** Follows or leaves what a request names. The verdicts come as notifications, when the answer is on its way. */
    Runnable change(JsonNode request, Consumer<TunnelAnswer> answer) {
        JsonNode requests = request.path("requests");
        if (!requests.isArray() || requests.size() > MAX_BATCH) {
            throw TwilioFault.invalid(20_001, "requests must be an array of at most " + MAX_BATCH);
        }
        answer.accept(TunnelAnswer.ok(
                SyncShapes.object().put("max_batch_size", MAX_BATCH).put("estimated_delivery_in_ms", DELIVERY_MILLIS)));
        return () -> {
            ArrayNode established = SyncShapes.object().arrayNode();
            ArrayNode failed = SyncShapes.object().arrayNode();
            ArrayNode cancelled = SyncShapes.object().arrayNode();
            boolean cancel = request.path("action").asText().equals("cancel");
            JsonNode correlation = request.path("correlation_id");
            for (JsonNode one : requests) {
                if (cancel) {
                    cancelled.add(cancel(one));
                } else {
                    establish(one, correlation, established, failed);
                }
            }
            verdict("subscription_established", correlation, established);
            verdict("subscription_failed", correlation, failed);
            verdict("subscription_canceled", correlation, cancelled);
        };
    }

    private synchronized ObjectNode cancel(JsonNode one) {
        SyncObject object = objects.bySid(one.path("object_sid").asText());
        if (object != null) {
            unfollow(object);
        }
        return named(one);
    }

    private static ObjectNode named(JsonNode one) {
        ObjectNode named = SyncShapes.object();
        named.put("object_sid", one.path("object_sid").asText());
        named.put("object_type", one.path("object_type").asText());
        return named;
    }

    private synchronized void establish(JsonNode one, JsonNode correlation, ArrayNode established, ArrayNode failed) {
        SyncObject object = objects.bySid(one.path("object_sid").asText());
        if (object == null || !seen(object)) {
            ObjectNode verdict = named(one);
            verdict.putObject("error").put("status", 404).put("code", 54_100).put("message", "object not found");
            failed.add(verdict);
            return;
        }
        long known = one.path("last_event_id").asLong(-1);
        List<SyncEvent> missed = log.after(object, known);
        if (missed == null) {
            // What the service does when its log is too short is not known. The client has to read the object anew.
            ObjectNode verdict = named(one);
            verdict.putObject("error").put("status", 410).put("code", 54_006).put("message", "events are gone");
            failed.add(verdict);
            return;
        }
        for (SyncEvent event : missed) {
            ObjectNode replay = envelope(event);
            replay.set("correlation_id", correlation);
            notify.accept("twilio.sync.event", replay);
            known = event.id();
        }
        if (followed.put(object, known) == null && object.isOfConversation()) {
            ofConversations++;
        }
        established.add(named(one).put("replay_status", "completed").put("last_event_id", known));
    }

    private boolean seen(SyncObject object) {
        Supplier<Boolean> check = () -> {
            try {
                objects.reader(identity).requireSeen(object);
                return true;
            } catch (TwilioFault fault) {
                return false;
            }
        };
        return service.atOnce(check);
    }

    private void verdict(String type, JsonNode correlation, ArrayNode entries) {
        if (!entries.isEmpty()) {
            ObjectNode verdict = SyncShapes.object().put("event_type", type).put("event_protocol_version", 4);
            verdict.set("correlation_id", correlation);
            verdict.set("events", entries);
            notify.accept("twilio.sync.event", verdict);
        }
    }

    /** How many of the objects that are followed belong to conversations. */
    int ofConversations() {
        return ofConversations;
    }

    private synchronized void unfollow(SyncObject object) {
        if (followed.remove(object) != null && object.isOfConversation()) {
            ofConversations--;
        }
    }

    /** Sends a live event, if its object is followed. */
    synchronized void push(SyncEvent event) {
        Long last = followed.get(event.object());
        if (last == null || event.id() <= last) {
            return;
        }
        followed.put(event.object(), event.id());
        notify.accept("com.twilio.rtd.cds." + event.object().kind().word(), envelope(event));
        if (event.type().endsWith("_removed")) {
            ended(event);
        }
    }

    /** Nobody follows what is gone, or a conversation that they are no longer in. */
    private void ended(SyncEvent event) {
        if (event.key() == null) {
            unfollow(event.object());
        } else if (event.object().equals(SyncObject.conversationsOf(identity))) {
            unfollow(SyncObject.messages(event.key()));
            unfollow(SyncObject.roster(event.key()));
        }
    }

    private static ObjectNode envelope(SyncEvent event) {
        ObjectNode envelope =
                SyncShapes.object().put("event_type", event.type()).put("event_protocol_version", 4);
        envelope.set("event", event.json());
        return envelope;
    }
}
