package io.github.conversations4j.internal.emulator.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.state.Behaviour;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.MessageDraft;
import io.github.conversations4j.internal.emulator.state.PageAt;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.token.TokenMinter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mutated packets at the reader of a socket: it answers or closes, never fails, and the state stays whole. */
class SocketFuzzTest {
    private static final int PACKETS = 100_000;
    private static final long SEED = 20261124;
    private static final String GENERAL = "general";
    private static final String SERVICE = "IS0123456789abcdef0123456789abcdef";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String KEY = "SK0123456789abcdef0123456789abcdef";
    private static final String RUBBISH = "0123456789{}[]\",:-. \\/%?&=nut";
    private static final Map<SyncObject.Kind, String> COLLECTIONS =
            Map.of(SyncObject.Kind.DOCUMENT, "Documents", SyncObject.Kind.LIST, "Lists", SyncObject.Kind.MAP, "Maps");
    private static final IOException GONE = new IOException("gone");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final ManualTime time = new ManualTime();
    private final Twilio twilio = new Twilio(
            "AC0123456789abcdef0123456789abcdef", SERVICE, Behaviour.DEFAULT, time, time, new SplittableRandom(1));
    private final ChatService service = twilio.service();
    private final Sockets sockets =
            new Sockets(twilio, KEY, SECRET, time, time, new FaultBook(1), () -> "http://127.0.0.1");
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<byte[]> packets = new ArrayList<>();

    SocketFuzzTest() {
        plant();
        String base = "/Client/v2/Services/" + SERVICE + "/Conversations";
        String token = token();
        packets.add(packet("{\"method\":\"init\",\"id\":\"TM1\",\"token\":\"" + token + "\"}", ""));
        packets.add(packet("{\"method\":\"update\",\"id\":\"TM2\",\"token\":\"" + token + "\"}", ""));
        packets.add(packet("{\"method\":\"ping\",\"id\":\"TM3\"}", ""));
        packets.add(packet("{\"method\":\"close\",\"id\":\"TM4\"}", ""));
        packets.add(request("GET", "/Client/v2/Configuration", ""));
        packets.add(request("GET", "/v3/Maps/alice.channels?Include=items", ""));
        packets.add(request("GET", base + "/" + GENERAL, ""));
        packets.add(request("GET", base + "/" + GENERAL + "/Messages", ""));
        packets.add(request("POST", base + "/" + GENERAL + "/Messages", "{\"body\":\"x\",\"attributes\":\"{}\"}"));
        packets.add(request("POST", base + "/" + GENERAL + "/Participants", "{\"identity\":\"carol\"}"));
        packets.add(request("DELETE", base + "/" + GENERAL + "/Participants/carol", ""));
        packets.add(request("POST", base, "{\"friendly_name\":\"more\",\"unique_name\":\"more\"}"));
        packets.add(request("DELETE", base + "/more", ""));
        packets.add(request("POST", "/v1/Instances/" + SERVICE + "/Typing", "ChannelSid=" + GENERAL));
        packets.add(request(
                "POST",
                "/Client/v2/Services/" + SERVICE + "/Users/alice/Conversations/" + GENERAL,
                "{\"last_read_message_index\":0,\"notification_level\":\"muted\"}"));
        packets.add(subscription());
    }

    /** Follows all that there is of alice, and reads it, since nobody follows what they have never seen. */
    private byte[] subscription() {
        Line line = new Line(sockets);
        line.session.onMessage(line, ByteString.of(packets.get(0)));
        String general = service.conversations().get(GENERAL).sid();
        ObjectNode body = JSON.createObjectNode()
                .put("event_protocol_version", 4)
                .put("action", "establish")
                .put("correlation_id", 1);
        ArrayNode requests = body.putArray("requests");
        for (SyncObject object : List.of(
                SyncObject.conversationsOf("alice"),
                SyncObject.user(service.users().get("alice").sid()),
                SyncObject.conversation(general),
                SyncObject.messages(general),
                SyncObject.roster(general))) {
            String path = "/v3/" + COLLECTIONS.get(object.kind()) + "/" + object.name();
            line.session.onMessage(line, ByteString.of(request("GET", path, "")));
            requests.addObject()
                    .put("object_sid", object.sid())
                    .put("object_type", object.kind().word())
                    .put(
                            "last_event_id",
                            line.last().payloadJson().path("last_event_id").longValue() - 3);
        }
        line.session.onFailure(line, GONE, null);
        return request("POST", "/v4/Subscriptions", body.toString());
    }

    /** Makes sure that there is something to break: what alice made she may also delete. */
    private void plant() {
        Cause alice = Cause.sdk("alice");
        service.users().ensure(alice, "alice");
        if (service.conversations().find(GENERAL) == null) {
            service.conversations().create(alice, new ConversationDraft().uniqueName(GENERAL));
            service.participants().add(alice, GENERAL, ParticipantDraft.chat("alice"));
            service.participants().add(alice, GENERAL, ParticipantDraft.chat("bob"));
            service.messages().add(alice, GENERAL, MessageDraft.text("hi"));
        }
    }

    @AfterEach
    void end() {
        sockets.drop(identity -> true);
    }

