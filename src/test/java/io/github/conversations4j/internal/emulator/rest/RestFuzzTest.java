package io.github.conversations4j.internal.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.emulator.rest.RestBench.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

/** Requests that were bent out of shape: each gets an answer that is no server error, and what is stored stays whole. */
class RestFuzzTest {
    private static final long SEED = 20261123;
    private static final int REQUESTS = 6_000;
    private static final List<String> METHODS = List.of("GET", "POST", "DELETE", "PUT", "HEAD", "PATCH", "");
    private static final List<String> WORDS = List.of(
            "Conversations",
            "Messages",
            "Participants",
            "Users",
            "Services",
            "Webhooks",
            "Roles",
            "Receipts",
            "Configuration",
            "Addresses",
            "Credentials",
            "Bindings",
            "ParticipantConversations",
            "ConversationWithParticipants",
            "general",
            "alice",
            "bob",
            RestBench.SERVICE,
            "CH",
            "%",
            "%2F",
            "%00",
            "%C3%28",
            "..",
            "",
            "\u0000",
            "ü",
            "null");
    private static final List<String> VALUES = List.of(
            "",
            "null",
            "0",
            "-1",
            "99999999999999999999",
            "1e9",
            "true",
            "{}",
            "[",
            "{\"a\":" + "[".repeat(5000),
            "general",
            "alice",
            "PT1H",
            "P1Y",
            "PT-1S",
            "-PT99999999999H",
            "2026-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "9999-99-99",
            "active",
            "closed",
            "webhook",
            "https://example.com",
            "x".repeat(5000),
            "\ud800",
            "ü",
            "onMessageAdded",
            "sendMessage");
    private static final List<List<String>> NAMES = List.of(
            List.of(
                    "FriendlyName",
                    "UniqueName",
                    "Attributes",
                    "State",
                    "Timers.Inactive",
                    "Timers.Closed",
                    "DateCreated"),
            List.of(
                    "Author",
                    "Body",
                    "Attributes",
                    "MediaSid",
                    "ContentSid",
                    "ContentVariables",
                    "Subject",
                    "DateUpdated"),
            List.of(
                    "Identity",
                    "RoleSid",
                    "Attributes",
                    "MessagingBinding.Address",
                    "MessagingBinding.ProxyAddress",
                    "MessagingBinding.ProjectedAddress",
                    "LastReadMessageIndex",
                    "LastReadTimestamp"),
            List.of("Identity", "FriendlyName", "Attributes", "RoleSid", "NotificationLevel", "LastReadMessageIndex"),
            List.of(
                    "Target",
                    "Configuration.Url",
                    "Configuration.Method",
                    "Configuration.Filters",
                    "Configuration.Triggers",
                    "Configuration.FlowSid",
                    "Configuration.ReplayAfter"),
            List.of("FriendlyName", "Type", "Permission", "Participant", "Address", "AutoCreation.Type"),
            List.of(
                    "DefaultChatServiceSid",
                    "DefaultInactiveTimer",
                    "DefaultClosedTimer",
                    "Filters",
                    "Method",
                    "PreWebhookUrl",
                    "ReachabilityEnabled",
                    "NewMessage.Template"),
            List.of(
                    "PageSize",
                    "Page",
                    "PageToken",
                    "Order",
                    "StartDate",
                    "EndDate",
                    "State",
                    "Identity",
                    "Address",
                    "Type"));
    private static final List<String> PATHS = List.of(
            "/v1/Conversations",
            "/v1/Conversations/general",
            "/v1/Conversations/general/Messages",
            "/v1/Conversations/general/Participants",
            "/v1/Conversations/general/Participants/alice",
            "/v1/Conversations/general/Webhooks",
            "/v1/Users",
            "/v1/Users/alice",
            "/v1/Users/alice/Conversations/general",
            "/v1/Users/alice/Conversations",
            "/v1/Roles",
            "/v1/ParticipantConversations",
            "/v1/ConversationWithParticipants",
            "/v1/Configuration",
            "/v1/Configuration/Webhooks",
            "/v1/Configuration/Addresses",
            "/v1/Credentials",
            "/v1/Services",
            "/v1/Services/" + RestBench.SERVICE + "/Configuration",
            "/v1/Services/" + RestBench.SERVICE + "/Configuration/Notifications",
            "/v1/Services/" + RestBench.SERVICE + "/Bindings",
            "/v1/Services/" + RestBench.SERVICE + "/Conversations/general/Messages");

    private final RestBench rest = new RestBench();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int[] statuses = new int[600];

    @Test
    void nothingBreaksTheEmulator() {
        System.out.println("RestFuzzTest: seed " + SEED + ", " + REQUESTS + " requests");
        for (int number = 0; number < REQUESTS; number++) {
            if (number % 500 == 0) {
                replant();
            }
            String method = oneIn(8) ? pick(METHODS) : oneIn(6) ? "DELETE" : oneIn(3) ? "GET" : "POST";
            String path = path();
            List<String> names = oneIn(5) ? pick(NAMES) : fitting(path);
            String query = oneIn(3) ? form(NAMES.get(NAMES.size() - 1)) : "";
            byte[] body = method.equals("POST") ? body(names) : new byte[0];
            Reply reply = rest.send(method, path, query, body, headers());
            statuses[reply.status()]++;
            assertThat(reply.status())
                    .as("request %d of seed %d: %s %s?%s → %s", number, SEED, method, path, query, reply.json())
                    .isBetween(200, 499);
            if (reply.status() >= 400) {
                assertThat(reply.json().path("status").intValue()).isEqualTo(reply.status());
                assertThat(reply.code()).isPositive();
            }
        }
        assertThat(statuses[200] + statuses[201] + statuses[204])
                .as("some requests are well")
                .isGreaterThan(500);
        assertThat(statuses[400]).as("many are not").isGreaterThan(1000);
        checkThatAllIsWhole();
    }

