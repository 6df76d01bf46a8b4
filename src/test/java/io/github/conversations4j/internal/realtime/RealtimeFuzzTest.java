package io.github.conversations4j.internal.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.realtime.FakeService.FakeConversation;
import io.github.conversations4j.internal.realtime.session.OddInput.Kind;
import io.github.conversations4j.internal.realtime.session.SessionSettings;
import io.github.conversations4j.internal.source.RoomSignal;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.wire.MalformedPacketException;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.internal.wire.PacketCodec;
import io.github.conversations4j.model.User;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.testing.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that garbles what it sends: packets lose, change and repeat bytes and fields, come twice, late or never. The
 * client reads on, and when the server is well again it works like any other.
 */
class RealtimeFuzzTest {
    private static final int PACKETS = 100_000;
    private static final int PACKETS_A_CLIENT = 500;
    private static final int REMEMBERED = 64;
    private static final String RUBBISH = "0123456789{}[]\",:-. \\/_eE\u0000";
    private static final PacketCodec CODEC = new PacketCodec(1 << 16, 1 << 23);

    private SplittableRandom random;
    private int mutated;
    private long unreadable;
    private boolean full;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 20_261_123)
    void readsOnWhateverComes(long seed) {
        random = new SplittableRandom(seed);
        while (mutated < PACKETS) {
            Client client = new Client();
            client.start();
            int until = mutated + PACKETS_A_CLIENT;
            while (mutated < until) {
                try {
                    client.live();
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("seed " + seed + ", after " + mutated + " packets", e);
                }
            }
            client.recover("seed " + seed + ", after " + mutated + " packets");
            client.end();
        }
        assertThat(unreadable)
                .as("packets, events and contents that could not be read")
                .isGreaterThan(PACKETS / 10);
    }

    /** One client with its server. */
    private final class Client {
        final ManualTime time = new ManualTime();
        final FakeTwilio twilio = new FakeTwilio();
        final FakeService service = new FakeService(twilio);
        final List<byte[]> before = new ArrayList<>();
        final Anybody sink = new Anybody();
        final RealtimeConnection connection = new RealtimeConnection(
                RealtimeOptions.at("http://localhost:1")
                        .with(SessionSettings.DEFAULT.withBackoff(
                                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 0))),
                () -> "token",
                twilio.channels,
                new SourceContext(sink, time, time, new SplittableRandom(random.nextLong()), Runnable::run));

        void start() {
            for (int i = 0; i < 3; i++) {
                FakeConversation room = service.joined("CH" + i, "bob", "carol");
                room.messages.holding("0", room.message(0, "bob", "before"));
            }
            full = true;
            connection.start();
            twilio.channels.mangle = this::mangle;
            connect();
        }

        private void connect() {
            while (!twilio.channels.isDialled()) {
                time.advance(time.untilNext().orElseThrow());
            }
            twilio.accept();
        }

        void live() {
            if (twilio.channels.last().isOver()) {
                connect();
            }
            happen();
            twilio.serve();
            time.advance(Duration.ofMillis(random.nextInt(200)));
            twilio.seen.clear();
        }

        private void happen() {
            FakeConversation room = service.conversations.get("CH" + random.nextInt(3));
            String carol = room.member("carol");
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> room.says("bob", "hi");
                case 3 -> room.messages.changeLive("0", room.message(0, "bob", "edited " + mutated));
                case 4 -> room.document.updateLive(room.data("called " + mutated, mutated));
                case 5 -> room.roster.changeLive(carol, room.participant("carol", time.instant(), mutated));
                case 6 -> service.mine.changeLive(room.sid, FakeConversation.item(room.sid, "joined"));
                case 7 -> service.mine.changeLive(room.sid, FakeConversation.item(room.sid, "notParticipating"));
                case 8 -> service.info.changeLive("friendlyName", "{\"value\":\"A" + mutated + "\"}");
                case 9 ->
                    twilio.notify(
                            "twilio.ipmsg.typing_indicator",
                            "{\"channel_sid\":\"" + room.sid + "\",\"identity\":\"bob\",\"typing_timeout\":6}");
                case 10 -> packet("{\"method\":\"ping\",\"id\":\"TM1\"}");
                case 11 ->
                    packet(
                            "{\"method\":\"client_update\",\"id\":\"TM2\",\"client_update_type\":\"token_about_to_expire\"}");
                case 12 -> connection.api().users().fetch("alice").exceptionally(failure -> null);
                default -> {
                    if (random.nextInt(20) == 0) {
                        twilio.drop();
                    }
                }
            }
        }

        private void packet(String header) {
            twilio.channels.last().packet(header);
        }

        /** The server is well again. */
        void recover(String when) {
            twilio.channels.mangle = List::of;
            full = false;
            if (!twilio.channels.last().isOver()) {
                twilio.drop();
            }
            connect();
            sink.waitingForRoom.accept(null);
            for (int i = 0; i < 50; i++) {
                twilio.serve();
                time.advance(Duration.ofMillis(100));
            }
            CompletableFuture<User> user =
                    connection.api().users().fetch("alice").toCompletableFuture();
            twilio.serve();
            assertThat(user).as(when).isCompleted();
            assertThat(user.join().identity()).isEqualTo("alice");
            assertThat(connection.standing().isAllLive())
                    .as("%s: %s", when, connection.standing())
                    .isTrue();
            unreadable += connection.oddInput().count(Kind.UNREADABLE);
        }

        void end() {
            connection.close(Duration.ofSeconds(1));
            time.advance(Duration.ofSeconds(3));
            assertThat(time.pending()).as("timers after the end").isZero();
        }

        // ---- what the server does to its packets

        /** All but the configuration, whose addresses a client has to believe. */
        private List<byte[]> mangle(byte[] message) {
            if (!connection.identity().toCompletableFuture().isDone()) {
                return List.of(message);
            }
            if (before.size() < REMEMBERED) {
                before.add(message);
            } else {
                before.set(random.nextInt(REMEMBERED), message);
            }
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> {
                    return List.of(message);
                }
                case 4 -> {
                    mutated++;
                    return random.nextInt(4) == 0 ? List.of() : List.of(message, message.clone());
                }
                case 5 -> {
                    mutated++;
                    return List.of(before.get(random.nextInt(before.size())).clone(), message);
                }
                case 6, 7 -> {
                    mutated++;
                    return List.of(bytes(message.clone()));
                }
                default -> {
                    mutated++;
                    return List.of(fields(message));
                }
            }
        }
    }

    private byte[] bytes(byte[] message) {
        byte[] changed = message;
        for (int changes = 1 + random.nextInt(4); changes > 0 && changed.length > 0; changes--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(8)) {
                case 0 -> changed = Arrays.copyOf(changed, at);
                case 1 -> changed = Arrays.copyOf(changed, changed.length + random.nextInt(40));
                case 2 -> changed[at] = (byte) random.nextInt();
                default -> changed[at] = (byte) RUBBISH.charAt(random.nextInt(RUBBISH.length()));
            }
        }
        return changed;
    }

    /** Changes header or payload as JSON, so that the frame is whole. */
    private byte[] fields(byte[] message) {
        Packet packet = CODEC.decode(message);
        ObjectNode header = packet.header();
        JsonNode payload;
        try {
            payload = packet.payloadJson();
        } catch (MalformedPacketException e) {
            return message;
        }
        if (payload.isContainerNode() && random.nextInt(4) > 0) {
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(payload, 0);
            }
        } else {
            change(header, 0);
        }
        String text = payload.isContainerNode() ? payload.toString() : packet.payloadText();
        return CODEC.encode(Packet.of(header, text.getBytes(StandardCharsets.UTF_8)));
    }

    private void change(JsonNode node, int depth) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            if (names.isEmpty() || random.nextInt(12) == 0) {
                object.set("extra" + random.nextInt(3), value());
                return;
            }
            String name = names.get(random.nextInt(names.size()));
            if (object.get(name).isContainerNode() && random.nextInt(5) > 0) {
                change(object.get(name), depth + 1);
            } else if (random.nextInt(3) == 0) {
                object.remove(name);
            } else {
                object.set(name, value());
            }
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            int at = random.nextInt(array.size());
            switch (random.nextInt(6)) {
                case 0 -> array.set(at, value());
                case 1 -> array.add(array.get(at));
                case 2 -> array.remove(at);
                default -> change(array.get(at), depth + 1);
            }
        }
    }

    private JsonNode value() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(16)) {
            case 0 -> json.nullNode();
            case 1 -> json.booleanNode(true);
            case 2 -> json.numberNode(-1);
            case 3 -> json.numberNode(0);
            case 4 -> json.numberNode(random.nextInt(10));
            case 5 -> json.numberNode(Integer.MAX_VALUE);
            case 6 -> json.numberNode(Long.MAX_VALUE);
            case 7 -> json.numberNode(Long.MIN_VALUE);
            case 8 -> json.numberNode(1.5e300);
            case 9 -> json.textNode("");
            case 10 -> json.textNode("\u0000\ud800 CH0");
            case 11 -> json.textNode("x".repeat(random.nextInt(2_000)));
            case 12 -> json.textNode("CH" + random.nextInt(5));
            case 13 -> json.textNode("2026-13-45T99:99:99Z");
            case 14 -> json.arrayNode().add(json.objectNode()).add(1);
            default -> json.objectNode().put("sid", "x").put("value", 7);
        };
    }

    /** Takes most of what it is offered. */
    private final class Anybody implements Sink, RoomSignal {
        private Consumer<String> waitingForRoom = nobody -> {};

        @Override
        public void onRoom(Consumer<String> listener) {
            waitingForRoom = listener;
        }

        @Override
        public Offer offer(ConversationsEvent event) {
            return full && random.nextInt(50) == 0 ? Offer.REFUSED : Offer.ACCEPTED;
        }

        @Override
        public void markIncomplete(String conversationSid) {
            assertThat(conversationSid).isNotEmpty();
        }
    }
}
