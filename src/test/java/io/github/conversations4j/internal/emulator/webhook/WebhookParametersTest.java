package io.github.conversations4j.internal.emulator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.conversations4j.internal.emulator.channels.Phones;
import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.state.AddressConfiguration.AutoCreation;
import io.github.conversations4j.internal.emulator.state.Addresses;
import io.github.conversations4j.internal.emulator.state.Behaviour;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.MediaFiles;
import io.github.conversations4j.internal.emulator.state.MessageDraft;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.Reading;
import io.github.conversations4j.internal.emulator.state.Receipts;
import io.github.conversations4j.internal.emulator.state.ServiceConfiguration;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.emulator.state.UserDraft;
import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.TwilioSignature;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.HookListener;
import io.github.conversations4j.tests.HookListener.Received;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A story in which everything happens that Twilio sends a webhook for, once with everything that can be said and once with
 * as little as possible; then every request is held against the names on Twilio's pages.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookParametersTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Cause BOB = Cause.sdk("bob");
    private static final Cause REST = Cause.rest(true);
    private static final Set<String> ALWAYS = Set.of("AccountSid", "EventType", "Source", "RetryCount");

    /** Only a text to a group can make a conversation with this one, and the phones here write to nobody else. */
    private static final String OF_GROUP_TEXTS = "MessagingBinding.ProjectedAddress";

    private final ManualTime time = new ManualTime();
    private final Twilio twilio = new Twilio(
            "AC0123456789abcdef0123456789abcdef",
            "IS0123456789abcdef0123456789abcdef",
            Behaviour.DEFAULT,
            time,
            time,
            new SplittableRandom(1));
    private final ChatService service = twilio.service();
    private final Webhooks webhooks =
            new Webhooks(twilio, TOKEN, time, new SplittableRandom(2), new FaultBook(3), Duration.ofSeconds(5));
    private HookListener listener;

    @BeforeAll
    void happen() throws IOException {
        listener = new HookListener();
        webhooks.attach(listener.url("/a-hook?of=all"));
        service.configuration().update(REST, new ServiceConfiguration.Draft(null, null, null, true));
        people();
        richly();
        barely();
        fromOutside();
        assertThat(webhooks.await(Duration.ofSeconds(20))).isTrue();
    }

    @AfterAll
    void end() {
        webhooks.close();
        listener.close();
    }

    private void people() {
        service.users().ensure(BOB, "bob");
        service.users().update(BOB, "bob", new UserDraft("Bob", "{\"a\":1}", null));
        service.users().reach(BOB, "bob", true, true);
        service.users().update(REST, "bob", new UserDraft("Bobby", null, null));
        service.users().create(REST, "carol", new UserDraft(null, null, null));
        service.users().update(Cause.sdk("carol"), "carol", new UserDraft(null, "{}", null));
    }

    private void richly() {
        ConversationDraft draft =
                new ConversationDraft().uniqueName("rich").friendlyName("Rich").attributes("{\"b\":2}");
        service.conversations().create(BOB, draft);
        service.participants().add(BOB, "rich", ParticipantDraft.chat("bob"));
        service.participants().add(BOB, "rich", ParticipantDraft.chat("carol"));
        service.participants().update(BOB, "rich", "bob", new ParticipantDraft().attributes("{\"c\":3}"));
        service.participants().update(REST, "rich", "bob", new ParticipantDraft().reading(new Reading(0L, null)));
        String phone = service.participants()
                .add(BOB, "rich", new ParticipantDraft().address("+15550001").proxyAddress("+15559999"))
                .sid();
        String group = service.participants()
                .add(BOB, "rich", new ParticipantDraft().identity("dave").projectedAddress("+15559998"))
                .sid();
        String text = service.messages()
                .add(BOB, "rich", MessageDraft.text("hi").attributes("{\"d\":4}"))
                .sid();
        service.receipts()
                .report(
                        Cause.channel("sms", "+15550001"),
                        new Receipts.Report("rich", text, phone, DeliveryStatus.FAILED, 30003));
        String file = service.media()
                .add(BOB, new MediaFiles.Upload("cat.png", "image/png", "media", "bob", new byte[] {1, 2, 3}))
                .sid();
        String picture = service.messages()
                .add(BOB, "rich", new MessageDraft().mediaSids(List.of(file)))
                .sid();
        service.messages().update(BOB, "rich", picture, new MessageDraft().attributes("{\"e\":5}"));
        service.messages().delete(BOB, "rich", picture);
        service.participants().update(BOB, "rich", phone, new ParticipantDraft().attributes("{\"f\":6}"));
        service.participants().remove(BOB, "rich", phone);
        service.participants().update(BOB, "rich", group, new ParticipantDraft().attributes("{\"g\":7}"));
        service.participants().remove(BOB, "rich", group);
        service.conversations().update(BOB, "rich", new ConversationDraft().friendlyName("Richer"));
        service.conversations().update(REST, "rich", new ConversationDraft().state(ConversationState.INACTIVE));
        service.conversations().delete(BOB, "rich");
    }

    private void barely() {
        String sid =
                service.conversations().create(BOB, new ConversationDraft()).sid();
        service.participants().add(BOB, sid, ParticipantDraft.chat("bob"));
        String phone = service.participants()
                .add(REST, sid, new ParticipantDraft().address("+15550001").proxyAddress("+15559999"))
                .sid();
        String text = service.messages().add(REST, sid, MessageDraft.text("")).sid();
        service.messages().update(REST, sid, text, MessageDraft.text("x"));
        service.receipts()
                .report(
                        Cause.channel("sms", "+15550001"),
                        new Receipts.Report(sid, text, phone, DeliveryStatus.SENT, 0));
        service.messages().update(BOB, sid, text, new MessageDraft().attributes("{}"));
        service.messages().delete(BOB, sid, text);
        service.conversations().update(BOB, sid, new ConversationDraft().attributes("{\"h\":8}"));
        service.conversations().delete(BOB, sid);
    }

    private void fromOutside() {
        AutoCreation enabled = new AutoCreation(true, null, null, null, null, null, null, null);
        twilio.addresses().create(REST, new Addresses.Draft("sms", "+15559997", null, null, enabled));
        Phones phones = new Phones(twilio);
        MediaFiles.Upload file = new MediaFiles.Upload("dog.png", "image/png", "media", "+15550009", new byte[] {4, 5});
        phones.receive(phones.line("+15550008"), "+15559997", new Phones.Letter("hello", null));
        phones.receive(phones.line("+15550009"), "+15559997", new Phones.Letter(null, file));
    }

    static Stream<Arguments> events() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(WebhookParametersTest.class.getResourceAsStream("webhook-parameters.txt")),
                StandardCharsets.UTF_8))) {
            return lines
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split(" ")))
                    .map(words -> arguments(words.get(0), words.subList(2, words.size())))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void tells_what_is_documented_and_nothing_else(String event, List<String> documented) {
        List<Received> requests = listener.of(event);
        assertThat(requests).hasSizeGreaterThanOrEqualTo(1);
        Set<String> required = new HashSet<>(ALWAYS);
        documented.stream().filter(name -> !name.endsWith("?")).forEach(required::add);
        if (event.startsWith("onMessage")) {
            required.add("ChatServiceSid");
        }
        Set<String> known =
                documented.stream().map(name -> name.replace("?", "")).collect(Collectors.toSet());
        known.addAll(required);
        known.add("ClientIdentity");
        Set<String> seen = new HashSet<>();
        for (Received request : requests) {
            assertThat(known).containsAll(request.names());
            assertThat(request.names()).containsAll(required);
            seen.addAll(request.names());
        }
        if (event.startsWith("onConversation")) {
            known.remove(OF_GROUP_TEXTS);
        }
        if (requests.stream()
                .noneMatch(request -> request.form().first("Source").equals("SDK"))) {
            known.remove("ClientIdentity");
        }
        assertThat(seen).isEqualTo(known);
    }

    @Test
    void nothing_else_is_sent() {
        Set<String> documented = events().map(event -> (String) event.get()[0]).collect(Collectors.toSet());

        assertThat(documented).hasSize(23);
        assertThat(listener.all()).extracting(Received::event).allMatch(documented::contains);
    }

    @Test
    void every_request_is_signed_and_looks_like_one_of_twilio() {
        TwilioSignature signature = new TwilioSignature(List.of(TOKEN));
        Set<String> tokens = new HashSet<>();
        for (Received request : listener.all()) {
            assertThat(request.header("X-Twilio-Signature"))
                    .isEqualTo(signature.sign(listener.url("/a-hook?of=all"), request.form()));
            assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded; charset=utf-8");
            assertThat(request.header("User-Agent")).isEqualTo("TwilioProxy/1.1");
            assertThat(request.header("Accept")).isEqualTo("*/*");
            assertThat(request.header("I-Twilio-Idempotency-Token"))
                    .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            tokens.add(request.header("I-Twilio-Idempotency-Token"));
        }
        assertThat(tokens).hasSameSizeAs(listener.all());
    }

    @Test
    void who_did_it_is_said() {
        for (Received request : listener.all()) {
            String source = request.form().first("Source");
            assertThat(source).isIn("SDK", "API", "SMS");
            assertThat(request.form().first("ClientIdentity") != null).isEqualTo(source.equals("SDK"));
            assertThat(request.form().first("AccountSid")).isEqualTo(twilio.accountSid());
            assertThat(request.form().first("RetryCount")).isEqualTo("0");
        }
        assertThat(listener.of("onDeliveryUpdated"))
                .extracting(request -> request.form().first("Source"))
                .containsOnly("SMS");
    }

    @Test
    void a_conversation_for_an_inbound_message_is_asked_about_with_its_content_and_told_with_its_addresses() {
        List<Form> asked = ofInbound("onConversationAdd");
        assertThat(asked).hasSize(2);
        assertThat(asked.get(0).first("MessagingBinding.Address")).isEqualTo("+15550008");
        assertThat(asked.get(0).first("MessagingBinding.ProxyAddress")).isEqualTo("+15559997");
        assertThat(asked.get(0).first("MessageBody")).isEqualTo("hello");
        assertThat(asked.get(0).first("Media")).isNull();
        assertThat(asked.get(1).first("MessageBody")).isNull();
        assertThat(asked.get(1).first("Media"))
                .matches("\\[\\{\"Sid\":\"ME[0-9a-f]{32}\",\"ContentType\":\"image/png\","
                        + "\"Filename\":\"dog.png\",\"Size\":2}]");
        assertThat(ofInbound("onConversationAdded"))
                .extracting(form -> form.first("MessagingBinding.AuthorAddress"))
                .containsExactlyInAnyOrder("+15550008", "+15550009");
    }

    private List<Form> ofInbound(String event) {
        return listener.of(event).stream()
                .map(Received::form)
                .filter(form -> form.first("MessagingBinding.Address") != null)
                .toList();
    }

    @Test
    void values_have_the_shapes_of_captured_requests() {
        Received picture = listener.of("onMessageAdded").stream()
                .filter(request -> String.valueOf(request.form().first("Media")).contains("cat.png"))
                .findFirst()
                .orElseThrow();
        assertThat(picture.form().first("Index")).isEqualTo("1");
        assertThat(picture.form().first("Body")).isEmpty();
        assertThat(picture.form().first("DateCreated")).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(picture.form().first("Attributes")).isEqualTo("{}");
        assertThat(picture.form().first("Media"))
                .matches("\\[\\{\"Sid\":\"ME[0-9a-f]{32}\",\"ContentType\":\"image/png\","
                        + "\"Filename\":\"cat.png\",\"Size\":3}]");
        Received moved = listener.of("onConversationStateUpdated").get(0);
        assertThat(moved.form().first("StateFrom")).isEqualTo("active");
        assertThat(moved.form().first("StateTo")).isEqualTo("inactive");
        assertThat(moved.form().first("Reason")).isEqualTo("API");
        assertThat(listener.of("onDeliveryUpdated"))
                .extracting(
                        request -> request.form().first("Status"),
                        request -> request.form().first("ErrorCode"))
                .contains(tuple("failed", "30003"), tuple("sent", null));
        assertThat(listener.of("onParticipantAdded"))
                .extracting(request -> request.form().first("MessagingBinding.Type"))
                .contains("CHAT", "SMS");
        Received reached = listener.of("onUserUpdated").get(1);
        assertThat(reached.form().first("isOnline")).isEqualTo("true");
        assertThat(reached.form().first("FriendlyName")).isEqualTo("Bobby");
    }
}
