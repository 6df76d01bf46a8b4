package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.wire.TwilioSignature;
import io.github.conversations4j.tests.HookListener;
import io.github.conversations4j.tests.HookListener.Received;
import io.github.conversations4j.tests.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import okhttp3.FormBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told of what: account, service and conversation, as they are configured over REST. */
class WebhookLevelsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final HookListener listener = new HookListener();
    private final ControlClient http = new ControlClient().as(twilio.accountSid(), twilio.authToken());

    WebhookLevelsTest() throws IOException {}

    @AfterEach
    void end() {
        http.close();
        twilio.close();
        listener.close();
    }

    @Test
    void account_service_and_conversation_are_each_told_what_they_asked_for() throws IOException {
        String sid = twilio.user("bob").in("general").conversationSid();
        post("/v1/Configuration/Webhooks", "PostWebhookUrl", listener.url("/account"), "Filters", "onMessageAdded");
        post(
                "/v1/Services/" + twilio.serviceSid() + "/Configuration/Webhooks",
                "PostWebhookUrl",
                listener.url("/service"),
                "Filters",
                "onMessageAdded",
                "Filters",
                "onMessageUpdated");
        hook(sid, "/scoped", "onMessageUpdated", "onParticipantAdded");

        SimulatedParticipant bob = twilio.user("bob").in("general").says("hi");
        bob.edits(bob.lastMessageSid(), "ho").adds("carol").removes(bob.lastMessageSid());
        twilio.user("bob").in("other").says("elsewhere");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(told("/account")).containsExactly("onMessageAdded", "onMessageAdded");
        assertThat(told("/service")).containsExactlyInAnyOrder("onMessageAdded", "onMessageUpdated", "onMessageAdded");
        assertThat(told("/scoped")).containsExactly("onMessageUpdated", "onParticipantAdded");
        assertThat(twilio.webhookLog())
                .filteredOn(delivery -> delivery.event().equals("onMessageAdded"))
                .extracting(WebhookDelivery::level)
                .containsExactlyInAnyOrder("account", "service", "account", "service");
        assertThat(twilio.webhookLog())
                .filteredOn(delivery -> delivery.event().equals("onMessageRemoved"))
                .extracting(WebhookDelivery::outcome, WebhookDelivery::url)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("not sent: nobody is configured for it", null));
    }

    @Test
    void a_trigger_is_called_for_its_words_and_studio_never() throws IOException {
        String sid = twilio.user("bob").in("general").conversationSid();
        post(
                "/v1/Conversations/" + sid + "/Webhooks",
                "Target",
                "trigger",
                "Configuration.Url",
                listener.url("/trigger"),
                "Configuration.Triggers",
                "Help",
                "Configuration.Triggers",
                "stop");
        post(
                "/v1/Conversations/" + sid + "/Webhooks",
                "Target",
                "studio",
                "Configuration.FlowSid",
                "FW0123456789abcdef0123456789abcdef");

        twilio.user("bob").in("general").says("hello").says("I need HELP").says("don't stop");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(listener.bodies()).containsExactly("I need HELP", "don't stop");
        assertThat(listener.all()).hasSize(2);
    }

    @Test
    void a_receiver_is_told_once_however_often_it_was_named_and_nothing_after_it_was_taken_off() {
        SimulatedParticipant bob = twilio.user("bob").in("general").joins();
        twilio.sendWebhooksTo(listener.url());
        twilio.sendWebhooksTo(listener.url());

        bob.says("one");
        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        twilio.stopWebhooksTo(listener.url());
        bob.says("two");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(listener.bodies()).containsExactly("one");
        assertThat(listener.of("onMessageAdd")).hasSize(1);
    }

    @Test
    void muting_is_told_to_nobody_however_often() {
        twilio.user("bob").in("general").mutes().mutes();

        assertThat(twilio.webhookLog()).extracting(WebhookDelivery::event).doesNotContain("onParticipantUpdated");
    }

    @Test
    void an_address_may_have_a_query_without_a_path() throws IOException {
        post("/v1/Configuration/Webhooks", "PostWebhookUrl", listener.url("?key=a@b"), "Filters", "onMessageAdded");

        twilio.user("bob").in("general").says("hi");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(listener.all())
                .extracting(received -> received.request().getTarget())
                .containsExactly("/?key=a@b");
    }

    @Test
    void get_has_everything_in_the_query_and_the_signature_of_the_url() throws IOException {
        post(
                "/v1/Configuration/Webhooks",
                "Method",
                "GET",
                "PostWebhookUrl",
                listener.url("/get?key=a%20b#rc=5"),
                "Filters",
                "onMessageAdded");

        twilio.user("bob").in("general").says("räksmörgås & co+");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(listener.all()).hasSize(1);
        Received got = listener.all().get(0);
        assertThat(got.request().getMethod()).isEqualTo("GET");
        assertThat(got.request().getTarget())
                .startsWith("/get?key=a%20b&AccountSid=AC")
                .doesNotContain("#");
        assertThat(got.form().first("Body")).isEqualTo("räksmörgås & co+");
        TwilioSignature signature = new TwilioSignature(List.of(twilio.authToken()));
        String called = listener.url("") + got.request().getTarget();
        assertThat(got.header("X-Twilio-Signature")).isEqualTo(signature.sign(called, null));
    }

    @Test
    void rest_writes_are_told_only_if_they_ask_for_it_and_the_log_says_why() throws IOException {
        twilio.user("bob").in("general").joins();
        twilio.sendWebhooksTo(listener.url());

        post("/v1/Conversations/general/Messages", "Body", "silent");
        http.with("X-Twilio-Webhook-Enabled", "true");
        post("/v1/Conversations/general/Messages", "Body", "loud");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(listener.all()).extracting(Received::event).containsExactly("onMessageAdded");
        assertThat(listener.bodies()).containsExactly("loud");
        assertThat(twilio.webhookLog())
                .filteredOn(delivery -> delivery.event().equals("onMessageAdded"))
                .extracting(WebhookDelivery::outcome)
                .containsExactly("not sent: the REST call did not ask for webhooks", "sent");
    }

    @Test
    void what_is_asked_before_changes_or_rejects() throws IOException {
        twilio.user("bob").in("general").joins();
        post(
                "/v1/Services/" + twilio.serviceSid() + "/Configuration/Webhooks",
                "PreWebhookUrl",
                listener.url("/pre"),
                "Filters",
                "onMessageAdd");
        SimulatedParticipant bob = twilio.user("bob").in("general");

        listener.answering(asked -> json("{\"body\":\"changed\",\"attributes\":\"{\\\"a\\\":1}\"}"));
        bob.says("said");
        listener.answering(asked -> new MockResponse.Builder().code(403).build());
        assertThatThrownBy(() -> bob.says("rejected")).isInstanceOfSatisfying(TwilioApiException.class, refused -> {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).hasValue(50056);
        });
        listener.answering(asked -> json("[no json"));
        bob.says("as it was");

        JsonNode messages = http.get(twilio.url() + "/v1/Conversations/general/Messages")
                .json()
                .get("messages");
        assertThat(messages)
                .extracting(message -> message.get("body").textValue())
                .containsExactly("changed", "as it was");
        assertThat(messages.get(0).get("attributes").textValue()).isEqualTo("{\"a\":1}");
        assertThat(twilio.webhookLog())
                .filteredOn(delivery -> delivery.event().equals("onMessageAdd"))
                .extracting(WebhookDelivery::status, WebhookDelivery::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(200, "sent"),
                        org.assertj.core.groups.Tuple.tuple(403, "sent"),
                        org.assertj.core.groups.Tuple.tuple(200, "sent"));
    }

    @Test
    void what_comes_too_late_is_not_waited_for() {
        CountDownLatch end = new CountDownLatch(1);
        listener.answering(asked -> {
            if (asked.event().equals("onMessageAdd")) {
                Patience.await(end);
            }
            return new MockResponse.Builder().code(403).build();
        });
        try (ConversationsEmulator hasty = ConversationsEmulator.start(
                EmulatorOptions.builder().webhooksWait(Duration.ofMillis(250)).build())) {
            SimulatedParticipant bob = hasty.user("bob").in("general").joins();
            hasty.sendWebhooksTo(listener.url());

            bob.says("too late to reject");

            assertThat(bob.lastMessageSid()).startsWith("IM");
            assertThat(hasty.webhookLog())
                    .filteredOn(delivery -> delivery.event().equals("onMessageAdd"))
                    .extracting(WebhookDelivery::status, WebhookDelivery::outcome)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(null, "no answer within PT0.25S"));
        } finally {
            end.countDown();
        }
    }

    @Test
    void the_log_tells_the_same_over_http() throws IOException {
        String sid = twilio.user("bob").in("general").conversationSid();
        hook(sid, "/scoped", "onMessageAdded");
        listener.answering(told -> json("{\"x\":1}"));
        twilio.user("bob").in("general").says("hi");
        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();

        WebhookDelivery delivery = twilio.webhookLog().stream()
                .filter(entry -> entry.event().equals("onMessageAdded"))
                .findFirst()
                .orElseThrow();
        JsonNode shown = http.get(twilio.url() + "/emulator/webhooks?event=onMessageAdded&conversation=" + sid)
                .json()
                .at("/deliveries/0");

        assertThat(delivery.level()).isEqualTo("conversation");
        assertThat(delivery.url()).isEqualTo(listener.url("/scoped"));
        assertThat(delivery.method()).isEqualTo("POST");
        assertThat(delivery.status()).isEqualTo(200);
        assertThat(delivery.answer()).isEqualTo("{\"x\":1}");
        assertThat(delivery.idempotencyToken()).isEqualTo(listener.all().get(0).header("I-Twilio-Idempotency-Token"));
        assertThat(shown.get("at").textValue()).isEqualTo(delivery.at().toString());
        assertThat(shown.get("event").textValue()).isEqualTo("onMessageAdded");
        assertThat(shown.get("conversation_sid").textValue()).isEqualTo(sid);
        assertThat(shown.get("level").textValue()).isEqualTo(delivery.level());
        assertThat(shown.get("url").textValue()).isEqualTo(delivery.url());
        assertThat(shown.get("method").textValue()).isEqualTo("POST");
        assertThat(shown.get("idempotency_token").textValue()).isEqualTo(delivery.idempotencyToken());
        assertThat(shown.get("status").intValue()).isEqualTo(200);
        assertThat(shown.get("answer").textValue()).isEqualTo("{\"x\":1}");
        assertThat(shown.get("outcome").textValue()).isEqualTo("sent");
        assertThat(shown.get("fault").isNull()).isTrue();
        assertThat(shown.get("took_ms").longValue()).isEqualTo(delivery.took().toMillis());
        assertThat(shown.get("parameters").size())
                .isEqualTo(delivery.parameters().size())
                .isEqualTo(listener.all().get(0).form().size());
        assertThat(shown.at("/parameters/Body").textValue()).isEqualTo("hi");
    }

    @Test
    void the_log_is_bounded() {
        SimulatedParticipant bob = twilio.user("bob").in("general");
        for (int i = 0; i < 10_050; i++) {
            bob.says(Integer.toString(i));
        }

        assertThat(twilio.webhookLog()).hasSize(10_000);
        assertThat(twilio.webhookLog().get(9_999).parameters()).containsEntry("Body", "10049");
    }

    private List<String> told(String path) {
        return listener.all().stream()
                .filter(received -> received.request().getTarget().equals(path))
                .map(Received::event)
                .toList();
    }

    private void hook(String conversation, String path, String... filters) throws IOException {
        FormBody.Builder form =
                new FormBody.Builder().add("Target", "webhook").add("Configuration.Url", listener.url(path));
        for (String filter : filters) {
            form.add("Configuration.Filters", filter);
        }
        assertThat(http.call("POST", twilio.url() + "/v1/Conversations/" + conversation + "/Webhooks", form.build())
                        .status())
                .isEqualTo(201);
    }

    private void post(String path, String... form) throws IOException {
        FormBody.Builder body = new FormBody.Builder();
        for (int at = 0; at < form.length; at += 2) {
            body.add(form[at], form[at + 1]);
        }
        ControlClient.Reply reply = http.call("POST", twilio.url() + path, body.build());
        assertThat(reply.status())
                .as(new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8))
                .isBetween(200, 201);
    }

    private static MockResponse json(String text) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(text)
                .build();
    }
}
