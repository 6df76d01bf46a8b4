package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that client SDKs register through the socket, as bindings over REST. */
class PushRegistrationTest {
    private static final String PATH = "/v1/registrations?productId=ip_messaging";
    private static final String DEVICE =
            "{\"channel_type\":\"fcm\",\"message_types\":[\"twilio.conversations.new_message\"],"
                    + "\"data\":{\"registration_id\":\"device-token\"}}";

    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final ControlClient http = new ControlClient();
    private SocketClient alice;
    private SocketClient mallory;

    @BeforeEach
    void connect() {
        http.as(twilio.accountSid(), twilio.authToken());
        alice = connected("alice");
        mallory = connected("mallory");
    }

    private SocketClient connected(String identity) {
        SocketClient client = new SocketClient(twilio.socketUrl());
        assertThat(client.init(twilio.accessToken(identity)).path("code").intValue())
                .isEqualTo(200);
        return client;
    }

    @AfterEach
    void end() {
        alice.close();
        mallory.close();
        http.close();
        twilio.close();
    }

    private String register(SocketClient who) throws IOException {
        return who.request("POST", PATH, DEVICE)
                .reply()
                .payloadJson()
                .path("id")
                .textValue();
    }

    private JsonNode bindings() throws IOException {
        return http.get(twilio.url() + "/v1/Services/" + twilio.serviceSid() + "/Bindings")
                .json()
                .get("bindings");
    }

    @Test
    void a_device_is_listed_until_it_is_taken_off_by_its_sid() throws IOException {
        String sid = register(alice);

        assertThat(sid).matches("BS[0-9a-f]{32}");
        assertThat(bindings()).singleElement().satisfies(binding -> {
            assertThat(binding.get("sid").textValue()).isEqualTo(sid);
            assertThat(binding.get("identity").textValue()).isEqualTo("alice");
            assertThat(binding.get("binding_type").textValue()).isEqualTo("fcm");
            assertThat(binding.get("endpoint").textValue()).isEqualTo("device-token");
            assertThat(binding.get("message_types").toString()).isEqualTo("[\"twilio.conversations.new_message\"]");
        });
        assertThat(register(alice)).isEqualTo(sid);
        assertThat(bindings()).hasSize(1);

        String own = "/v1/registrations/" + sid + "?productId=ip_messaging";
        assertThat(mallory.request("DELETE", own, "{}").status()).isEqualTo(204);
        assertThat(bindings()).hasSize(1);
        assertThat(alice.request("DELETE", own, "{}").status()).isEqualTo(204);
        assertThat(bindings()).isEmpty();
        assertThat(alice.request("DELETE", own, "{}").status()).isEqualTo(204);
    }

    @Test
    void a_device_is_taken_off_by_its_name_for_whoever_asks_only() throws IOException {
        register(alice);
        register(mallory);

        alice.request("DELETE", PATH, "{\"binding_type\":\"apn\",\"address\":\"device-token\"}")
                .status();
        alice.request("DELETE", PATH, "{\"binding_type\":\"fcm\",\"address\":\"another\"}")
                .status();
        assertThat(bindings()).hasSize(2);
        alice.request("DELETE", PATH, "{\"binding_type\":\"fcm\",\"address\":\"device-token\"}")
                .status();

        assertThat(bindings())
                .extracting(binding -> binding.get("identity").textValue())
                .containsExactly("mallory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"channel_type\":\"pigeon\",\"data\":{\"registration_id\":\"x\"}}",
                "{\"channel_type\":\"fcm\"}",
                "{\"channel_type\":\"fcm\",\"data\":{\"registration_id\":\" \"}}"
            })
    void what_is_no_device_is_refused(String json) throws IOException {
        assertThat(alice.request("POST", PATH, json).status()).isEqualTo(400);
        assertThat(bindings()).isEmpty();
    }
}
