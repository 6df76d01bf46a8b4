package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.realtime.channel.ScriptedChannels;
import io.github.conversations4j.internal.realtime.channel.ScriptedChannels.Line;
import io.github.conversations4j.internal.wire.Packet;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the protocol on one thread: Sync objects with their logs, subscriptions with replay, and whatever
 * answers a test adds. It does nothing by itself: {@link #serve} answers what has been sent.
 */
public final class FakeTwilio {
    static final JsonMapper MAPPER = new JsonMapper();

    public final ScriptedChannels channels = new ScriptedChannels();
    public final Map<String, FakeObject> objects = new LinkedHashMap<>();
    public final List<Seen> seen = new ArrayList<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<Line, Set<String>> subscribed = new LinkedHashMap<>();

    /** Tokens that were accepted, in order. */
    public final List<String> tokens = new ArrayList<>();

    public int maxBatchSize = 100;
    public int ttl;
    /** Whether verdicts are sent. */
    public boolean verdicts = true;
    /** Whether they are sent ahead of the answer to the request. */
    public boolean verdictsFirst;
    /** Whether subscriptions are answered by a replay. */
    public boolean replays = true;

    /** A request that was tunnelled. */
    public record Seen(String method, String path, JsonNode params, String body, JsonNode headers) {
        public JsonNode json() {
            return parse(body);
        }

        public String describe() {
            return method + " " + path;
        }
    }

    /** Answers a request; null leaves it unanswered. */
    @FunctionalInterface
    public interface Handler {
        @Nullable
        Answer handle(Seen request);
    }

    public record Answer(int status, String body) {
        public static Answer ok(String body) {
            return new Answer(200, body);
        }
    }

    private record Rule(Predicate<Seen> matches, Handler handler) {}

    /** Adds answers; the last that matches counts. */
    public FakeTwilio on(String method, String path, Handler handler) {
        rules.add(
                0, new Rule(seen -> seen.method().equals(method) && seen.path().matches(path), handler));
        return this;
    }

    /** Accepts the websocket that was dialled last. */
    public void accept() {
        Line line = channels.last();
        line.open();
        serve();
    }

    /** Ends the websocket as a network would. */
    public void drop() {
        Line line = channels.last();
        subscribed.remove(line);
        line.end(new java.io.IOException("dropped"));
    }

    /** Answers until the client sends nothing more. */
    public void serve() {
        Line line = channels.last();
        for (List<Packet> packets = line.sent(); !packets.isEmpty(); packets = line.sent()) {
            packets.forEach(packet -> handle(line, packet));
        }
    }

    private void handle(Line line, Packet packet) {
        switch (packet.method()) {
            case "init", "update" -> {
                tokens.add(packet.header().path("token").asText());
                line.reply(packet, 200);
            }
            case "close" -> {}
            case "message" -> request(line, packet);
            default -> throw new AssertionError("sent: " + packet);
        }
    }

    private void request(Line line, Packet packet) {
        JsonNode http = packet.header().path("http_request");
        Seen request = new Seen(
                http.path("method").asText(),
                URLDecoder.decode(http.path("path").asText(), StandardCharsets.UTF_8),
                http.path("params"),
                packet.payloadText(),
                http.path("headers"));
        seen.add(request);
        for (Rule rule : rules) {
            if (rule.matches().test(request)) {
                Answer answer = rule.handler().handle(request);
                if (answer != null) {
                    line.respond(packet, answer.status(), answer.body());
                }
                return;
            }
        }
        if (request.path().equals("/v4/Subscriptions")) {
            subscriptions(line, packet, request);
        } else {
            Answer answer = sync(request, http.path("path").asText());
            line.respond(packet, answer.status(), answer.body());
        }
    }

    // ---- Sync

    /** Makes a Sync object, with the number of events before its first given. */
    public FakeObject object(String kind, String sid, String name, long lastEventId) {
        FakeObject object = new FakeObject(kind, sid, name, lastEventId);
        objects.put(sid, object);
        names.put(name, sid);
        return object;
    }

    public @Nullable FakeObject find(String sidOrName) {
        FakeObject object = objects.get(sidOrName);
        return object != null ? object : objects.get(names.getOrDefault(sidOrName, ""));
    }

    private Answer sync(Seen request, String rawPath) {
        String[] parts = rawPath.split("/");
        FakeObject object = parts.length > 3 ? find(URLDecoder.decode(parts[3], StandardCharsets.UTF_8)) : null;
        if (object == null || !object.kind.equals(kind(parts[2]))) {
            return new Answer(404, "{\"status\":404,\"code\":54100,\"message\":\"not found\"}");
        }
        return parts.length == 5
                ? object.page(request.params())
                : Answer.ok(object.root(
                        "items".equals(request.params().path("Include").asText())));
    }

    private static String kind(String collection) {
        return switch (collection) {
            case "Documents" -> "document";
            case "Lists" -> "list";
            default -> "map";
        };
    }

    private void subscriptions(Line line, Packet packet, Seen request) {
        ObjectNode reply = JsonNodeFactory.instance
                .objectNode()
                .put("max_batch_size", maxBatchSize)
                .put("estimated_delivery_in_ms", 5000);
        if (ttl > 0) {
            reply.put("ttl_in_s", ttl);
        }
        if (verdictsFirst) {
            subscribe(line, request.json());
            line.respond(packet, 200, reply.toString());
        } else {
            line.respond(packet, 200, reply.toString());
            subscribe(line, request.json());
        }
    }

    private void subscribe(Line line, JsonNode body) {
        Set<String> live = subscribed.computeIfAbsent(line, key -> new LinkedHashSet<>());
        long correlation = body.path("correlation_id").asLong();
        if (body.path("action").asText().equals("cancel")) {
            body.path("requests")
                    .forEach(entry -> live.remove(entry.path("object_sid").asText()));
            return;
        }
        ArrayNode established = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : body.path("requests")) {
            FakeObject object = objects.get(entry.path("object_sid").asText());
            if (object == null) {
                refuse(
                        line,
                        correlation,
                        entry.path("object_sid").asText(),
                        "{\"status\":404,\"code\":54100,\"message\":\"gone\"}");
                continue;
            }
            if (entry.path("last_event_id").asLong() < object.forgottenTo) {
                refuse(
                        line,
                        correlation,
                        object.sid,
                        "{\"status\":410,\"code\":54006,\"message\":\"events are gone\"}");
                continue;
            }
            live.add(object.sid);
            if (replays) {
                object.log
                        .tailMap(entry.path("last_event_id").asLong(), false)
                        .values()
                        .forEach(event -> line.packet(
                                notification("twilio.sync.event"),
                                envelope(event.type, event.body.toString(), correlation)));
            }
            established
                    .addObject()
                    .put("object_sid", object.sid)
                    .put("object_type", object.kind)
                    .put("replay_status", "completed")
                    .put("last_event_id", object.lastEventId);
        }
        if (verdicts && !established.isEmpty()) {
            verdict(line, correlation, "subscription_established", established);
        }
    }

    private void refuse(Line line, long correlation, String sid, String error) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("object_sid", sid);
        entry.set("error", parse(error));
        verdict(
                line,
                correlation,
                "subscription_failed",
                JsonNodeFactory.instance.arrayNode().add(entry));
    }

    public void verdict(Line line, long correlation, String type, ArrayNode events) {
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("event_type", type)
                .put("correlation_id", correlation)
                .put("event_protocol_version", 4);
        payload.set("events", events);
        line.packet(notification("twilio.sync.event"), payload.toString());
    }

    /** Pushes a logged event to the socket, if that is subscribed. */
    public void push(FakeObject object, LoggedEvent event) {
        Line line = channels.last();
        if (subscribed.getOrDefault(line, Set.of()).contains(object.sid)) {
            line.packet(
                    notification("com.twilio.rtd.cds." + object.kind), envelope(event.type, event.body.toString(), 0));
        }
    }

    public void notify(String messageType, String payload) {
        channels.last().packet(notification(messageType), payload);
    }

    private static String notification(String messageType) {
        return "{\"method\":\"notification\",\"id\":\"TMserver\",\"payload_type\":\"application/json\",\"message_type\":\""
                + messageType + "\"}";
    }

    private static String envelope(String type, String event, long correlation) {
        return "{\"event_type\":\"" + type + "\",\"event_protocol_version\":4,"
                + (correlation == 0 ? "" : "\"correlation_id\":" + correlation + ",") + "\"event\":" + event + "}";
    }

    /** The requests of a kind since the last look at {@link #seen}. */
    public List<Seen> seen(String method, String path) {
        return seen.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().matches(path))
                .toList();
    }

    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** An event in the log of an object. */
    public record LoggedEvent(String type, long id, ObjectNode body) {}

    /** A Sync object. */
    public final class FakeObject {
        public final String kind;
        public final String sid;
        public final String name;
        public final TreeMap<Long, LoggedEvent> log = new TreeMap<>();
        public final Map<String, ObjectNode> items = new TreeMap<>((a, b) -> a.matches("\\d+") && b.matches("\\d+")
                ? Integer.compare(Integer.parseInt(a), Integer.parseInt(b))
                : a.compareTo(b));
        public JsonNode data = JsonNodeFactory.instance.objectNode();
        public long lastEventId;

        /** Events up to this one are not sent again. */
        private long forgottenTo = Long.MIN_VALUE;

        FakeObject(String kind, String sid, String name, long lastEventId) {
            this.kind = kind;
            this.sid = sid;
            this.name = name;
            this.lastEventId = lastEventId;
        }

        public String root(boolean withItems) {
            ObjectNode root = JsonNodeFactory.instance
                    .objectNode()
                    .put("sid", sid)
                    .put("unique_name", name)
                    .put("revision", Long.toHexString(lastEventId))
                    .put("last_event_id", lastEventId);
            if (kind.equals("document")) {
                root.set("data", data);
            } else {
                root.putObject("links")
                        .put(
                                "items",
                                "https://cds.example/v3/" + (kind.equals("list") ? "Lists/" : "Maps/") + sid
                                        + "/Items");
                if (withItems) {
                    ArrayNode all = root.putArray("items");
                    items.values().forEach(all::add);
                }
            }
            return root.toString();
        }

        Answer page(JsonNode params) {
            List<ObjectNode> all = new ArrayList<>(items.values());
            if (params.has("Index") || params.has("Key")) {
                String key = params.path(params.has("Index") ? "Index" : "Key").asText();
                all.removeIf(item -> !keyOf(item).equals(key));
            }
            if (params.path("Order").asText("asc").equals("desc")) {
                java.util.Collections.reverse(all);
            }
            if (params.has("From")) {
                int from = 0;
                boolean desc = params.path("Order").asText("asc").equals("desc");
                String key = URLDecoder.decode(params.path("From").asText(), StandardCharsets.UTF_8);
                java.util.Comparator<? super String> order = ((TreeMap<String, ObjectNode>) items).comparator();
                while (from < all.size()
                        && (desc
                                ? order.compare(keyOf(all.get(from)), key) > 0
                                : order.compare(keyOf(all.get(from)), key) < 0)) {
                    from++;
                }
                all = all.subList(from, all.size());
            }
            int size = params.path("PageSize").asInt(50);
            ObjectNode page = JsonNodeFactory.instance.objectNode();
            ArrayNode shown = page.putArray("items");
            all.stream().limit(size).forEach(shown::add);
            page.putObject("meta").put("next_token", all.size() > size ? "more" : null);
            return Answer.ok(page.toString());
        }

        private String keyOf(ObjectNode item) {
            return item.path(kind.equals("list") ? "index" : "key").asText();
        }

        /** Puts an item where it is, without an event. */
        public FakeObject holding(String key, String itemData) {
            put(key, parse(itemData), lastEventId);
            return this;
        }

        private void put(String key, JsonNode itemData, long eventId) {
            ObjectNode item = JsonNodeFactory.instance.objectNode();
            if (kind.equals("list")) {
                item.put("index", Integer.parseInt(key));
            } else {
                item.put("key", key);
            }
            item.put("last_event_id", eventId);
            item.set("data", itemData);
            items.put(key, item);
        }

        /** Changes the value of a document; the event is logged, not pushed. */
        public LoggedEvent update(String newData) {
            data = parse(newData);
            return log(event("document_updated", "document_data", data));
        }

        public LoggedEvent add(String key, String itemData) {
            return item("added", key, itemData);
        }

        public LoggedEvent change(String key, String itemData) {
            return item("updated", key, itemData);
        }

        public LoggedEvent remove(String key) {
            JsonNode before = items.remove(key).path("data");
            return log(keyed(event(kind + "_item_removed", "item_data", before), key));
        }

        private LoggedEvent item(String what, String key, String itemData) {
            JsonNode value = parse(itemData);
            LoggedEvent event = log(keyed(event(kind + "_item_" + what, "item_data", value), key));
            put(key, value, event.id());
            return event;
        }

        private LoggedEvent event(String type, String field, JsonNode value) {
            ObjectNode body = JsonNodeFactory.instance
                    .objectNode()
                    .put(kind + "_sid", sid)
                    .put("id", ++lastEventId);
            body.set(field, value);
            return new LoggedEvent(type, lastEventId, body);
        }

        private LoggedEvent keyed(LoggedEvent event, String key) {
            event.body().put(kind.equals("list") ? "item_index" : "item_key", key);
            return event;
        }

        private LoggedEvent log(LoggedEvent event) {
            log.put(event.id(), event);
            return event;
        }

        /** Loses the log. */
        public void forget() {
            log.clear();
            forgottenTo = lastEventId;
        }

        /** Logs and pushes. */
        public void addLive(String key, String itemData) {
            push(this, add(key, itemData));
        }

        public void changeLive(String key, String itemData) {
            push(this, change(key, itemData));
        }

        public void removeLive(String key) {
            push(this, remove(key));
        }

        public void updateLive(String newData) {
            push(this, update(newData));
        }
    }
}
