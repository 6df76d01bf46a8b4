package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.emulator.control.Person;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.model.NewMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people at client SDKs do, in Java and over the control route, as REST shows it afterwards. */
class SimulatedParticipantTest {
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final ControlClient http = new ControlClient();
    private final SimulatedParticipant bob = twilio.user("bob").in("general");

    @BeforeEach
    void enter() {
        http.as(twilio.accountSid(), twilio.authToken());
        bob.joins();
    }

    @AfterEach
    void end() {
        http.close();
        twilio.close();
    }

    private JsonNode rest(String path) throws IOException {
        ControlClient.Reply reply = http.get(twilio.url() + "/v1/Services/" + twilio.serviceSid() + path);
        assertThat(reply.status()).as(path).isEqualTo(200);
        return reply.json();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }

    @Test
    void a_conversation_gets_attributes_and_another_unique_name_and_goes() throws IOException {
        bob.setsConversationAttributes("{\"topic\":\"cats\"}")
                .renamesUniquely("cats")
                .says("still here");

        JsonNode conversation = rest("/Conversations/cats");
        assertThat(text(conversation, "attributes")).isEqualTo("{\"topic\":\"cats\"}");
        assertThat(rest("/Conversations/cats/Messages").path("messages")).hasSize(1);
        assertThat(rest("/Conversations").path("conversations")).hasSize(1);

        bob.deletesConversation();
        assertThat(rest("/Conversations").path("conversations")).isEmpty();
        bob.says("once more");
        assertThat(rest("/Conversations/cats/Messages").path("messages")).hasSize(1);
    }

