package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.testing.ManualTime;
import java.io.IOException;
import java.time.Instant;
import okhttp3.FormBody;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes below {@code /emulator}. */
class ControlTest {
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final ControlClient http = new ControlClient();

    @AfterEach
    void end() {
        http.close();
        twilio.close();
    }

    @Test
    void a_person_acts_and_the_log_says_that_nobody_was_told() throws IOException {
        JsonNode said = act("\"identity\": \"bob\", \"conversation\": \"general\", \"act\": \"says\", \"text\": \"hi\"")
                .json();
        String sid = said.get("message_sid").textValue();
        act("\"identity\":\"bob\",\"conversation\":\"general\",\"act\":\"edits\",\"message_sid\":\"" + sid
                + "\",\"text\":\"ho\"");

        JsonNode log = http.get(twilio.url() + "/emulator/webhooks?event=onMessageUpdated&wait=5")
                .json();

        assertThat(log.get("complete").booleanValue()).isTrue();
        assertThat(log.get("deliveries")).hasSize(1);
        JsonNode delivery = log.get("deliveries").get(0);
        assertThat(delivery.get("outcome").textValue()).isEqualTo("not sent: nobody is configured for it");
        assertThat(delivery.get("conversation_sid")).isEqualTo(said.get("conversation_sid"));
        assertThat(delivery.get("parameters").get("Body").textValue()).isEqualTo("ho");
        assertThat(delivery.get("parameters").get("MessageSid").textValue()).isEqualTo(sid);

        assertThat(http.call("DELETE", twilio.url() + "/emulator/webhooks", null)
                        .status())
                .isEqualTo(204);
        assertThat(http.get(twilio.url() + "/emulator/webhooks").json().get("deliveries"))
                .isEmpty();
    }

    @Test
    void time_that_stands_still_is_moved() throws IOException {
        EmulatorOptions options =
                EmulatorArguments.parse("--port", "0", "--clock", "manual").options();
        try (ConversationsEmulator still = ConversationsEmulator.start(options)) {
            http.as(still.accountSid(), still.authToken());
            FormBody form = new FormBody.Builder()
                    .add("UniqueName", "general")
                    .add("State", "active")
                    .add("Timers.Inactive", "PT1H")
                    .build();
            http.call("POST", still.url() + "/v1/Conversations", form);
            String began =
                    http.get(still.url() + "/emulator/time").json().get("now").textValue();
            JsonNode shown = http.post(still.url() + "/emulator/time", "{\"advance_ms\": 3599999}")
                    .json();
            assertThat(shown.get("movable").booleanValue()).isTrue();
            assertThat(Instant.parse(shown.get("now").textValue()))
                    .isEqualTo(Instant.parse(began).plusMillis(3_599_999));
            assertThat(stateOf(still)).isEqualTo("active");

            http.post(still.url() + "/emulator/time", "{\"advance_ms\": 1}");

            assertThat(stateOf(still)).isEqualTo("inactive");
            ControlClient.Reply back = http.post(still.url() + "/emulator/time", "{\"advance_ms\": -1}");
            assertThat(back.status()).isEqualTo(400);
            assertThat(back.json().get("error").textValue()).isEqualTo("advance_ms: must not be negative, was -1");
            assertThat(http.post(still.url() + "/emulator/time", "{\"advance_ms\": 9223372036854775807}")
                            .status())
                    .isEqualTo(400);
        }
    }

    private String stateOf(ConversationsEmulator still) throws IOException {
        return http.get(still.url() + "/v1/Conversations/general")
                .json()
                .get("state")
                .textValue();
    }

    @Test
    void time_that_runs_is_not_moved() throws IOException {
        JsonNode shown = http.get(twilio.url() + "/emulator/time").json();

        assertThat(shown.get("movable").booleanValue()).isFalse();
        assertError("time", "{\"advance_ms\": 1}", 400, "--clock manual");
    }

