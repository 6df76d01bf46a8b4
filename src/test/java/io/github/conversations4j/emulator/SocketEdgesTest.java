package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.token.TokenMinter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a socket answers to those who get it wrong. */
class SocketEdgesTest {
    private static final String CONFIGURATION = "/Client/v2/Configuration";

    private final ManualTime time = new ManualTime();
    private final ConversationsEmulator twilio = ConversationsEmulator.start(
            EmulatorOptions.builder().clock(time).scheduler(time).build());
    private final List<SocketClient> clients = new ArrayList<>();

    @AfterEach
    void end() {
        clients.forEach(SocketClient::close);
        twilio.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "TWILSOCK V3.0 100\r\n{\"method\":\"ping\",\"id\":\"1\"}\r\n",
                "TWILSOCK V3.0 99999999\r\n{}\r\n",
                "TWILSOCK V2.0 2\r\n{}\r\n",
                "TWILSOCK V3.0 2\r\n[]\r\n",
                "TWILSOCK V3.0 14\r\n{\"method\":\"x\"}\r\n",
                "TWILSOCK V3.0 42\r\n{\"method\":\"ping\",\"id\":\"1\",\"payload_size\":9}\r\nshort",
                "TWILSOCK V3.0 50\r\n{\"method\":\"ping\",\"id\":\"1\",\"payload_size\":999999999}\r\n"
            })
    void what_is_no_packet_ends_the_socket_with_406(String message) {
        SocketClient alice = in("alice");

        alice.send(message.getBytes(StandardCharsets.UTF_8));

        assertThat(alice.end()).isEqualTo("closed");
        JsonNode status = alice.lastPushed().header().path("status");
        assertThat(status.path("code").intValue()).isEqualTo(406);
        assertThat(status.path("errorCode").intValue()).isEqualTo(51_214);
        assertThat(in("alice").request("GET", CONFIGURATION, "").status()).isEqualTo(200);
    }

    @Test
    void a_header_of_more_than_256_kib_ends_the_socket() {
        SocketClient alice = in("alice");

        alice.send(alice.start("ping").put("x", "x".repeat(256 * 1024)));

        assertThat(alice.end()).isEqualTo("closed");
        assertThat(alice.lastPushed().header().at("/status/code").intValue()).isEqualTo(406);
    }

    @Test
    void a_message_without_end_is_not_collected() {
        SocketClient alice = in("alice");

        alice.send(new byte[12 * 1024 * 1024]);

        assertThat(alice.end()).isEqualTo("cut");
        assertThat(in("alice").request("GET", CONFIGURATION, "").status()).isEqualTo(200);
    }

    @Test
    void as_many_messages_may_come_as_somebody_likes() {
        SocketClient alice = in("alice");
        String large = "x".repeat(3 * 1024 * 1024);

        for (int i = 0; i < 8; i++) {
            assertThat(alice.request("POST", "/nowhere", '"' + large + '"').status())
                    .isEqualTo(404);
        }
    }

    @Test
    void an_unknown_method_is_refused_and_an_unasked_reply_ignored() {
        SocketClient alice = in("alice");

        alice.send(alice.start("reply")).send(alice.start("telemetry.v1")).send(alice.start("sing"));

        Packet refused = alice.reply();
        assertThat(refused.id()).isEqualTo("TM3");
        assertThat(refused.header().at("/status/code").intValue()).isEqualTo(400);
        assertThat(alice.request("GET", CONFIGURATION, "").status()).isEqualTo(200);
    }

    @Test
    void requests_that_are_none_are_refused_and_the_socket_stays() {
        SocketClient alice = in("alice");

        alice.send(alice.start("message"));
        assertThat(alice.status()).isEqualTo(400);
        assertThat(alice.request("GET", "/%zz", "").status()).isEqualTo(400);
        assertThat(alice.request("POST", "/v4/Subscriptions", "{no json").status())
                .isEqualTo(400);
        assertThat(alice.request("SING", "/nowhere", "").status()).isEqualTo(404);
        assertThat(alice.request("GET", CONFIGURATION, "").status()).isEqualTo(200);
    }

    @Test
    void a_change_that_is_asked_for_twice_is_made_once_and_shown_where_it_is() {
        String service = "/Client/v2/Services/" + twilio.serviceSid();
        String conversation = twilio.user("alice").in("general").conversationSid();
        twilio.user("bob").in("general").says("one");
        twilio.user("bob").in("general").says("two");
        SocketClient alice = in("alice");
        String own = service + "/Users/alice/Conversations/" + conversation;
        String everybodys = service + "/Conversations/" + conversation;

        alice.change("horizon", "POST", own, "{\"last_read_message_index\":0}");
        assertThat(alice.reply().payloadJson().path("unread_messages_count").intValue())
                .isEqualTo(1);
        alice.change("horizon", "POST", own, "{\"last_read_message_index\":0}");
        assertThat(shown(alice).path("unread_messages_count").intValue()).isEqualTo(1);

        alice.change("name", "POST", everybodys, "{\"friendly_name\":\"x\"}");
        assertThat(alice.status()).isEqualTo(200);
        alice.change("name", "POST", everybodys, "{\"friendly_name\":\"x\"}");
        assertThat(shown(alice).path("friendly_name").textValue()).isEqualTo("x");

        assertThat(alice.change("leave", "DELETE", everybodys + "/Participants/alice", "{}")
                        .status())
                .isEqualTo(204);
        assertThat(alice.change("leave", "DELETE", everybodys + "/Participants/alice", "{}")
                        .status())
                .isEqualTo(204);
    }

    /** What is found where the answer to a repeated change points to. */
    private static JsonNode shown(SocketClient client) {
        Packet repeated = client.reply();
        assertThat(repeated.header().at("/http_status/code").intValue()).isEqualTo(202);
        String url = repeated.payloadJson().path("resource_url").textValue();
        return client.request("GET", URI.create(url).getPath(), "").reply().payloadJson();
    }

    @Test
    void nobody_asks_before_they_said_who_they_are() {
        SocketClient nobody = client();

        nobody.request("GET", CONFIGURATION, "");
        assertThat(nobody.reply().header().at("/status/code").intValue()).isEqualTo(401);
        nobody.send(nobody.start("update").put("token", twilio.accessToken("alice")));
        assertThat(nobody.reply().header().at("/status/code").intValue()).isEqualTo(401);
        assertThat(nobody.init(twilio.accessToken("alice")).path("code").intValue())
                .isEqualTo(200);
    }

    @Test
    void who_says_who_it_is_once_more_is_told_everything_once() {
        String sid = twilio.user("bob").in("general").adds("alice").conversationSid();
        SocketClient alice = in("alice");
        alice.init(twilio.accessToken("alice"));

        twilio.user("bob").in(sid).types().types();
        alice.request("GET", CONFIGURATION, "").reply();

        assertThat(alice.pushed())
                .filteredOn(
                        packet -> packet.header().path("message_type").asText().equals("twilio.ipmsg.typing_indicator"))
                .hasSize(2);
    }

    @Test
    void wrong_tokens_are_refused_with_their_code() {
        String good = twilio.accessToken("alice");
        String[] parts = good.split("\\.");
        TokenMinter.Builder ours = TokenMinter.builder(twilio.accountSid())
                .apiKey(twilio.apiKey(), twilio.apiSecret())
                .serviceSid(twilio.serviceSid())
                .clock(time);

        assertRefused("", 20101);
        assertRefused("a.b.c", 20101);
        assertRefused(parts[0] + "." + parts[1] + ".AAAA", 20107);
        assertRefused(
                TokenMinter.builder(twilio.accountSid())
                        .apiKey(twilio.apiKey(), "another-secret-of-32-characters!!")
                        .serviceSid(twilio.serviceSid())
                        .clock(time)
                        .build()
                        .mint("alice"),
                20107);
        assertRefused(
                TokenMinter.builder("AC" + "f".repeat(32))
                        .apiKey(twilio.apiKey(), twilio.apiSecret())
                        .serviceSid(twilio.serviceSid())
                        .clock(time)
                        .build()
                        .mint("alice"),
                20103);
        assertRefused(ours.serviceSid("IS" + "f".repeat(32)).build().mint("alice"), 20101);
        time.advance(Duration.ofHours(1).plusSeconds(1));
        assertRefused(good, 20104);
    }

    @Test
    void a_token_that_runs_out_is_announced_and_ends_the_socket_unless_it_is_renewed() {
        SocketClient alice = in("alice");
        SocketClient bob = in("bob");

        time.advance(Duration.ofMinutes(56));
        Patience.until(() -> warned(alice) && warned(bob));
        bob.send(bob.start("update").put("token", twilio.accessToken("alice")));
        assertThat(bob.reply().header().at("/status/errorCode").intValue()).isEqualTo(51_215);
        bob.send(bob.start("update").put("token", twilio.accessToken("bob")));
        assertThat(bob.reply().header().at("/status/code").intValue()).isEqualTo(200);
        time.advance(Duration.ofMinutes(4));

        assertThat(alice.end()).isEqualTo("closed");
        assertThat(alice.lastPushed().header().at("/status/code").intValue()).isEqualTo(410);
        assertThat(alice.lastPushed().header().at("/status/errorCode").intValue())
                .isEqualTo(51_207);
        assertThat(bob.request("GET", CONFIGURATION, "").status()).isEqualTo(200);
    }

    @Test
    void pages_of_this_machine_may_connect_and_pages_of_the_world_may_not() throws IOException {
        SocketClient page = client(new Request.Builder()
                .url(twilio.socketUrl())
                .header("Origin", "http://localhost:3000")
                .build());
        assertThat(page.init(twilio.accessToken("alice")).path("code").intValue())
                .isEqualTo(200);

        for (String origin : new String[] {"https://evil.example", "null", "http://localhost.evil.example"}) {
            SocketClient foreign = client(new Request.Builder()
                    .url(twilio.socketUrl())
                    .header("Origin", origin)
                    .build());
            assertThat(foreign.end()).as(origin).isEqualTo("403");
        }
        try (ControlClient http = new ControlClient()) {
            assertThat(http.get(twilio.url() + "/v3/wsconnect").status()).isEqualTo(426);
        }
    }

    private void assertRefused(String token, int code) {
        JsonNode status = client().init(token);
        assertThat(status.path("code").intValue()).isEqualTo(401);
        assertThat(status.path("errorCode").intValue()).as(status.toString()).isEqualTo(code);
    }

    private static boolean warned(SocketClient client) {
        return client.pushed().stream().anyMatch(packet -> packet.method().equals("client_update"));
    }

    private SocketClient in(String identity) {
        SocketClient client = client();
        assertThat(client.init(twilio.accessToken(identity)).path("code").intValue())
                .isEqualTo(200);
        return client;
    }

    private SocketClient client() {
        return client(new Request.Builder().url(twilio.socketUrl()).build());
    }

    private SocketClient client(Request request) {
        SocketClient client = new SocketClient(request);
        clients.add(client);
        return client;
    }
}
