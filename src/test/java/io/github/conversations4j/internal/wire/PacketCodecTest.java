package io.github.conversations4j.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.wire.MalformedPacketException.Reason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketCodecTest {
    private static final String REPLY = """
            {"id":"TM0123456789abcdef0123456789abcdef","method":"reply","status":{"code":200,"status":"ok"}}""";
    private static final String NOTIFICATION = """
            {"method":"notification","id":"TM1","message_type":"twilio.sync.event","payload_type":"application/json","payload_size":%d}""";

    private final PacketCodec codec = new PacketCodec(512, 1024);

    @Test
    void writesThePacketOfTheReference() throws Exception {
        ObjectNode header = (ObjectNode) new com.fasterxml.jackson.databind.ObjectMapper().readTree(REPLY);

        byte[] written = codec.encode(codec.decode(packet(header.toString(), "")));

        assertThat(new String(written, UTF_8)).isEqualTo("TWILSOCK V3.0 96\r\n" + REPLY + "\r\n");
    }

    @Test
    void countsBytesAndNotCharacters() {
        ObjectNode header = header("message").put("naïve", "😀");
        Packet packet = Packet.of(header, "{\"body\":\"grüß dich\"}".getBytes(UTF_8));

        Packet read = codec.decode(codec.encode(packet));

        assertThat(read.header()).isEqualTo(header);
        assertThat(read.header().get("payload_size").intValue()).isEqualTo(22);
        assertThat(read.payloadJson().get("body").textValue()).isEqualTo("grüß dich");
    }

    @Test
    void namesMethodAndId() {
        Packet read = codec.decode(packet(REPLY, ""));

        assertThat(read.method()).isEqualTo("reply");
        assertThat(read.id()).isEqualTo("TM0123456789abcdef0123456789abcdef");
        assertThat(read.payloadLength()).isZero();
        assertThat(read.payloadText()).isEmpty();
        assertThat(read.payloadJson().isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "whatever a later version may add"})
    void takesWhatFollowsThePayload(String more) {
        Packet read = codec.decode(packet(NOTIFICATION.formatted(7), "{\"a\":1}" + more));

        assertThat(read.payloadText()).isEqualTo("{\"a\":1}");
    }

    @Test
    void takesAMissingLineBreakWhereNoPayloadFollows() {
        Packet read = codec.decode(("TWILSOCK V3.0 96\r\n" + REPLY).getBytes(UTF_8));

        assertThat(read.method()).isEqualTo("reply");
        assertThat(read.payloadText()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',{\"a\":1}",
        "'\"payload_type\":\"application/json; charset=utf-8\",',{\"a\":1}",
        "'\"payload_type\":\"text/plain\",',''",
        "'\"payload_type\":\"application/octet-stream\",',''"
    })
    void readsJsonOnlyWhereItIsSaidOrNothingIs(String type, String expected) {
        String header = "{\"id\":\"1\",\"method\":\"notification\"," + type + "\"payload_size\":7}";

        Packet read = codec.decode(packet(header, "{\"a\":1}"));

        assertThat(read.payloadJson().toString()).isEqualTo(expected);
        assertThat(read.payloadText()).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TWILSOCK",
                "TWILSOCK V3.0",
                "TWILSOCK V3.0 ",
                "TWILSOCK V3.0 \r\n{}\r\n",
                "TWILSOCK V3.0 2",
                "TWILSOCK V3.0 2\r",
                "TWILSOCK V3.0 2\n{}\r\n",
                "TWILSOCK V3.0 +2\r\n{}\r\n",
                "TWILSOCK V3.0 -2\r\n{}\r\n",
                "TWILSOCK V3.0 0x2\r\n{}\r\n",
                "TWILSOCK V3.0 999999999\r\n{}\r\n",
                "TWILSOCK V3.1 2\r\n{}\r\n",
                "twilsock v3.0 2\r\n{}\r\n"
            })
    void refusesABadFirstLine(String text) {
        refuses(text, Reason.BAD_FIRST_LINE);
    }

    @Test
    void refusesWhatEndsTooEarly() {
        refuses("TWILSOCK V3.0 97\r\n" + REPLY, Reason.TRUNCATED);
        refuses(text(NOTIFICATION.formatted(8), "{\"a\":1}"), Reason.TRUNCATED);
        refuses(
                "TWILSOCK V3.0 %d\r\n%s".formatted(NOTIFICATION.formatted(1).length(), NOTIFICATION.formatted(1)),
                Reason.TRUNCATED);
    }

    @Test
    void refusesMoreThanAllowed() {
        refuses("TWILSOCK V3.0 513\r\n", Reason.TOO_LARGE);
        refuses(text(NOTIFICATION.formatted(1025), "x".repeat(1025)), Reason.TOO_LARGE);
        refuses(text("{\"id\":\"1\",\"method\":\"m\",\"payload_size\":99999999999999999999}", ""), Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "\"reply\"", "{", "{}{}", "{\"id\":}", "", "{\"id\":\"\\ud8", "nul"})
    void refusesAHeaderThatIsNoObject(String header) {
        refuses(text(header, ""), Reason.BAD_HEADER);
    }

    @Test
    void refusesAHeaderThatIsNestedTooDeep() {
        String deep = "[".repeat(201) + "]".repeat(201);

        refuses(
                new PacketCodec(1000, 0),
                text("{\"id\":\"1\",\"method\":\"m\",\"a\":" + deep + "}", ""),
                Reason.BAD_HEADER);
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        byte[] message = packet(REPLY, "");
        message[30] = (byte) 0xC0;

        assertThatThrownBy(() -> codec.decode(message))
                .isInstanceOfSatisfying(
                        MalformedPacketException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.BAD_HEADER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"1\"}",
                "{\"method\":\"reply\"}",
                "{\"id\":\"1\",\"method\":7}",
                "{\"id\":\"\",\"method\":\"reply\"}",
                "{\"id\":{},\"method\":\"reply\"}"
            })
    void refusesAHeaderThatNamesNoMethodOrId(String header) {
        refuses(text(header, ""), Reason.UNADDRESSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"1\"", "true", "{}", "-99999999999999999999"})
    void refusesAPayloadSizeThatIsNoCount(String size) {
        refuses(text("{\"id\":\"1\",\"method\":\"m\",\"payload_size\":" + size + "}", "xx"), Reason.BAD_PAYLOAD_SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "{\"a\":1}}", "{'a':1}"})
    void refusesAPayloadThatIsNoJsonOnlyWhenItIsRead(String payload) {
        Packet read = codec.decode(packet(NOTIFICATION.formatted(payload.length()), payload));

        assertThatThrownBy(read::payloadJson)
                .isInstanceOfSatisfying(
                        MalformedPacketException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.BAD_PAYLOAD));
    }

    @Test
    void refusesAPayloadInAnOrderOfBytesThatNobodyUses() {
        Packet read = codec.decode(packet(NOTIFICATION.formatted(4), "\0{\0\0"));

        assertThatThrownBy(read::payloadJson).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesAPayloadWhoseTreeWouldTakeManyTimesItsSize() {
        String payload = "[" + "{},".repeat(300_000) + "{}]";
        Packet read = new PacketCodec(512, 1 << 20).decode(packet(NOTIFICATION.formatted(payload.length()), payload));

        assertThatThrownBy(read::payloadJson).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void keepsWhatItReadsOutOfTexts() {
        Packet packet = Packet.of(header("init").put("token", "secret"), "secret".getBytes(UTF_8));

        assertThat(packet).hasToString("Packet[init, 6 bytes]");
        assertThatThrownBy(() -> codec.decode("TWILSOCK V3.0 secret".getBytes(UTF_8)))
                .hasMessageNotContaining("secret");
    }

    @Test
    void survivesAHundredThousandMutations() {
        long seed = 20261123;
        SplittableRandom random = new SplittableRandom(seed);
        byte[][] seeds = {
            packet(REPLY, ""),
            packet(NOTIFICATION.formatted(7), "{\"a\":1}\r\n"),
            packet(
                    "{\"id\":\"1\",\"method\":\"message\",\"payload_size\":12,\"http_request\":{\"params\":{}}}",
                    "[1,2,3,4,5,6]")
        };
        Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
        int accepted = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] message = mutated(seeds[random.nextInt(seeds.length)], random);
            try {
                Packet read = codec.decode(message);
                accepted++;
                assertThat(read.payloadLength())
                        .as("seed %d, round %d", seed, round)
                        .isLessThanOrEqualTo(1024);
                read.payloadJson();
            } catch (MalformedPacketException e) {
                refused.merge(e.reason(), 1, Integer::sum);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + Arrays.toString(message), e);
            }
        }
        assertThat(refused.keySet()).as("every kind of rubbish was met").containsExactlyInAnyOrder(Reason.values());
        assertThat(accepted).as("some rubbish is none").isPositive();
    }

    private static byte[] mutated(byte[] original, SplittableRandom random) {
        byte[] message = original.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && message.length > 0; changes--) {
            int at = random.nextInt(message.length);
            switch (random.nextInt(4)) {
                case 0 -> message[at] = (byte) random.nextInt();
                case 1 -> message[at] = (byte) "0123456789{}[]\",:-. \r\n".charAt(random.nextInt(22));
                case 2 -> message = Arrays.copyOf(message, at);
                default -> {
                    byte[] longer = new byte[message.length + 1 + random.nextInt(8)];
                    System.arraycopy(message, 0, longer, 0, at);
                    int gap = longer.length - message.length;
                    Arrays.fill(longer, at, at + gap, message[at]);
                    System.arraycopy(message, at, longer, at + gap, message.length - at);
                    message = longer;
                }
            }
        }
        return message;
    }

    private void refuses(String text, Reason reason) {
        refuses(codec, text, reason);
    }

    private static void refuses(PacketCodec codec, String text, Reason reason) {
        assertThatThrownBy(() -> codec.decode(text.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        MalformedPacketException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static ObjectNode header(String method) {
        return JsonNodeFactory.instance.objectNode().put("id", "TM1").put("method", method);
    }

    private static byte[] packet(String header, String payload) {
        return text(header, payload).getBytes(UTF_8);
    }

    private static String text(String header, String payload) {
        return "TWILSOCK V3.0 " + header.getBytes(UTF_8).length + "\r\n" + header + "\r\n" + payload;
    }
}