    /** Makes sure that there is something to break. */
    private void replant() {
        rest.post("/v1/Conversations", "UniqueName", "general");
        rest.post("/v1/Users", "Identity", "alice");
        rest.post("/v1/Conversations/general/Participants", "Identity", "alice");
        rest.post("/v1/Conversations/general/Messages", "Body", "hi");
    }

    private String path() {
        String path = pick(PATHS);
        if (oneIn(3)) {
            String[] segments = path.split("/");
            segments[1 + random.nextInt(segments.length - 1)] = pick(WORDS);
            path = String.join("/", segments);
            path = path.startsWith("/v1/") ? path : "/v1/" + path;
        }
        return oneIn(10) ? path + "/" + pick(WORDS) : path;
    }

    /** The parameters that a path knows. */
    private static List<String> fitting(String path) {
        String[] ends = {"onversations", "essages", "articipants", "sers", "ebhooks", "oles", "onfiguration"};
        int best = 0;
        for (int end = 0; end < ends.length; end++) {
            best = path.contains(ends[end]) ? end : best;
        }
        return NAMES.get(best);
    }

    private String form(List<String> names) {
        List<String> pairs = new ArrayList<>();
        for (int pair = random.nextInt(5); pair >= 0; pair--) {
            String name = pick(names);
            pairs.add(name);
            pairs.add(oneIn(3) ? pick(VALUES) : value(name));
        }
        return RestBench.form(pairs.toArray(String[]::new));
    }

    /** Something of the kind that a parameter is, near its limits. */
    private String value(String name) {
        if (name.contains("Timer")) {
            return pick(List.of("PT1M", "PT59S", "PT10M", "P1D", "PT2562047788015215H", "PT0S", ""));
        }
        if (name.contains("Date") || name.contains("Timestamp")) {
            return pick(List.of(
                    "2026-01-01", "2026-01-01T00:00:00", "+999999999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z"));
        }
        if (name.contains("Index") || name.startsWith("Page") || name.endsWith("ReplayAfter")) {
            return pick(
                    List.of("0", "1", "9223372036854775807", "-9223372036854775808", "PA9223372036854775807", "PB0"));
        }
        if (name.contains("Url")) {
            return pick(List.of("https://example.com/ü?a=b", "http://[::1]:1/", "https:///", "https://a b", "http:x"));
        }
        if (name.contains("Address")) {
            return pick(List.of("+1555", "whatsapp:+1555", "messenger:1", "a@b", "@", ""));
        }
        return pick(VALUES);
    }

    private byte[] body(List<String> names) {
        byte[] body = form(names).getBytes(StandardCharsets.UTF_8);
        for (int flips = oneIn(4) ? 3 : 0; flips > 0; flips--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return oneIn(20) ? Arrays.copyOf(body, random.nextInt(body.length + 1)) : body;
    }

    private Headers headers() {
        Headers.Builder headers = new Headers.Builder();
        headers.add("Authorization", oneIn(50) ? "Basic " + pick(List.of("", "x", "====")) : RestBench.AUTHORIZATION);
        headers.add("Content-Type", oneIn(50) ? "text/html" : "application/x-www-form-urlencoded");
        headers.add("X-Twilio-Webhook-Enabled", pick(List.of("true", "TRUE", "false", "maybe")));
        return headers.build();
    }

    private void checkThatAllIsWhole() {
        Set<String> names = new HashSet<>();
        for (JsonNode service : all("/v1/Services", "services")) {
            String base = "/v1/Services/" + service.get("sid").textValue();
            for (JsonNode conversation : all(base + "/Conversations", "conversations")) {
                String name = conversation.get("unique_name").textValue();
                assertThat(name == null || names.add(base + name))
                        .as("unique name %s", name)
                        .isTrue();
                checkRoom(
                        base, base + "/Conversations/" + conversation.get("sid").textValue());
            }
        }
    }

    private void checkRoom(String base, String room) {
        int last = -1;
        for (JsonNode message : all(room + "/Messages", "messages")) {
            assertThat(message.get("index").intValue()).isGreaterThan(last);
            last = message.get("index").intValue();
            assertThat(rest.get(room + "/Messages/" + message.get("sid").textValue())
                            .json())
                    .isEqualTo(message);
        }
        Set<String> identities = new HashSet<>();
        for (JsonNode participant : all(room + "/Participants", "participants")) {
            String identity = participant.get("identity").textValue();
            if (identity != null) {
                assertThat(identities.add(identity)).as("identity %s", identity).isTrue();
                assertThat(all(
                                base + "/ParticipantConversations?Identity=" + RestBench.escape(identity),
                                "conversations"))
                        .extracting(membership -> membership.get("participant_sid"))
                        .contains(participant.get("sid"));
            }
        }
    }

    private List<JsonNode> all(String list, String key) {
        List<JsonNode> items = new ArrayList<>();
        String path = list + (list.contains("?") ? "&" : "?") + "PageSize=50";
        while (path != null) {
            Reply reply = rest.get(path);
            assertThat(reply.status()).as(path).isEqualTo(200);
            reply.json().get(key).forEach(items::add);
            String next = reply.json().at("/meta/next_page_url").textValue();
            path = next == null ? null : next.substring("https://conversations.twilio.com".length());
        }
        return items;
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
