package io.github.conversations4j.internal.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.emulator.rest.RestBench.Reply;
import io.github.conversations4j.internal.emulator.state.Bindings;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.Receipts;
import io.github.conversations4j.model.DeliveryStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Drives every path and method of the API and compares what comes back with the facts of Twilio's description. */
class RestContractTest {
    private static final String FACTS = "conversations-v1.txt";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final String GROUP_OF_THREE = "{\"identity\":\"p%d\"}";

    /** What an answer holds besides what the description names. */
    private static final Set<String> UNDESCRIBED = Set.of();

    record Operation(String method, String path, List<String> statuses, String resource, String key, String pageSize) {}

    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Map<String, String>> resources = new HashMap<>();

    RestContractTest() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream(FACTS)), StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> read(line.split("\t")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String[] fields) {
        if (fields[0].equals("operation")) {
            operations.add(new Operation(
                    fields[1], fields[2], List.of(fields[3].split("\\|")), fields[4], fields[5], fields[6]));
            return;
        }
        Map<String, String> members = new LinkedHashMap<>();
        for (int at = 2; at < fields.length; at++) {
            int colon = fields[at].indexOf(':');
            members.put(fields[at].substring(0, colon), fields[at].substring(colon + 1));
        }
        resources.put(fields[1], members);
    }

    @Test
    void theFactsAreAllThere() {
        assertThat(operations).hasSize(103);
        assertThat(operations.stream().map(Operation::path).distinct()).hasSize(49);
    }

    @TestFactory
    List<DynamicTest> everyOperation() {
        return operations.stream()
                .map(operation ->
                        DynamicTest.dynamicTest(operation.method() + " " + operation.path(), () -> check(operation)))
                .toList();
    }

    private void check(Operation operation) {
        World world = new World();
        String path = world.fill(operation.path());
        Reply reply = switch (operation.method()) {
            case "GET" -> world.rest.get(path + world.query(operation.path()));
            case "DELETE" -> world.rest.delete(path);
            default -> world.rest.post(path, world.form(operation.path()));
        };

        assertThat(operation.statuses()).as(reply.json().toString()).contains(String.valueOf(reply.status()));
        if (operation.resource().equals("-")) {
            assertThat(reply.json().isMissingNode()).isTrue();
            assertThat(world.rest.get(path).status()).isEqualTo(404);
        } else if (operation.key().equals("-")) {
            checkResource(operation, reply.json());
        } else {
            checkList(operation, path, reply.json());
        }
    }

    private void checkList(Operation operation, String path, JsonNode json) {
        JsonNode items = json.path(operation.key());
        assertThat(items.isArray()).as(json.toString()).isTrue();
        assertThat(items).isNotEmpty();
        items.forEach(item -> checkResource(operation, item));
        JsonNode meta = json.path("meta");
        assertThat(meta.path("key").textValue()).isEqualTo(operation.key());
        assertThat(meta.path("page").intValue()).isZero();
        int largest = Integer.parseInt(operation.pageSize());
        assertThat(meta.path("page_size").intValue()).isEqualTo(Math.min(50, largest));
        assertThat(meta.path("url").textValue()).startsWith("https://conversations.twilio.com" + path + "?");
        assertThat(meta.path("first_page_url").textValue())
                .isEqualTo(meta.path("url").textValue());
        assertThat(meta.has("previous_page_url")).isTrue();
        assertThat(meta.path("next_page_url").isNull()).isTrue();
    }

    private void checkResource(Operation operation, JsonNode json) {
        Map<String, String> members = resources.get(operation.resource());
        members.forEach((name, type) -> {
            assertThat(json.has(name)).as("%s in %s", name, json).isTrue();
            assertThat(isOf(type, json.get(name)))
                    .as("%s: %s is %s", name, json.get(name), type)
                    .isTrue();
        });
        List<String> extra = new ArrayList<>();
        json.fieldNames().forEachRemaining(extra::add);
        extra.removeAll(members.keySet());
        assertThat(extra).isSubsetOf(UNDESCRIBED);
        if (members.containsKey("sid")) {
            assertThat(json.get("sid").isTextual()).isTrue();
        }
        if (members.containsKey("url")) {
            assertThat(json.get("url").textValue())
                    .contains(operation.path().contains("Services") ? "/Services/" : "/v1/");
        }
    }

    private static boolean isOf(String type, JsonNode value) {
        if (value.isNull() || type.equals("any")) {
            return true;
        }
        if (type.startsWith("sid")) {
            String prefix = type.equals("sid *") ? "[A-Z]{2}" : type.substring(4);
            return value.isTextual() && value.textValue().matches(prefix + "[0-9a-fA-F]{32}");
        }
        return switch (type) {
            case "text" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "flag" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "uri" -> value.isTextual() && value.textValue().startsWith("https://conversations.twilio.com/v1/");
            case "date" ->
                value.isTextual()
                        && value.textValue().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")
                        && Instant.parse(value.textValue()) != null;
            default -> List.of(type.split("\\|")).contains(value.textValue());
        };
    }

    /** An account in which there is one of everything. */
    private static final class World {
        final RestBench rest = new RestBench();
        private final Map<String, String> sids = new HashMap<>();

        World() {
            String conversations = "/v1/Conversations";
            String conversation = made("Conversations", rest.post(conversations, "UniqueName", "general"));
            String room = conversations + "/" + conversation;
            made("Users", rest.post("/v1/Users", "Identity", "alice"));
            made("Participants", rest.post(room + "/Participants", "Identity", "alice"));
            String sms = rest.post(room + "/Participants", "MessagingBinding.Address", "+15550001")
                    .text("sid");
            String message = made("Messages", rest.post(room + "/Messages", "Author", "alice", "Body", "hi"));
            Receipts.Report report = new Receipts.Report(conversation, message, sms, DeliveryStatus.DELIVERED, 0);
            sids.put(
                    "Receipts",
                    rest.twilio
                            .service()
                            .receipts()
                            .report(Cause.channel("sms", "+15550001"), report)
                            .sid());
            made("Webhooks", rest.post(room + "/Webhooks", form("/Conversations/{ConversationSid}/Webhooks")));
            made("Roles", rest.post("/v1/Roles", form("/Roles")));
            made("Credentials", rest.post("/v1/Credentials", "Type", "fcm"));
            made("Addresses", rest.post("/v1/Configuration/Addresses", "Type", "sms", "Address", "+15550009"));
            made("Services", rest.post("/v1/Services", "FriendlyName", "second"));
            Bindings.Registration device =
                    new Bindings.Registration("alice", "phone", "fcm", sids.get("Credentials"), List.of("new_message"));
            sids.put(
                    "Bindings",
                    rest.twilio
                            .service()
                            .bindings()
                            .register(Cause.sdk("alice"), device)
                            .sid());
        }

        private String made(String collection, Reply reply) {
            assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
            sids.put(collection, reply.text("sid"));
            return reply.text("sid");
        }

        String fill(String template) {
            Matcher placeholder = PLACEHOLDER.matcher(template);
            StringBuilder path = new StringBuilder();
            while (placeholder.find()) {
                String name = placeholder.group(1);
                String[] before = template.substring(0, placeholder.start()).split("/");
                String collection = before[before.length - 1];
                String sid = name.equals("ChatServiceSid") ? RestBench.SERVICE : sids.get(collection);
                placeholder.appendReplacement(path, Objects.requireNonNull(sid, template));
            }
            return placeholder.appendTail(path).toString();
        }

        String query(String template) {
            return template.endsWith("ParticipantConversations") ? "?Identity=alice" : "";
        }

        String[] form(String template) {
            String path = template.replace("/v1", "").replace("/Services/{ChatServiceSid}", "");
            return switch (path) {
                case "/Configuration" -> new String[] {"DefaultClosedTimer", "PT10M"};
                case "/Configuration/Addresses" -> new String[] {"Type", "whAtsAPP", "Address", "whatsapp:+15550002"};
                case "/Configuration/Addresses/{Sid}", "/Conversations/{Sid}" -> new String[] {"FriendlyName", "new"};
                case "/Configuration/Webhooks" -> new String[] {"Method", "GET", "Filters", "onMessageAdded"};
                case "/Configuration/Notifications" -> new String[] {"NewMessage.Enabled", "true"};
                case "/Conversations" -> new String[] {"Attributes", "{\"a\":1}"};
                case "/ConversationWithParticipants" ->
                    new String[] {
                        "Participant", GROUP_OF_THREE.formatted(1),
                        "Participant", GROUP_OF_THREE.formatted(2),
                        "Participant", GROUP_OF_THREE.formatted(3)
                    };
                case "/Conversations/{ConversationSid}/Messages" -> new String[] {"Body", "hello"};
                case "/Conversations/{ConversationSid}/Messages/{Sid}" -> new String[] {"Body", "changed"};
                case "/Conversations/{ConversationSid}/Participants" -> new String[] {"Identity", "bob"};
                case "/Conversations/{ConversationSid}/Participants/{Sid}" ->
                    new String[] {"LastReadMessageIndex", "0"};
                case "/Conversations/{ConversationSid}/Webhooks" ->
                    new String[] {
                        "Target", "webhook",
                        "Configuration.Url", "https://example.com/hook",
                        "Configuration.Filters", "onMessageAdded"
                    };
                case "/Conversations/{ConversationSid}/Webhooks/{Sid}" -> new String[] {"Configuration.Method", "get"};
                case "/Credentials" -> new String[] {"Type", "apn", "Sandbox", "true"};
                case "/Credentials/{Sid}", "/Users/{Sid}" -> new String[] {"FriendlyName", "changed"};
                case "/Roles" ->
                    new String[] {"FriendlyName", "r", "Type", "conversation", "Permission", "sendMessage"};
                case "/Roles/{Sid}" -> new String[] {"Permission", "leaveConversation"};
                case "/Services" -> new String[] {"FriendlyName", "third"};
                case "/Users" -> new String[] {"Identity", "carol"};
                case "/Users/{UserSid}/Conversations/{ConversationSid}" -> new String[] {"NotificationLevel", "muted"};
                default -> throw new AssertionError("no form for " + path);
            };
        }
    }
}