    @Test
    void time_that_a_program_lends_is_not_moved_over_the_route() throws IOException {
        ManualTime time = new ManualTime();
        try (ConversationsEmulator lent = ConversationsEmulator.start(
                EmulatorOptions.builder().clock(time).scheduler(time).build())) {
            http.as(lent.accountSid(), lent.authToken());
            JsonNode shown = http.get(lent.url() + "/emulator/time").json();

            assertThat(shown.get("movable").booleanValue()).isFalse();
            assertThat(shown.get("now").textValue()).isEqualTo(time.instant().toString());
            ControlClient.Reply refused = http.post(lent.url() + "/emulator/time", "{\"advance_ms\": 1}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().get("error").textValue()).doesNotContain("system");
        }
    }

    @Test
    void a_phone_shows_what_arrived_there() throws IOException {
        String address = "\"address\": \"+15550001\", \"act\": ";
        http.post(twilio.url() + "/emulator/phone", "{" + address + "\"shows\"}");
        twilio.user("bob").in("general").joins();
        twilio.seed("""
                {"conversations": [{"unique_name": "support",
                  "participants": [{"address": "+15550001", "proxy_address": "+15559999"}]}]}""");

        http.post(
                twilio.url() + "/emulator/phone",
                "{" + address + "\"texts\", \"to\": \"+15559999\", \"text\": \"hi\"}");
        twilio.user("bob").in("support").says("hi there");

        JsonNode inbox = http.post(twilio.url() + "/emulator/phone", "{" + address + "\"shows\"}")
                .json()
                .get("inbox");
        assertThat(inbox.findValuesAsText("body")).containsExactly("hi there");
        assertThat(inbox.findValuesAsText("from")).containsExactly("+15559999");
        ControlClient.Reply refused = http.post(
                twilio.url() + "/emulator/phone", "{" + address + "\"texts\", \"to\": \"+1\", \"text\": \"hi\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().toString()).contains("Nobody takes");
    }

    @Test
    void a_page_of_this_machine_gets_a_token_and_may_read_it() throws IOException {
        http.with("Origin", "http://localhost:3000");

        ControlClient.Reply reply = http.get(twilio.url() + "/emulator/token?identity=alice");

        assertThat(reply.json().get("identity").textValue()).isEqualTo("alice");
        assertThat(reply.json().get("token").textValue().split("\\.")).hasSize(3);
        assertThat(reply.headers().get("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
        assertThat(reply.headers().get("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void a_browser_may_ask_before_it_sends_json() throws IOException {
        http.with("Origin", "http://127.0.0.1:3000")
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "content-type");

        ControlClient.Reply reply = http.call("OPTIONS", twilio.url() + "/emulator/seed", null);

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.headers().get("Access-Control-Allow-Origin")).isEqualTo("http://127.0.0.1:3000");
        assertThat(reply.headers().get("Access-Control-Allow-Headers")).isEqualTo("content-type");
        assertThat(reply.headers().get("Access-Control-Allow-Methods")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example:80",
                "http://localhost@evil.example",
                "%"
            })
    void pages_of_the_world_get_nothing(String origin) throws IOException {
        http.with("Origin", origin);

        ControlClient.Reply reply = http.get(twilio.url() + "/emulator/token?identity=alice");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.headers().get("Access-Control-Allow-Origin")).isNull();
        assertThat(new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("eyJ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:8790", "127.0.0.2:8790", "[::1]:8790"})
    void every_name_of_this_machine_will_do(String host) throws IOException {
        http.with("Host", host).with("Origin", "http://" + host);

        assertThat(http.get(twilio.url() + "/emulator/token?identity=alice").status())
                .isEqualTo(200);
    }

    @Test
    void a_foreign_name_that_leads_here_gets_nothing() throws IOException {
        http.with("Host", "evil.example:8790");

        assertThat(http.get(twilio.url() + "/emulator/token?identity=alice").status())
                .isEqualTo(403);
    }

    @Test
    void a_seed_is_planted_without_webhooks_and_refused_where_it_is_wrong() throws IOException {
        assertThat(http.post(
                                twilio.url() + "/emulator/seed",
                                "{\"conversations\":[{\"unique_name\":\"a\",\"participants\":[{\"identity\":\"bob\"}]}]}")
                        .status())
                .isEqualTo(204);
        assertThat(http.as(twilio.accountSid(), twilio.authToken())
                        .get(twilio.url() + "/v1/Users/bob/Conversations")
                        .json()
                        .get("conversations"))
                .hasSize(1);

        assertError("seed", "{\"conversations\":[{\"unique_nam\":\"a\"}]}", 400, "unique_nam");
        assertError("seed", "{\"conversations\":[{\"messages\":[{}]}]}", 400, "body: must be there");
        assertError("seed", "{} x", 400, "seed: ");
        assertError("seed", "", 400, "seed: ");
        assertError("seed", "null", 400, "seed: must be a JSON object");
        assertError("seed", "{\"conversations\":[{\"unique_name\":\"a\"}]}", 409, "nique name");
    }

    @Test
    void what_is_wrong_with_an_act_is_named() throws IOException {
        assertError("act", "[]", 400, "The body must be a JSON object");
        assertError("act", "{", 400, "The body must be a JSON object");
        assertError("act", "{\"identity\":7}", 400, "identity: must be a text");
        assertError(
                "act", "{\"identity\":\"bob\",\"conversation\":\"g\",\"act\":\"sings\"}", 400, "act: must be one of");
        assertError("act", "{\"identity\":\"bob\",\"conversation\":\"g\",\"act\":\"reads\"}", 400, "index: must be a");
        assertError(
                "act",
                "{\"identity\":\"bob\",\"conversation\":\"g\",\"act\":\"removes\",\"message_sid\":\"IM1\"}",
                404,
                "was not found");
    }

    @Test
    void faults_are_ordered_shown_and_ended() throws IOException {
        twilio.faults().seed(42);
        order("{\"on\":\"rest\",\"method\":\"GET\",\"path\":\"/Users/*\",\"next\":1,\"fault\":\"too_many_requests\","
                + "\"retry_after\":3}");
        order("{\"on\":\"webhooks\",\"events\":[\"onMessageAdded\"],\"conversation\":\"CH1\",\"share\":0.5,"
                + "\"fault\":\"delay\",\"ms\":200}");
        order("{\"on\":\"sockets\",\"identity\":\"alice\",\"fault\":\"refuse_init\",\"status\":401,\"code\":20101}");
        order("{\"on\":\"sockets\",\"fault\":\"drop_now\"}");

        assertThat(http.get(twilio.url() + "/v1/Users/bob").headers().get("Retry-After"))
                .isEqualTo("3");
        JsonNode shown = http.get(twilio.url() + "/emulator/faults").json();
        assertThat(shown.get("seed").longValue()).isEqualTo(42);
        assertThat(shown.get("faults"))
                .extracting(fault -> fault.get("description").textValue())
                .containsExactly(
                        "REST calls GET /Users/* (all, at most 1): refused with 429",
                        "webhooks onMessageAdded about CH1 (a share of 0.5): delayed by PT0.2S",
                        "socket arrivals of alice (all): refused with 401/20101");
        assertThat(shown.get("faults").get(0).get("met").intValue()).isEqualTo(1);
        assertThat(shown.get("faults").get(0).get("struck").intValue()).isEqualTo(1);
        assertThat(shown.get("faults").get(1).get("struck").intValue()).isZero();

        assertThat(http.call("DELETE", twilio.url() + "/emulator/faults", null).status())
                .isEqualTo(204);
        assertThat(order("{\"seed\":7}").toString()).isEqualTo("{\"seed\":7,\"faults\":[]}");
    }

    @Test
    void every_fault_has_its_name() throws IOException {
        for (String name : new String[] {"drop", "duplicate", "delay", "reorder"}) {
            order("{\"on\":\"webhooks\",\"fault\":\"" + name + "\",\"next\":1,\"share\":0.1"
                    + (name.length() == 4 || name.length() == 9 ? "" : ",\"ms\":1") + "}");
        }
        for (String name : new String[] {"fail", "fail_after", "cut_before", "cut_after", "slow"}) {
            String numbers = ",\"fault\":\"" + name + "\",\"status\":500,\"ms\":1,\"method\":\"PUT\"}";
            order("{\"on\":\"rest\"" + numbers);
            order("{\"on\":\"sockets\"" + numbers);
        }
        order("{\"on\":\"rest\",\"fault\":\"cut_answer\",\"method\":\"PUT\"}");
        order("{\"on\":\"indexes\",\"conversation\":\"CH1\",\"fault\":\"skip\",\"numbers\":3}");
        JsonNode shown = order("{\"on\":\"sockets\",\"fault\":\"offload_now\"}");
        assertThat(shown.get("faults")).hasSize(16);
    }

    @Test
    void what_is_wrong_with_a_fault_is_named() throws IOException {
        assertError("faults", "{}", 400, "on: must be");
        assertError("faults", "{\"on\":\"mail\"}", 400, "on: must be one of webhooks, rest, sockets, indexes");
        assertError("faults", "{\"on\":\"rest\"}", 400, "fault: must be");
        assertError("faults", "{\"on\":\"rest\",\"fault\":\"drop\"}", 400, "fault: must be one of too_many_requests");
        assertError("faults", "{\"on\":\"rest\",\"fault\":\"fail\"}", 400, "status: must be a whole number");
        assertError("faults", "{\"on\":\"rest\",\"fault\":\"fail\",\"status\":200}", 400, "status: must be 400");
        assertError("faults", "{\"on\":\"rest\",\"fault\":\"slow\",\"ms\":-1}", 400, "ms: must not be negative");
        assertError(
                "faults",
                "{\"on\":\"rest\",\"fault\":\"too_many_requests\",\"retry_after\":-1}",
                400,
                "retry_after: must not be negative");
        assertError("faults", "{\"on\":\"rest\",\"nxt\":1}", 400, "nxt: is not known here");
        assertError("faults", "{\"on\":\"rest\",\"next\":4294967297}", 400, "next: must be");
        assertError("faults", "{\"on\":\"webhooks\",\"share\":2}", 400, "share: must be 0 to 1");
        assertError("faults", "{\"on\":\"webhooks\",\"share\":\"2\"}", 400, "share: must be a number");
        assertError("faults", "{\"on\":\"webhooks\",\"events\":[1]}", 400, "events: must be");
        assertError("faults", "{\"on\":\"webhooks\",\"events\":\"x\"}", 400, "events: must hold at least one");
        assertError("faults", "{\"on\":\"sockets\",\"fault\":\"refuse_init\",\"status\":401}", 400, "code: must be");
        assertError("faults", "{\"on\":\"indexes\",\"fault\":\"skip\",\"numbers\":0}", 400, "numbers: must be 1");
        assertError("faults", "{\"on\":\"indexes\",\"fault\":\"drop\"}", 400, "fault: must be one of skip");
        assertError("faults", "{\"seed\":1,\"on\":\"rest\"}", 400, "on: is not known here");
        assertThat(twilio.faults().reports()).isEmpty();
    }

    @Test
    void pages_of_the_world_order_no_faults() throws IOException {
        http.with("Origin", "https://evil.example");

        assertThat(http.post(twilio.url() + "/emulator/faults", "{\"on\":\"rest\",\"fault\":\"cut_before\"}")
                        .status())
                .isEqualTo(403);
        assertThat(twilio.faults().reports()).isEmpty();
    }

    private JsonNode order(String json) throws IOException {
        ControlClient.Reply reply = http.post(twilio.url() + "/emulator/faults", json);
        assertThat(reply.status()).as(json).isEqualTo(200);
        return reply.json();
    }

    @Test
    void what_is_not_there_says_what_is() throws IOException {
        ControlClient.Reply reply = http.get(twilio.url() + "/emulator/tokens");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().get("error").textValue()).contains("GET /emulator/token", "POST /emulator/seed");
        assertThat(http.get(twilio.url() + "/emulator/webhooks?wait=x").status())
                .isEqualTo(400);
        assertThat(http.get(twilio.url() + "/emulator/webhooks?wait=31").status())
                .isEqualTo(400);
        assertThat(http.get(twilio.url() + "/emulator/token")
                        .json()
                        .get("error")
                        .textValue())
                .contains("?identity=");
    }

    private ControlClient.Reply act(String members) throws IOException {
        ControlClient.Reply reply = http.post(twilio.url() + "/emulator/act", "{" + members + "}");
        assertThat(reply.status()).isEqualTo(200);
        return reply;
    }

    private void assertError(String route, String body, int status, String error) throws IOException {
        ControlClient.Reply reply =
                http.call("POST", twilio.url() + "/emulator/" + route, RequestBody.create(body, null));
        assertThat(reply.json().get("error").textValue()).contains(error);
        assertThat(reply.status()).isEqualTo(status);
    }
}
