package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conversations4j.error.TwilioApiException;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConversationsEmulatorTest {
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final OkHttpClient http = new OkHttpClient();

    @AfterEach
    void stop() {
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
        twilio.close();
    }

    @Test
    void peopleTalkAndRestSeesIt() throws IOException {
        SimulatedParticipant bob =
                twilio.user("bob").in("general").says("hello").says("wrold");
        bob.edits(bob.lastMessageSid(), "world");

        JsonNode messages = get("/v1/Conversations/general/Messages").get("messages");

        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).get("body").textValue()).isEqualTo("hello");
        assertThat(messages.get(0).get("author").textValue()).isEqualTo("bob");
        assertThat(messages.get(1).get("body").textValue()).isEqualTo("world");
        assertThat(messages.get(1).get("index").intValue()).isEqualTo(1);
        JsonNode participants = get("/v1/Conversations/general/Participants").get("participants");
        assertThat(participants).hasSize(1);
        assertThat(messages.get(0).get("participant_sid"))
                .isEqualTo(participants.get(0).get("sid"));
    }

    @Test
    void peopleDoWhatTheClientSdkCan() throws IOException {
        SimulatedParticipant bob =
                twilio.user("bob").in("general").says("one", "{\"mood\":1}").says("two");
        bob.adds("carol").renames("All of us").sends("cat.png", "image/png", new byte[] {1, 2, 3});
        twilio.user("carol")
                .isCalled("Carol")
                .hasAttributes("{\"a\":1}")
                .in("general")
                .reads(0)
                .mutes();

        assertThat(get("/v1/Conversations/general").get("friendly_name").textValue())
                .isEqualTo("All of us");
        JsonNode messages = get("/v1/Conversations/general/Messages").get("messages");
        assertThat(messages.get(0).get("attributes").textValue()).isEqualTo("{\"mood\":1}");
        assertThat(messages.get(2).at("/media/0/filename").textValue()).isEqualTo("cat.png");
        JsonNode carol = get("/v1/Users/carol/Conversations/general");
        assertThat(carol.get("unread_messages_count").intValue()).isEqualTo(2);
        assertThat(carol.get("notification_level").textValue()).isEqualTo("muted");
        twilio.user("carol").in("general").readsAll().unmutes();
        assertThat(get("/v1/Users/carol/Conversations/general")
                        .get("unread_messages_count")
                        .intValue())
                .isZero();
        twilio.user("carol").in("general").readsNothing();
        assertThat(get("/v1/Users/carol/Conversations/general")
                        .get("unread_messages_count")
                        .isNull())
                .isTrue();
        assertThat(get("/v1/Users/carol").get("friendly_name").textValue()).isEqualTo("Carol");

        bob.removes(bob.lastMessageSid()).dismisses("carol");
        assertThat(get("/v1/Conversations/general/Participants").get("participants"))
                .hasSize(1);
    }

    @Test
    void whatPeopleMayNotDoIsRefusedAsTwilioRefusesIt() {
        String sid = twilio.user("bob").in("general").says("mine").lastMessageSid();
        SimulatedParticipant carol = twilio.user("carol").in("general").joins();

        assertThatThrownBy(() -> carol.edits(sid, "hers"))
                .isInstanceOfSatisfying(TwilioApiException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(403);
                    assertThat(refused.code()).hasValue(50107);
                })
                .hasMessageContaining("carol edits a message in general");
        assertThatThrownBy(carol::lastMessageSid).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void clientsAreInConversationsThatPeopleMake() throws IOException {
        twilio.participantOptions("alice");
        twilio.user("bob").in("general").says("hi alice");
        JsonNode participants = get("/v1/Conversations/general/Participants").get("participants");
        assertThat(participants)
                .extracting(participant -> participant.get("identity").textValue())
                .containsExactly("bob", "alice");
    }

    @Test
    void restWritesAndPeopleAreThere() throws IOException {
        JsonNode made = post(
                "/v1/Conversations",
                new FormBody.Builder().add("FriendlyName", "Räte & Co.").build());
        assertThat(made.get("friendly_name").textValue()).isEqualTo("Räte & Co.");

        twilio.user("bob").in(made.get("sid").textValue()).joins();

        assertThat(get("/v1/Users/bob/Conversations").get("conversations")).hasSize(1);
    }

    @Test
    void wrongCredentialsAreRefusedWithTwiliosBody() throws IOException {
        Request request = new Request.Builder()
                .url(twilio.url() + "/v1/Conversations")
                .header("Authorization", Credentials.basic(twilio.accountSid(), "wrong"))
                .build();
        try (Response response = http.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(401);
            assertThat(response.header("Twilio-Request-Id")).matches("RQ[0-9a-f]{32}");
            assertThat(json(response).get("code").intValue()).isEqualTo(20003);
        }
    }

    @Test
    void aSeedMakesEverythingTheSame() {
        EmulatorOptions seeded = EmulatorOptions.builder().seed(7).build();
        try (ConversationsEmulator one = ConversationsEmulator.start(seeded);
                ConversationsEmulator other = ConversationsEmulator.start(seeded)) {
            assertThat(one.accountSid()).isEqualTo(other.accountSid());
            assertThat(one.apiSecret()).isEqualTo(other.apiSecret()).hasSize(32);
            assertThat(one.user("bob").in("general").conversationSid())
                    .isEqualTo(other.user("bob").in("general").conversationSid());
        }
    }

    @Test
    void contradictorySettingsAreNamed() {
        assertThatThrownBy(() -> EmulatorOptions.builder()
                        .clock(java.time.InstantSource.system())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clock")
                .hasMessageContaining("scheduler");
    }

    private JsonNode get(String path) throws IOException {
        return call(new Request.Builder().url(twilio.url() + path));
    }

    private JsonNode post(String path, FormBody form) throws IOException {
        return call(new Request.Builder().url(twilio.url() + path).post(form));
    }

    private JsonNode call(Request.Builder request) throws IOException {
        Request authorized = request.header("Authorization", Credentials.basic(twilio.apiKey(), twilio.apiSecret()))
                .build();
        try (Response response = http.newCall(authorized).execute()) {
            assertThat(response.isSuccessful()).as(response.toString()).isTrue();
            return json(response);
        }
    }

    private static JsonNode json(Response response) throws IOException {
        return new ObjectMapper().readTree(response.body().string());
    }

    @Test
    void webhooksMayBeAwaitedForEver() {
        twilio.user("bob").in("general").says("hello");
        assertThat(twilio.awaitWebhooks(ChronoUnit.FOREVER.getDuration())).isTrue();
    }
}