    @Test
    void a_message_has_everything_that_a_client_can_send() throws IOException {
        NewMedia cat = NewMedia.of("meow".getBytes(StandardCharsets.US_ASCII), "text/plain")
                .named("cat.txt");
        NewMedia dog = NewMedia.of("woof".getBytes(StandardCharsets.US_ASCII), "text/plain");
        bob.sends(
                NewMessage.builder()
                        .body("look")
                        .subject("pets")
                        .attributes(Attributes.of("{\"n\":1}"))
                        .build(),
                cat,
                dog);

        JsonNode message = rest("/Conversations/general/Messages/" + bob.lastMessageSid());
        assertThat(text(message, "body")).isEqualTo("look");
        assertThat(text(message, "author")).isEqualTo("bob");
        assertThat(subject(bob.lastMessageSid())).isEqualTo("pets");
        assertThat(text(message, "attributes")).isEqualTo("{\"n\":1}");
        assertThat(message.path("media").findValuesAsText("filename")).contains("cat.txt");
        assertThat(message.path("media")).hasSize(2);

        bob.setsMessageAttributes(bob.lastMessageSid(), "{\"n\":2}");
        assertThat(text(rest("/Conversations/general/Messages/" + bob.lastMessageSid()), "attributes"))
                .isEqualTo("{\"n\":2}");

        bob.sends(NewMessage.builder()
                .contentSid("HX00000000000000000000000000000001")
                .contentVariables(Map.of("1", "Ann"))
                .build());
        assertThat(text(rest("/Conversations/general/Messages/" + bob.lastMessageSid()), "content_sid"))
                .isEqualTo("HX00000000000000000000000000000001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bob.sends(NewMessage.text("hi").withAuthor("alice")))
                .withMessageContaining("author");
    }

    /** REST does not show it. */
    private String subject(String messageSid) {
        try (SocketClient socket = new SocketClient(twilio.socketUrl())) {
            socket.init(twilio.accessToken("bob"));
            String path =
                    "/Client/v2/Services/" + twilio.serviceSid() + "/Conversations/general/Messages/" + messageSid;
            return text(socket.request("GET", path, "{}").reply().payloadJson(), "subject");
        }
    }

    @Test
    void somebody_at_a_phone_is_added_changed_and_dismissed() throws IOException {
        bob.addsAddress("+15550001", "+15559999").setsParticipantAttributes("+15550001", "{\"vip\":true}");

        JsonNode phone =
                rest("/Conversations/general/Participants").path("participants").path(1);
        assertThat(text(phone.path("messaging_binding"), "proxy_address")).isEqualTo("+15559999");
        assertThat(text(phone, "attributes")).isEqualTo("{\"vip\":true}");

        bob.setsParticipantAttributes("bob", "{\"host\":true}").dismisses("+15550001");
        assertThat(rest("/Conversations/general/Participants").path("participants"))
                .singleElement()
                .satisfies(left -> assertThat(text(left, "attributes")).isEqualTo("{\"host\":true}"));
        assertThatThrownBy(() -> bob.dismisses("+15550001")).isInstanceOf(TwilioApiException.class);
    }

    @Test
    void reading_advances_and_never_falls_back() throws IOException {
        bob.says("one").says("two").advancesTo(1).advancesTo(0);
        assertThat(lastRead()).isEqualTo("1");

        bob.reads(0);
        assertThat(lastRead()).isEqualTo("0");
        bob.readsNothing().advancesTo(0);
        assertThat(lastRead()).isEqualTo("0");
    }

    private String lastRead() throws IOException {
        return text(rest("/Users/bob/Conversations/general"), "last_read_message_index");
    }

    @Test
    void a_device_is_registered_and_forgotten() throws IOException {
        SimulatedUser user = twilio.user("bob").registersDevice("apn", "phone").registersDevice("fcm", "tablet");
        user.forgetsDevice("apn", "phone").forgetsDevice("apn", "tablet");

        assertThat(rest("/Bindings").path("bindings"))
                .singleElement()
                .satisfies(binding -> assertThat(text(binding, "endpoint")).isEqualTo("tablet"));
    }

    @Test
    void the_route_lets_a_person_do_all_of_it() throws IOException {
        JsonNode sent = act("sends", """
                "text": "look", "subject": "pets", "attributes": {"n": 1},
                "files": [{"base64": "bWVvdw==", "content_type": "text/plain", "filename": "cat.txt"}]""");
        String sid = text(sent, "message_sid");
        act("sets_message_attributes", "\"message_sid\": \"" + sid + "\", \"attributes\": {\"n\": 2}");
        act(
                "sends",
                "\"content_sid\": \"HX00000000000000000000000000000001\", \"content_variables\": {\"1\": \"Ann\"}");
        act("adds", "\"who\": \"carol\"");
        act("adds_address", "\"address\": \"+15550001\", \"proxy_address\": \"+15559999\"");
        act("dismisses", "\"who\": \"carol\"");
        act("sets_participant_attributes", "\"who\": \"+15550001\", \"attributes\": {\"vip\": true}");
        act("renames", "\"friendly_name\": \"Pets\"");
        act("sets_conversation_attributes", "\"attributes\": [1]");
        act("advances_to", "\"index\": 0");
        act("mutes", "");
        act("is_called", "\"friendly_name\": \"Bob\"");
        act("has_attributes", "\"attributes\": {\"color\": \"red\"}");
        act("registers_device", "\"type\": \"fcm\", \"device\": \"phone\"");

        JsonNode message = rest("/Conversations/general/Messages/" + sid);
        assertThat(subject(sid)).isEqualTo("pets");
        assertThat(text(message, "attributes")).isEqualTo("{\"n\":2}");
        assertThat(message.path("media").findValuesAsText("filename")).containsExactly("cat.txt");
        JsonNode conversation = rest("/Conversations/general");
        assertThat(text(conversation, "friendly_name")).isEqualTo("Pets");
        assertThat(text(conversation, "attributes")).isEqualTo("[1]");
        assertThat(rest("/Conversations/general/Participants").path("participants"))
                .extracting(participant -> text(participant, "attributes"))
                .containsExactly("{}", "{\"vip\":true}");
        assertThat(text(rest("/Users/bob/Conversations/general"), "notification_level"))
                .isEqualTo("muted");
        JsonNode user = rest("/Users/bob");
        assertThat(text(user, "friendly_name")).isEqualTo("Bob");
        assertThat(text(user, "attributes")).isEqualTo("{\"color\":\"red\"}");
        assertThat(rest("/Bindings").path("bindings")).hasSize(1);

        act("renames_uniquely", "\"unique_name\": \"pets\"");
        http.post(twilio.url() + "/emulator/act", """
                {"identity": "bob", "conversation": "pets", "act": "deletes_conversation"}""");
        assertThat(rest("/Conversations").path("conversations")).isEmpty();
    }

    private JsonNode act(String act, String members) throws IOException {
        ControlClient.Reply reply = http.post(
                twilio.url() + "/emulator/act",
                "{\"identity\": \"bob\", \"conversation\": \"general\", \"act\": \"" + act + "\""
                        + (members.isEmpty() ? "" : ", " + members) + "}");
        assertThat(reply.status()).as(act).isEqualTo(200);
        return reply.json();
    }

    @Test
    void what_is_wrong_with_a_message_is_named() throws IOException {
        refused("\"files\": [{\"base64\": \"%\", \"content_type\": \"text/plain\"}]", "base64: ");
        refused("\"files\": [{\"base64\": \"AA==\"}]", "content_type: must be");
        refused("\"content_variables\": {\"1\": 1}", "1: must be a text");
        refused("\"text\": 1", "text: must be a text");
    }

    private void refused(String members, String error) throws IOException {
        ControlClient.Reply reply = http.post(
                twilio.url() + "/emulator/act",
                "{\"identity\": \"bob\", \"conversation\": \"general\", \"act\": \"sends\", " + members + "}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply.json(), "error")).startsWith(error);
    }

    @Test
    void the_route_has_every_act_under_its_name() {
        Set<String> methods = Stream.of(SimulatedUser.class, SimulatedParticipant.class)
                .flatMap(who -> Arrays.stream(who.getMethods()).filter(method -> method.getReturnType() == who))
                .map(method -> method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());

        assertThat(Person.acts()).containsExactlyInAnyOrderElementsOf(methods);
    }

    @Test
    void the_page_lists_every_act() throws IOException {
        String page = Files.readString(Path.of("docs/emulator.md"));
        String table = page.substring(page.indexOf("| Act |"), page.indexOf("## Time and chance"));
        Set<String> listed = new TreeSet<>();
        for (String line : table.split("\n")) {
            Matcher act = Pattern.compile("`([a-z_]+)`").matcher(line.replaceFirst("^\\| ([^|]*)\\|.*", "$1"));
            while (line.startsWith("| `") && act.find()) {
                listed.add(act.group(1));
            }
        }

        assertThat(listed).isEqualTo(Person.acts());
    }
}