    @Test
    void nothing_breaks_the_reader() {
        System.out.println("SocketFuzzTest: seed " + SEED + ", " + PACKETS + " packets");
        Line line = connect();
        for (int round = 0; round < PACKETS; round++) {
            if (line.over || random.nextInt(1000) == 0) {
                line.session.onFailure(line, GONE, null);
                line = connect();
            }
            if (round % 500 == 0) {
                plant();
                packets.set(packets.size() - 1, subscription());
            }
            byte[] original = packets.get(random.nextInt(packets.size()));
            byte[] message = random.nextInt(4) == 0 ? mutated(original) : bent(original);
            line.sent.clear();
            line.session.onMessage(line, ByteString.of(message));
            check(line, round, message);
        }
        System.out.println("SocketFuzzTest: " + outcomes);
        assertThat(outcomes.keySet())
                .contains("close 406", "http 200", "http 201", "http 400", "http 404", "reply 200")
                .as("replayed and pushed")
                .contains(
                        "notification twilio.sync.event",
                        "notification com.twilio.rtd.cds.document",
                        "notification com.twilio.rtd.cds.list",
                        "notification com.twilio.rtd.cds.map");
        line.session.onFailure(line, GONE, null);
        assertThat(time.pending()).as("timers of sockets that are over").isZero();
        plant();
        checkThatAllIsWhole();
    }

    private void check(Line line, int round, byte[] message) {
        for (ByteString bytes : line.sent) {
            Packet answer = Sockets.CODEC.decode(bytes.toByteArray());
            JsonNode http = answer.header().at("/http_status/code");
            JsonNode status = answer.header().at("/status/code");
            int code = http.isMissingNode() ? status.intValue() : http.intValue();
            String pushed = answer.header().path("message_type").textValue();
            String outcome = (http.isMissingNode() ? answer.method() : "http") + " " + (pushed == null ? code : pushed);
            outcomes.merge(outcome, 1, Integer::sum);
            assertThat(code)
                    .as(
                            "round %d of seed %d: %s gave %s",
                            round, SEED, new String(message, StandardCharsets.UTF_8), answer.header())
                    .isLessThan(500);
        }
    }

    private void checkThatAllIsWhole() {
        assertThat(service.users().get("alice").online())
                .as("reachability is off")
                .isNull();
        List<StoredMessage> messages = new ArrayList<>();
        Set<Long> indexes = new HashSet<>();
        service.messages().list(GENERAL, PageAt.first(100_000)).items().forEach(message -> {
            messages.add(message);
            assertThat(indexes.add(message.index())).isTrue();
            assertThat(service.messages().get(GENERAL, message.sid())).isEqualTo(message);
        });
        assertThat(messages).hasSize(service.messages().count(GENERAL));
    }

    /** Most say who they are, so that what they ask for is looked at. */
    private Line connect() {
        Line line = new Line(sockets);
        if (random.nextInt(3) > 0) {
            line.session.onMessage(line, ByteString.of(packets.get(0)));
            assertThat(line.sent).hasSize(1);
        }
        return line;
    }

    private String token() {
        return TokenMinter.builder(twilio.accountSid())
                .apiKey(KEY, SECRET)
                .serviceSid(SERVICE)
                .clock(time)
                .random(new SplittableRandom(7))
                .build()
                .mint("alice");
    }

    private static byte[] request(String method, String path, String body) {
        ObjectNode header = JSON.createObjectNode().put("method", "message").put("id", "TM9");
        header.putObject("http_request")
                .put("host", "aim.twilio.com")
                .put("method", method)
                .put("path", path);
        header.put("payload_type", "application/json");
        return packet(header.toString(), body);
    }

    private static byte[] packet(String header, String body) {
        try {
            return Sockets.CODEC.encode(
                    Packet.of((ObjectNode) JSON.readTree(header), body.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(header, e);
        }
    }

    /** A whole packet in which a member of the header is another, or some bytes of the payload. */
    private byte[] bent(byte[] original) {
        Packet packet = Sockets.CODEC.decode(original.clone());
        ObjectNode header = packet.header().deepCopy();
        ObjectNode inner =
                header.path("http_request") instanceof ObjectNode request && random.nextInt(3) > 0 ? request : header;
        List<String> names = new ArrayList<>();
        inner.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(3) > 0) {
            inner.set(name, other(inner.path(name)));
        }
        byte[] payload = packet.payloadText().getBytes(StandardCharsets.UTF_8);
        return Sockets.CODEC.encode(Packet.of(header, random.nextBoolean() ? mutated(payload) : payload));
    }

    private JsonNode other(JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(8)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextLong());
            case 2 -> nodes.arrayNode().add(value);
            case 3 -> nodes.objectNode().set("x", value);
            case 4 -> nodes.textNode("x".repeat(random.nextInt(1000)));
            default ->
                nodes.textNode(
                        new String(mutated(value.asText().getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
        };
    }

    /** Changes some bytes; mostly the frame is mended afterwards, so that what is inside is reached. */
    private byte[] mutated(byte[] original) {
        byte[] message = original.clone();
        for (int changes = random.nextInt(4); changes > 0 && message.length > 0; changes--) {
            int at = random.nextInt(message.length);
            switch (random.nextInt(12)) {
                case 0 -> message[at] = (byte) random.nextInt();
                case 1, 3, 4 -> message[at] = (byte) RUBBISH.charAt(random.nextInt(RUBBISH.length()));
                case 2 -> message = Arrays.copyOf(message, at);
                default -> {
                    int from = random.nextInt(message.length);
                    int length = Math.min(random.nextInt(24), message.length - Math.max(at, from));
                    System.arraycopy(original, Math.min(from, original.length - length), message, at, length);
                }
            }
        }
        return random.nextInt(8) == 0 ? message : mended(message);
    }

    private static byte[] mended(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int start = text.indexOf('{');
        int end = text.indexOf("}\r\n");
        if (start < 0 || end < start) {
            return message;
        }
        String payload = text.substring(end + 3);
        String header = text.substring(start, end + 1)
                .replaceAll("\"payload_size\":\\d+", "\"payload_size\":" + payload.length());
        return ("TWILSOCK V3.0 " + header.length() + "\r\n" + header + "\r\n" + payload)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
