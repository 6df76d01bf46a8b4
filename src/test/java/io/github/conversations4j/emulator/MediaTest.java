package io.github.conversations4j.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The media service of the emulator. */
class MediaTest {
    private static final MediaType PNG = MediaType.get("image/png");

    private final ManualTime time = new ManualTime();
    private final ConversationsEmulator twilio = ConversationsEmulator.start(
            EmulatorOptions.builder().clock(time).scheduler(time).build());
    private final ControlClient http = new ControlClient().with("X-Twilio-Token", twilio.accessToken("alice"));
    private final ControlClient anybody = new ControlClient();
    private final String media = twilio.url() + "/v1/Services/" + twilio.serviceSid() + "/Media";

    @AfterEach
    void end() {
        http.close();
        anybody.close();
        twilio.close();
    }

    @Test
    void a_file_is_uploaded_looked_up_and_fetched_by_its_uploader() throws IOException {
        JsonNode made = upload("/?Category=media&Filename=a+b%E2%82%AC.png", RequestBody.create("picture", PNG));

        assertThat(made.get("sid").textValue()).matches("ME[0-9a-f]{32}");
        assertThat(made.get("account_sid").textValue()).isEqualTo(twilio.accountSid());
        assertThat(made.get("service_sid").textValue()).isEqualTo(twilio.serviceSid());
        assertThat(made.get("filename").textValue()).isEqualTo("a b€.png");
        assertThat(made.get("author").textValue()).isEqualTo("alice");
        assertThat(made.get("size").intValue()).isEqualTo(7);
        assertThat(made.get("message_sid").isNull()).isTrue();
        assertThat(made.get("url").textValue())
                .isEqualTo(media + "/" + made.get("sid").textValue());
        JsonNode found = http.get(made.get("url").textValue()).json();
        assertThat(found.get("content_type").textValue()).startsWith("image/png");

        ControlClient.Reply bytes = http.get(found.at("/links/content").textValue());
        assertThat(new String(bytes.body(), UTF_8)).isEqualTo("picture");
        assertThat(bytes.headers().get("Content-Type")).startsWith("image/png");
        assertThat(bytes.headers().get("Content-Disposition")).isEqualTo("inline; filename*=UTF-8''a%20b%E2%82%AC.png");
        assertThat(bytes.headers().get("Content-Security-Policy")).isEqualTo("sandbox");
    }

    @Test
    void a_temporary_link_opens_for_anybody_until_it_expires_and_no_other() throws IOException {
        JsonNode made = upload("", RequestBody.create("picture", PNG));
        String link = made.at("/links/content_direct_temporary").textValue();

        time.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(new String(anybody.get(link).body(), UTF_8)).isEqualTo("picture");
        time.advance(Duration.ofMillis(1));
        assertThat(anybody.get(link).status()).isEqualTo(403);

        long later = time.instant().plusSeconds(60).toEpochMilli();
        assertThat(anybody.get(link.replaceAll("Expires=\\d+", "Expires=" + later))
                        .status())
                .isEqualTo(403);
        assertThat(anybody.get(link.replaceAll("Expires=\\d+", "Expires=x")).status())
                .isEqualTo(403);
        String other = upload("", RequestBody.create("other", PNG))
                .at("/links/content_direct_temporary")
                .textValue();
        assertThat(anybody.get(other.replaceAll(
                                "ME[0-9a-f]{32}", made.get("sid").textValue()))
                        .status())
                .isEqualTo(403);
        String again = http.get(made.get("url").textValue())
                .json()
                .at("/links/content_direct_temporary")
                .textValue();
        assertThat(anybody.get(again).status()).isEqualTo(200);
    }

    @Test
    void a_back_end_uploads_and_sends_it_and_a_file_serves_one_message() throws IOException {
        try (ControlClient backEnd = new ControlClient().as(twilio.apiKey(), twilio.apiSecret())) {
            String sid = backEnd.call("POST", media, RequestBody.create("x", PNG))
                    .json()
                    .get("sid")
                    .textValue();
            String conversation = twilio.user("bob").in("general").conversationSid();
            String messages = twilio.url() + "/v1/Conversations/" + conversation + "/Messages";

            JsonNode sent = backEnd.call(
                            "POST",
                            messages,
                            new FormBody.Builder().add("MediaSid", sid).build())
                    .json();

            assertThat(sent.at("/media/0/sid").textValue()).isEqualTo(sid);
            JsonNode file = backEnd.get(media + "/" + sid).json();
            assertThat(file.get("author").textValue()).isEqualTo("sender");
            assertThat(file.get("message_sid")).isEqualTo(sent.get("sid"));
            assertThat(file.get("channel_sid").textValue()).isEqualTo(conversation);
            assertThat(backEnd.call(
                                    "POST",
                                    messages,
                                    new FormBody.Builder().add("MediaSid", sid).build())
                            .json()
                            .get("code")
                            .intValue())
                    .isEqualTo(50508);
        }
    }

