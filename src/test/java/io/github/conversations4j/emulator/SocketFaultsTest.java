package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults of sockets, as a client SDK sees them. */
class SocketFaultsTest {
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

    @Test
    void an_identity_is_dropped_and_the_others_stay() {
        SocketClient alice = in("alice");
        SocketClient bob = in("bob");

        twilio.faults().sockets().identity("alice").dropNow();

        assertThat(alice.end()).isEqualTo("cut");
        assertThat(bob.request("GET", CONFIGURATION, "").status()).isEqualTo(200);
        twilio.faults().sockets().dropNow();
        assertThat(bob.end()).isEqualTo("cut");
        in("alice");
    }

    @Test
    void everybody_is_sent_away_and_told_when_to_come_again() {
        SocketClient alice = in("alice");

        twilio.faults().sockets().offloadNow(Duration.ofSeconds(3));

        assertThat(alice.end()).isEqualTo("closed");
        Packet close = alice.lastPushed();
        assertThat(close.method()).isEqualTo("close");
        assertThat(close.header().at("/status/code").intValue()).isEqualTo(308);
        assertThat(close.header().at("/status/status").textValue()).isEqualTo("OFFLOAD");
        assertThat(close.payloadJson().at("/backoff_policy/reconnect_min_ms").intValue())
                .isEqualTo(3000);
    }

    @Test
    void the_next_with_a_good_token_are_refused() {
        twilio.faults().sockets().identity("alice").next(1).refuseInit(429, 51202);

        SocketClient alice = client();
        assertThat(alice.init("rubbish").path("errorCode").intValue()).isEqualTo(20101);
        in("bob");
        JsonNode refused = alice.init(twilio.accessToken("alice"));
        assertThat(refused.path("code").intValue()).isEqualTo(429);
        assertThat(refused.path("errorCode").intValue()).isEqualTo(51202);
        assertThat(alice.init(twilio.accessToken("alice")).path("code").intValue())
                .isEqualTo(200);
    }

    @Test
    void what_failed_before_was_not_carried_out_and_what_failed_after_was() {
        String conversation = twilio.user("alice").in("general").conversationSid();
        SocketClient alice = in("alice");
        String path = "/Client/v2/Services/" + twilio.serviceSid() + "/Conversations/" + conversation + "/Messages";
        int told = told();

        twilio.faults().sockets().method("POST").next(1).fail(429);
        alice.request("POST", path, "{\"body\":\"not stored\"}");
        Packet refused = alice.reply();
        assertThat(refused.header().at("/http_status/code").intValue()).isEqualTo(429);
        assertThat(refused.payloadJson().path("code").intValue()).isEqualTo(20429);
        assertThat(told()).isEqualTo(told);

        twilio.faults().sockets().method("POST").next(1).failAfter(503);
        assertThat(alice.request("POST", path, "{\"body\":\"stored\"}").status())
                .isEqualTo(503);
        assertThat(told()).isEqualTo(told + 1);

        twilio.faults().sockets().next(1).cutBefore();
        alice.request("POST", path, "{\"body\":\"not stored\"}");
        assertThat(alice.end()).isEqualTo("cut");
        assertThat(told()).isEqualTo(told + 1);

        twilio.faults().sockets().next(1).cutAfter();
        SocketClient again = in("alice").request("POST", path, "{\"body\":\"stored too\"}");
        assertThat(again.end()).isEqualTo("cut");
        assertThat(told()).isEqualTo(told + 2);
        assertThat(again.hasReply()).isFalse();
    }

    @Test
    void a_late_answer_is_overtaken() {
        SocketClient alice = in("alice");
        twilio.faults().sockets().identity("alice").next(1).slow(Duration.ofSeconds(9));
        int timers = time.pending();

        alice.request("GET", CONFIGURATION, "");
        alice.request("GET", "/nowhere", "");

        assertThat(alice.status()).isEqualTo(404);
        Patience.until(() -> time.pending() == timers + 1);
        time.advance(Duration.ofSeconds(8));
        assertThat(alice.hasReply()).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(alice.status()).isEqualTo(200);
    }

    @Test
    void what_makes_no_sense_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twilio.faults().sockets().refuseInit(200, 0))
                .withMessageContaining("status");
    }

    /** How many messages the log of webhooks knows of. */
    private int told() {
        return (int) twilio.webhookLog().stream()
                .filter(delivery -> delivery.event().equals("onMessageAdded"))
                .count();
    }

    private SocketClient in(String identity) {
        SocketClient client = client();
        assertThat(client.init(twilio.accessToken(identity)).path("code").intValue())
                .isEqualTo(200);
        return client;
    }

    private SocketClient client() {
        SocketClient client = new SocketClient(twilio.socketUrl());
        clients.add(client);
        return client;
    }
}
