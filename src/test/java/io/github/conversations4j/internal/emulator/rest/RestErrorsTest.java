package io.github.conversations4j.internal.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.conversations4j.internal.emulator.rest.RestBench.Reply;
import io.github.conversations4j.internal.emulator.state.Behaviour;
import io.github.conversations4j.internal.emulator.state.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.Headers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with which status and code, and that the message names what was wrong. */
class RestErrorsTest {
    private static final String ROOM = "/v1/Conversations/general";
    private static final String UNKNOWN = "CH00000000000000000000000000000000";

    private final RestBench rest = new RestBench();

    @BeforeEach
    void oneOfEach() {
        rest.post("/v1/Conversations", "UniqueName", "general");
        rest.post("/v1/Conversations", "UniqueName", "closed");
        rest.post("/v1/Conversations/closed", "State", "closed");
        rest.post(ROOM + "/Participants", "Identity", "alice");
        rest.post(
                ROOM + "/Participants",
                "MessagingBinding.Address",
                "+15550001",
                "MessagingBinding.ProxyAddress",
                "+15550002");
    }

    @Test
    void aClosedConversationTakesNoChangeOfItsWebhooks() {
        String[] hook = {
            "Target", "webhook", "Configuration.Url", "https://example.com", "Configuration.Filters", "onMessageAdded"
        };
        String sid = rest.post(ROOM + "/Webhooks", hook).text("sid");
        rest.post(ROOM, "State", "closed");

        Reply reply = rest.post(ROOM + "/Webhooks/" + sid, "Configuration.Method", "get");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(50377);
        assertThat(rest.delete(ROOM + "/Webhooks/" + sid).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://my_service:8080/hook", "https://user:secret@example.com?x=a@b", "HTTP://[::1]:1/"})
    void anAddressThatCanBeCalledWillDo(String url) {
        Reply reply = rest.post("/v1/Configuration/Webhooks", "PostWebhookUrl", url);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("post_webhook_url")).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:x", "https:///hook", "http://a b/", "ftp://example.com/", "//example.com/", "hook"})
    void anAddressThatCannotBeCalledIsRefused(String url) {
        Reply reply = rest.post("/v1/Configuration/Webhooks", "PostWebhookUrl", url);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("message")).contains("PostWebhookUrl");
    }

    static Stream<Arguments> refused() {
        String big = "x".repeat(257);
        return Stream.of(
                post("/v1/Conversations", 409, 50353, "general", "UniqueName", "general"),
                post("/v1/Conversations", 400, 50390, "UniqueName", "UniqueName", UNKNOWN),
                post("/v1/Conversations", 400, 50003, "FriendlyName", "FriendlyName", big),
                post("/v1/Conversations", 400, 50004, "UniqueName", "UniqueName", big),
                post("/v1/Conversations", 400, 50304, "Attributes", "Attributes", "{\"a\":"),
                post("/v1/Conversations", 400, 50304, "Attributes", "Attributes", "{} {}"),
                post("/v1/Conversations", 400, 50303, "Attributes", "Attributes", "\"" + "ü".repeat(8192) + "\""),
                post("/v1/Conversations", 400, 50378, "State", "State", "open"),
                post("/v1/Conversations", 400, 50378, "State", "State", "initializing"),
                post("/v1/Conversations", 400, 50384, "State", "State", "closed"),
                post("/v1/Conversations", 400, 50382, "State", "Timers.Inactive", "PT1H"),
                post("/v1/Conversations", 400, 50375, "Timers.Inactive", "State", "active", "Timers.Inactive", "PT59S"),
                post("/v1/Conversations", 400, 50376, "Timers.Closed", "State", "active", "Timers.Closed", "PT9M"),
                post("/v1/Conversations", 400, 50379, "Timers.Inactive", "State", "active", "Timers.Inactive", "1h"),
                post("/v1/Conversations", 400, 50341, "MessagingServiceSid", "MessagingServiceSid", "MG1"),
                post("/v1/Conversations", 400, 50308, "DateCreated", "DateCreated", "yesterday"),
                post("/v1/Conversations/closed", 400, 50377, "closed", "FriendlyName", "new"),
                post("/v1/Conversations/" + UNKNOWN, 404, 20404, "/Conversations/" + UNKNOWN, "FriendlyName", "new"),
                post(ROOM + "/Messages", 400, 50503, "Body", "Author", "alice"),
                post(ROOM + "/Messages", 400, 50504, "Body", "Body", "x".repeat(32 * 1024 + 1)),
                post(ROOM + "/Messages", 400, 50310, "Author", "Body", "hi", "Author", big),
                post(ROOM + "/Messages", 400, 50304, "Attributes", "Body", "hi", "Attributes", "no"),
                post(
                        ROOM + "/Messages",
                        400,
                        50303,
                        "Attributes",
                        "Body",
                        "hi",
                        "Attributes",
                        "\"" + "x".repeat(4095) + "\""),
                post(ROOM + "/Messages", 400, 50507, "MediaSid", "MediaSid", "ME00000000000000000000000000000000"),
                post(ROOM + "/Messages", 400, 50526, "ContentSid", "ContentSid", "HX1"),
                post("/v1/Conversations/closed/Messages", 400, 50377, "closed", "Body", "hi"),
                post(ROOM + "/Participants", 409, 50433, "already exists", "Identity", "alice"),
                post(
                        ROOM + "/Participants",
                        400,
                        50451,
                        "Identity",
                        "Identity",
                        "bob",
                        "MessagingBinding.Address",
                        "+1"),
                post(ROOM + "/Participants", 400, 50407, "MessagingBinding.Address", "Attributes", "{}"),
                post(ROOM + "/Participants", 400, 50206, "Identity", "Identity", "US" + "0".repeat(32)),
                post(ROOM + "/Participants", 400, 50203, "system", "Identity", "system"),
                post(ROOM + "/Participants", 400, 50207, "Identity", "Identity", big),
                post(
                        ROOM + "/Participants",
                        400,
                        50109,
                        "RoleSid",
                        "Identity",
                        "bob",
                        "RoleSid",
                        "RL" + "0".repeat(32)),
                post(
                        ROOM + "/Participants",
                        400,
                        50409,
                        "ProxyAddress",
                        "MessagingBinding.Address",
                        "+1",
                        "MessagingBinding.ProxyAddress",
                        "+1"),
                post(
                        ROOM + "/Participants",
                        400,
                        50415,
                        "ProxyAddress",
                        "MessagingBinding.Address",
                        "whatsapp:+1",
                        "MessagingBinding.ProxyAddress",
                        "+2"),
                post(ROOM + "/Participants/alice", 400, 50406, "LastReadMessageIndex", "LastReadMessageIndex", "one"),
                post(ROOM + "/Participants/alice", 400, 50421, "LastReadMessageIndex", "LastReadMessageIndex", "-1"),
                post(ROOM + "/Participants/nobody", 404, 20404, "/Participants/nobody", "Attributes", "{}"),
                post(ROOM + "/Webhooks", 400, 50368, "Target", "Configuration.Url", "https://example.com"),
                post(ROOM + "/Webhooks", 400, 50364, "Target", "Target", "mail"),
                post(ROOM + "/Webhooks", 400, 50369, "Configuration.Url", "Target", "webhook"),
                post(
                        ROOM + "/Webhooks",
                        400,
                        50370,
                        "Configuration.Filters",
                        "Target",
                        "webhook",
                        "Configuration.Url",
                        "https://example.com"),
                post(
                        ROOM + "/Webhooks",
                        400,
                        50365,
                        "onUserAdded",
                        "Target",
                        "webhook",
                        "Configuration.Url",
                        "https://example.com",
                        "Configuration.Filters",
                        "onUserAdded"),
                post(
                        ROOM + "/Webhooks",
                        400,
                        50372,
                        "Configuration.Url",
                        "Target",
                        "webhook",
                        "Configuration.Url",
                        "ftp://x"),
                post(
                        ROOM + "/Webhooks",
                        400,
                        50371,
                        "Configuration.Triggers",
                        "Target",
                        "trigger",
                        "Configuration.Url",
                        "https://example.com"),
                post(ROOM + "/Webhooks", 400, 50367, "Configuration.FlowSid", "Target", "studio"),
                post("/v1/Users", 400, 50204, "Identity", "FriendlyName", "x"),
                post("/v1/Users", 409, 50201, "already exists", "Identity", "alice"),
                post("/v1/Users/alice", 400, 50100, "RoleSid", "RoleSid", "RL1"),
                post(
                        "/v1/Users/alice/Conversations/general",
                        400,
                        50210,
                        "NotificationLevel",
                        "NotificationLevel",
                        "loud"),
                post(
                        "/v1/Users/alice/Conversations/closed",
                        404,
                        20404,
                        "/Conversations/closed",
                        "NotificationLevel",
                        "muted"),
                post("/v1/Roles", 400, 50104, "fly", "FriendlyName", "r", "Type", "service", "Permission", "fly"),
                post(
                        "/v1/Roles",
                        400,
                        50104,
                        "joinConversation",
                        "FriendlyName",
                        "r",
                        "Type",
                        "conversation",
                        "Permission",
                        "joinConversation"),
                post("/v1/Roles", 400, 50105, "Type", "FriendlyName", "r", "Type", "king", "Permission", "sendMessage"),
                post("/v1/Roles", 400, 50104, "Permission", "FriendlyName", "r", "Type", "service"),
                post("/v1/Services", 400, 50000, "FriendlyName"),
                post(
                        "/v1/Configuration",
                        400,
                        50050,
                        "DefaultChatServiceSid",
                        "DefaultChatServiceSid",
                        "IS" + "0".repeat(32)),
                post("/v1/Configuration", 400, 50375, "DefaultInactiveTimer", "DefaultInactiveTimer", "PT1S"),
                post("/v1/Configuration/Webhooks", 400, 50055, "Method", "Method", "PUT"),
                post("/v1/Configuration/Webhooks", 400, 50054, "PreWebhookUrl", "PreWebhookUrl", "example.com"),
                post("/v1/Configuration/Webhooks", 400, 50325, "onMessageSent", "Filters", "onMessageSent"),
                post("/v1/Configuration/Addresses", 400, 20422, "Type", "Type", "pigeon", "Address", "x"),
                post(
                        "/v1/Configuration/Addresses",
                        400,
                        50369,
                        "AutoCreation.WebhookUrl",
                        "Type",
                        "sms",
                        "Address",
                        "+1",
                        "AutoCreation.Type",
                        "webhook"),
                post("/v1/Credentials", 400, 20422, "Type", "Type", "telex"),
                post(
                        "/v1/ConversationWithParticipants",
                        400,
                        20422,
                        "Participant",
                        "Participant",
                        "{\"identity\":\"a\"}"),
                get(
                        "/v1/Conversations/" + UNKNOWN,
                        404,
                        20404,
                        "The requested resource /Services/" + RestBench.SERVICE + "/Conversations/" + UNKNOWN
                                + " was not found"),
                get(ROOM + "/Messages/IM0", 404, 20404, "/Messages/IM0"),
                get("/v1/Services/IS0/Conversations", 404, 20404, "/Services/IS0"),
                get("/v1/Nothing", 404, 20404, "/Nothing"),
                get("/v1/Conversations?PageSize=0", 400, 20007, "PageSize"),
                get("/v1/Conversations?PageSize=many", 400, 20007, "PageSize"),
                get("/v1/Conversations?PageToken=XX", 400, 20422, "PageToken"),
                get("/v1/Conversations?Page=-1", 400, 20422, "Page"),
                get("/v1/Conversations?State=asleep", 400, 50378, "State"),
                get("/v1/Conversations?StartDate=soon", 400, 20422, "StartDate"),
                get(ROOM + "/Messages?Order=random", 400, 20422, "Order"),
                get("/v1/ParticipantConversations", 400, 20422, "Identity"),
                get("/v1/ParticipantConversations?Identity=a&Address=b", 400, 50451, "Identity"),
                get("/v1/Conversations/%zz", 400, 20422, "path"));
    }

    private static Arguments post(String path, int status, int code, String named, String... form) {
        return arguments("POST", path, form, status, code, named);
    }

    private static Arguments get(String path, int status, int code, String named) {
        return arguments("GET", path, new String[0], status, code, named);
    }

    @ParameterizedTest(name = "{0} {1} → {3} {4}")
    @MethodSource("refused")
    void isRefused(String method, String path, String[] form, int status, int code, String named) {
        Reply reply = method.equals("GET") ? rest.get(path) : rest.post(path, form);

        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(status);
        assertThat(reply.code()).as(reply.json().toString()).isEqualTo(code);
        assertThat(reply.text("message")).contains(named);
        assertThat(reply.json().get("status").intValue()).isEqualTo(status);
        assertThat(reply.text("more_info")).isEqualTo("https://www.twilio.com/docs/errors/" + code);
        assertThat(reply.headers().get("Twilio-Request-Id")).matches("RQ[0-9a-f]{32}");
    }

    @Test
    void anAddressPairInUseNamesItsConversation() {
        String holder = rest.get(ROOM).text("sid");
        rest.post("/v1/Conversations", "UniqueName", "other");
        Reply reply = rest.post(
                "/v1/Conversations/other/Participants",
                "MessagingBinding.Address",
                "+15550001",
                "MessagingBinding.ProxyAddress",
                "+15550002");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo(50416);
        assertThat(reply.text("message")).contains(holder);
    }

    @Test
    void onlyTheFormIsReadAndOnlyForms() {
        Headers json = Headers.of("Authorization", RestBench.AUTHORIZATION, "Content-Type", "application/json");
        byte[] body = "{\"FriendlyName\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(rest.send("POST", "/v1/Conversations", "", body, json).status())
                .isEqualTo(415);

        Headers form = Headers.of(
                "Authorization", RestBench.AUTHORIZATION, "Content-Type", "application/x-www-form-urlencoded");
        byte[] broken = "FriendlyName=%zz".getBytes(StandardCharsets.UTF_8);
        assertThat(rest.send("POST", "/v1/Conversations", "", broken, form).status())
                .isEqualTo(400);
        byte[] huge = ("FriendlyName=" + "x".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8);
        assertThat(rest.send("POST", "/v1/Conversations", "", huge, form).status())
                .isEqualTo(413);
        assertThat(rest.send("PUT", "/v1/Conversations", "", new byte[0], form).status())
                .isEqualTo(405);
    }

    @Test
    void onlyThoseWhoMayCallAreLetIn() {
        assertThat(call(null).status()).isEqualTo(401);
        assertThat(call("Basic !!!").status()).isEqualTo(401);
        assertThat(call(Credentials.basic(RestBench.ACCOUNT, "wrong")).code()).isEqualTo(20003);
        assertThat(call(Credentials.basic("AC" + "0".repeat(32), "token")).status())
                .isEqualTo(401);
        assertThat(call("Bearer other").status()).isEqualTo(401);
        assertThat(call("bearer bearer").status()).isEqualTo(200);
        assertThat(call(RestBench.AUTHORIZATION).status()).isEqualTo(200);
        assertThat(call(null).headers().get("WWW-Authenticate")).startsWith("Basic");
    }

    private Reply call(String authorization) {
        Headers headers = authorization == null ? Headers.of() : Headers.of("Authorization", authorization);
        return rest.send("GET", "/v1/Conversations", "", new byte[0], headers);
    }

    @Test
    void fiveWebhooksAreTheMost() {
        String[] form = {
            "Target", "webhook", "Configuration.Url", "https://example.com", "Configuration.Filters", "onMessageAdded"
        };
        for (int number = 0; number < 5; number++) {
            assertThat(rest.post(ROOM + "/Webhooks", form).status()).isEqualTo(201);
        }
        Reply sixth = rest.post(ROOM + "/Webhooks", form);
        assertThat(sixth.status()).isEqualTo(403);
        assertThat(sixth.code()).isEqualTo(50361);
    }

    @Test
    void aFullConversationTakesNobodyElse() {
        Behaviour.Edit edit = Behaviour.DEFAULT.edit();
        Limits all = Limits.DOCUMENTED;
        edit.limits = new Limits(
                all.name(),
                all.uniqueName(),
                all.conversationAttributes(),
                all.attributes(),
                all.body(),
                3,
                1,
                2,
                all.scopedWebhooks(),
                all.triggers(),
                all.unreadCount(),
                all.mediaBytes());
        RestBench small = new RestBench(edit.build());
        for (String name : new String[] {"a", "b", "c"}) {
            small.post("/v1/Conversations", "UniqueName", name);
        }
        assertThat(small.post("/v1/Conversations/a/Participants", "MessagingBinding.Address", "+1")
                        .status())
                .isEqualTo(201);
        assertThat(small.post("/v1/Conversations/a/Participants", "MessagingBinding.Address", "+2")
                        .code())
                .isEqualTo(50418);
        small.post("/v1/Conversations/a/Participants", "Identity", "alice");
        small.post("/v1/Conversations/a/Participants", "Identity", "bob");
        Reply full = small.post("/v1/Conversations/a/Participants", "Identity", "carol");
        assertThat(full.code()).isEqualTo(50417);
        assertThat(full.status()).isEqualTo(403);

        small.post("/v1/Conversations/b/Participants", "Identity", "alice");
        assertThat(small.post("/v1/Conversations/c/Participants", "Identity", "alice")
                        .code())
                .isEqualTo(50214);
        small.post("/v1/Conversations/b", "State", "closed");
        assertThat(small.post("/v1/Conversations/c/Participants", "Identity", "alice")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void moreActionsThanAllowedInASecondAreRefused() {
        Behaviour.Edit edit = Behaviour.DEFAULT.edit();
        edit.actionsPerSecond = 2;
        RestBench slow = new RestBench(edit.build());
        slow.post("/v1/Conversations", "UniqueName", "general");
        assertThat(slow.post("/v1/Conversations", "UniqueName", "second").status())
                .isEqualTo(201);
        Reply third = slow.post("/v1/Conversations", "UniqueName", "third");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.code()).isEqualTo(50074);
        assertThat(slow.post(ROOM + "/Messages", "Body", "1").status()).isEqualTo(201);
        assertThat(slow.post(ROOM + "/Messages", "Body", "2").status()).isEqualTo(201);
        assertThat(slow.post(ROOM + "/Messages", "Body", "3").code()).isEqualTo(50063);
        slow.time.advance(Duration.ofSeconds(1));
        assertThat(slow.post(ROOM + "/Messages", "Body", "3").status()).isEqualTo(201);
        assertThat(slow.get(ROOM + "/Messages").json().get("messages")).hasSize(3);
    }

    @Test
    void largePagesAreCutOrRefused() {
        assertThat(rest.get("/v1/Conversations?PageSize=5000")
                        .json()
                        .at("/meta/page_size")
                        .intValue())
                .isEqualTo(100);
        Behaviour.Edit edit = Behaviour.DEFAULT.edit();
        edit.refuseLargePages = true;
        assertThat(new RestBench(edit.build())
                        .get("/v1/Conversations?PageSize=101")
                        .code())
                .isEqualTo(20007);
    }
}