    @Test
    void a_browser_uploads_form_data_from_a_page_of_this_machine() throws IOException {
        RequestBody form = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("Category", "media")
                .addFormDataPart("file", "cat.png", RequestBody.create("meow", PNG))
                .build();
        http.with("Origin", "http://localhost:5173");

        ControlClient.Reply reply = http.call("POST", media + "?Category=media", form);

        assertThat(reply.headers().get("Access-Control-Allow-Origin")).isEqualTo("http://localhost:5173");
        assertThat(reply.json().get("filename").textValue()).isEqualTo("cat.png");
        assertThat(reply.json().get("content_type").textValue()).startsWith("image/png");
        assertThat(reply.json().get("size").intValue()).isEqualTo(4);
        assertThat(http.with("Origin", "https://evil.example")
                        .call("POST", media, form)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void many_are_looked_up_at_once() throws IOException {
        String one = upload("", RequestBody.create("1", PNG)).get("sid").textValue();
        String none = "ME00000000000000000000000000000000";

        JsonNode found = http.post(
                        media + "Set",
                        "{\"command\":\"get\",\"list\":[{\"media_sid\":\"" + one + "\"},{\"media_sid\":\"" + none
                                + "\"}]}")
                .json();

        assertThat(found).hasSize(2);
        assertThat(found.at("/0/code").intValue()).isEqualTo(200);
        assertThat(found.at("/0/media_record/sid").textValue()).isEqualTo(one);
        assertThat(found.at("/1/code").intValue()).isEqualTo(404);
        assertThat(found.at("/1/media_record").isNull()).isTrue();
    }

    @Test
    void what_is_wrong_is_refused() throws IOException {
        RequestBody body = RequestBody.create("x", PNG);
        assertCode(anybody.call("POST", media, body), 401, 20003);
        assertCode(new Foreign().upload(body), 401, 20101);
        assertCode(http.call("POST", media + "?Category=none", body), 400, 20422);
        assertCode(http.call("POST", media + "?Filename=%", body), 400, 20422);
        assertCode(http.call("POST", media, RequestBody.create("x", null)), 400, 50511);
        assertCode(
                http.call("POST", media, RequestBody.create("x", MediaType.get("multipart/form-data; boundary=b"))),
                400,
                20422);
        assertCode(http.call("GET", media, null), 405, 20004);
        assertCode(http.get(media + "/ME00000000000000000000000000000000"), 404, 20404);
        assertCode(http.post(media + "Set", "{\"command\":\"get\"}"), 400, 20422);
        assertCode(http.post(media + "Set", "{"), 400, 20422);
        http.with("X-Twilio-Token", "not.a.token");
        assertCode(http.call("POST", media, body), 401, 20101);
    }

    @Test
    void a_file_goes_with_its_message_and_with_its_conversation() throws IOException {
        SimulatedParticipant bob = twilio.user("bob").in("general");
        byte[] bytes = {1, 2, 3};
        String one = fileOf(bob.sends("one.png", "image/png", bytes));
        String two = fileOf(bob.sends("two.png", "image/png", bytes));

        String sid = bob.lastMessageSid();
        bob.removes(sid);
        assertThat(http.get(media + "/" + two).status()).isEqualTo(404);
        assertThat(http.get(media + "/" + one).status()).isEqualTo(200);
        bob.deletesConversation();
        assertThat(http.get(media + "/" + one).status()).isEqualTo(404);
    }

    private String fileOf(SimulatedParticipant sender) throws IOException {
        try (ControlClient rest = new ControlClient().as(twilio.apiKey(), twilio.apiSecret())) {
            return rest.get(twilio.url() + "/v1/Conversations/general/Messages/" + sender.lastMessageSid())
                    .json()
                    .at("/media/0/sid")
                    .textValue();
        }
    }

    @Test
    void a_type_that_no_header_can_carry_is_refused() throws IOException {
        MediaType broken = MediaType.get("image/png; a=\"\u0001\"");
        RequestBody form = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("file", "cat.png", RequestBody.create("meow", broken))
                .build();

        assertCode(http.call("POST", media, form), 400, 50511);
    }

    /** Somebody with a token of another account. */
    private final class Foreign {
        ControlClient.Reply upload(RequestBody body) throws IOException {
            try (ConversationsEmulator other = ConversationsEmulator.start();
                    ControlClient client = new ControlClient()) {
                return client.with("X-Twilio-Token", other.accessToken("alice")).call("POST", media, body);
            }
        }
    }

    private JsonNode upload(String query, RequestBody body) throws IOException {
        ControlClient.Reply reply = http.call("POST", media + query, body);
        assertThat(reply.status()).isEqualTo(201);
        return reply.json();
    }

    private static void assertCode(ControlClient.Reply reply, int status, int code) throws IOException {
        assertThat(reply.json().get("code").intValue()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }
}
