package io.github.conversations4j.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationStateUpdated;
import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.RecordingSink;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.testing.SignedWebhooks;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every webhook of Conversations with every parameter that is documented for it. */
class WebhookEventsTest {
    private static final String URL = "https://chat.example.com/twilio";
    private static final Instant CREATED = Instant.parse("2026-03-01T10:20:30.111Z");
    private static final Instant UPDATED = Instant.parse("2026-03-02T11:21:31.222Z");
    private static final Instant REMOVED = Instant.parse("2026-03-03T12:22:32.333Z");

    private final RecordingSink sink = new RecordingSink();
    private final WebhookHandler handler = new WebhookHandler(
            EventSources.webhook(URL),
            URL,
            new WebhookAccount("AC1", List.of("token"), null),
            sink,
            Decisions.nobody(),
            new ManualTime(Instant.EPOCH));
    private final SignedWebhooks twilio = SignedWebhooks.of(URL, "AC1", "token");

    static Stream<Arguments> postEvents() {
        return Stream.of(conversations(), messages(), participants(), others()).flatMap(events -> events);
    }

    private static Stream<Arguments> conversations() {
        Map<String, String> parameters = parameters(
                "ConversationSid", "CH1",
                "DateCreated", "2026-03-01T10:20:30.111Z",
                "DateUpdated", "2026-03-02T11:21:31.222Z",
                "FriendlyName", "Käse",
                "UniqueName", "cheese",
                "Attributes", "{\"a\":1}",
                "ChatServiceSid", "IS1",
                "MessagingServiceSid", "MG1",
                "State", "active");
        ConversationSnapshot conversation = ConversationSnapshot.builder("CH1")
                .serviceSid("IS1")
                .friendlyName("Käse")
                .uniqueName("cheese")
                .attributes(Attributes.of("{\"a\":1}"))
                .state(ConversationState.ACTIVE)
                .messagingServiceSid("MG1")
                .dateCreated(CREATED)
                .dateUpdated(UPDATED)
                .build();
        return Stream.of(
                arguments(
                        "onConversationAdded",
                        with(
                                parameters,
                                "MessagingBinding.ProxyAddress",
                                "+1",
                                "MessagingBinding.Address",
                                "+2",
                                "MessagingBinding.ProjectedAddress",
                                "+3",
                                "MessagingBinding.AuthorAddress",
                                "+4"),
                        new ConversationAdded(meta("conversationAdded:CH1", CREATED), conversation)),
                arguments(
                        "onConversationUpdated",
                        parameters,
                        new ConversationUpdated(
                                meta("conversationUpdated:CH1:…", UPDATED),
                                conversation,
                                Set.of(ConversationUpdateReason.UNKNOWN))),
                arguments(
                        "onConversationRemoved",
                        with(parameters, "DateRemoved", "2026-03-03T12:22:32.333Z"),
                        new ConversationRemoved(meta("conversationRemoved:CH1", REMOVED), conversation)),
                arguments(
                        "onConversationStateUpdated",
                        parameters(
                                "ChatServiceSid", "IS1",
                                "StateUpdated", "2026-03-02T11:21:31.222Z",
                                "StateFrom", "active",
                                "StateTo", "inactive",
                                "ConversationSid", "CH1",
                                "Reason", "TIMER",
                                "MessagingServiceSid", "MG1"),
                        new ConversationStateUpdated(
                                meta("conversationStateUpdated:CH1:…", UPDATED),
                                "CH1",
                                ConversationState.ACTIVE,
                                ConversationState.INACTIVE,
                                "TIMER")));
    }

    private static Stream<Arguments> messages() {
        Map<String, String> added = parameters(
                "ConversationSid", "CH1",
                "MessageSid", "IM1",
                "Index", "7",
                "DateCreated", "2026-03-01T10:20:30.111Z",
                "Body", "Grüße 😀 & +1=%2B",
                "Author", "alice",
                "ParticipantSid", "MB1",
                "Attributes", "{\"a\":\"ö\"}",
                "Media", "[{\"Sid\":\"ME1\",\"ContentType\":\"image/png\",\"Filename\":\"a b.png\",\"Size\":42}]");
        Map<String, String> updated = with(added, "DateUpdated", "2026-03-02T11:21:31.222Z");
        Message first = Message.builder("IM1", "CH1", 7)
                .author("alice")
                .body("Grüße 😀 & +1=%2B")
                .attributes(Attributes.of("{\"a\":\"ö\"}"))
                .media(List.of(new Media("ME1", "a b.png", "image/png", 42L, null)))
                .participantSid("MB1")
                .dateCreated(CREATED)
                .build();
        Message changed = first.toBuilder().dateUpdated(UPDATED).build();
        return Stream.of(
                arguments(
                        "onMessageAdded",
                        with(added, "MessagingServiceSid", "MG1", "ChatServiceSid", "IS1"),
                        new MessageAdded(meta("messageAdded:IM1", CREATED), first)),
                arguments(
                        "onMessageUpdated",
                        updated,
                        new MessageUpdated(
                                meta("messageUpdated:IM1:…", UPDATED), changed, Set.of(MessageUpdateReason.UNKNOWN))),
                arguments(
                        "onMessageRemoved",
                        with(updated, "DateRemoved", "2026-03-03T12:22:32.333Z"),
                        new MessageRemoved(meta("messageRemoved:IM1", REMOVED), changed)));
    }

    private static Stream<Arguments> participants() {
        Map<String, String> added = parameters(
                "ConversationSid", "CH1",
                "ParticipantSid", "MB1",
                "DateCreated", "2026-03-01T10:20:30.111Z",
                "Identity", "",
                "RoleSid", "RL1",
                "Attributes", "{}",
                "MessagingBinding.ProxyAddress", "+15550001",
                "MessagingBinding.Address", "+15550002",
                "MessagingBinding.ProjectedAddress", "+15550003",
                "MessagingBinding.Type", "SMS");
        Map<String, String> updated = with(added, "DateUpdated", "2026-03-02T11:21:31.222Z");
        Participant joined = Participant.builder("MB1", "CH1")
                .roleSid("RL1")
                .messagingBinding(new MessagingBinding("sms", "+15550002", "+15550001", "+15550003"))
                .dateCreated(CREATED)
                .build();
        Participant changed = joined.toBuilder().dateUpdated(UPDATED).build();
        return Stream.of(
                arguments(
                        "onParticipantAdded",
                        added,
                        new ParticipantJoined(meta("participantJoined:MB1", CREATED), joined)),
                arguments(
                        "onParticipantUpdated",
                        with(updated, "LastReadMessageIndex", "5"),
                        new ParticipantUpdated(
                                meta("participantUpdated:MB1:…", UPDATED),
                                changed.toBuilder().lastReadMessageIndex(5).build(),
                                Set.of(ParticipantUpdateReason.UNKNOWN))),
                arguments(
                        "onParticipantRemoved",
                        with(updated, "DateRemoved", "2026-03-03T12:22:32.333Z"),
                        new ParticipantLeft(meta("participantLeft:MB1", REMOVED), changed)));
    }

    private static Stream<Arguments> others() {
        Map<String, String> user = parameters(
                "ChatServiceSid", "IS1",
                "UserSid", "US1",
                "DateCreated", "2026-03-01T10:20:30.111Z",
                "Identity", "alice",
                "RoleSid", "RL1",
                "Attributes", "{\"a\":1}",
                "FriendlyName", "Alice");
        User alice = User.builder("alice")
                .sid("US1")
                .friendlyName("Alice")
                .attributes(Attributes.of("{\"a\":1}"))
                .roleSid("RL1")
                .dateCreated(CREATED)
                .build();
        return Stream.of(
                arguments(
                        "onDeliveryUpdated",
                        parameters(
                                "ConversationSid", "CH1",
                                "ChatServiceSid", "IS1",
                                "MessageSid", "IM1",
                                "DeliveryReceiptSid", "DY1",
                                "ChannelMessageSid", "SM1",
                                "ParticipantSid", "MB1",
                                "Status", "undelivered",
                                "ErrorCode", "30003",
                                "DateCreated", "2026-03-01T10:20:30.111Z",
                                "DateUpdated", "2026-03-02T11:21:31.222Z"),
                        new DeliveryUpdated(
                                meta("deliveryUpdated:DY1:…", UPDATED),
                                new DeliveryReceipt(
                                        "DY1",
                                        "CH1",
                                        "IM1",
                                        DeliveryStatus.UNDELIVERED,
                                        "MB1",
                                        "SM1",
                                        30003,
                                        CREATED,
                                        UPDATED))),
                arguments("onUserAdded", user, new UserAdded(meta("userAdded:US1", CREATED), alice)),
                arguments(
                        "onUserUpdated",
                        with(
                                user,
                                "DateUpdated",
                                "2026-03-02T11:21:31.222Z",
                                "isOnline",
                                "true",
                                "isNotifiable",
                                "false"),
                        new UserUpdated(
                                meta("userUpdated:alice:…", UPDATED),
                                alice.toBuilder()
                                        .online(true)
                                        .notifiable(false)
                                        .dateUpdated(UPDATED)
                                        .build(),
                                Set.of(UserUpdateReason.UNKNOWN))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("postEvents")
    void becomesATypedEvent(String name, Map<String, String> parameters, ConversationsEvent expected) {
        for (SignedWebhooks transport : List.of(twilio, twilio.asGet(), twilio.asJson())) {
            WebhookReply reply = handler.handle(transport.request(name, parameters));

            assertThat(reply).isEqualTo(WebhookReply.empty(200));
            assertThat(sink.drain()).singleElement().satisfies(event -> {
                assertThat(event)
                        .usingRecursiveComparison()
                        .ignoringFields("meta.id")
                        .isEqualTo(expected);
                assertThat(event.meta().id()).matches(expected.meta().id().replace("…", "[\\w-]{16}"));
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("postEvents")
    void isWhatTheFactoryForTestsSendsForItsEvent(
            String name, Map<String, String> parameters, ConversationsEvent event) {
        assertThat(handler.handle(twilio.request(event)).status()).isEqualTo(200);

        assertThat(sink.drain())
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("meta.id")
                .isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "onConversationAdd",
                "onConversationUpdate",
                "onConversationRemove",
                "onMessageAdd",
                "onMessageUpdate",
                "onMessageRemove",
                "onParticipantAdd",
                "onParticipantUpdate",
                "onParticipantRemove",
                "onUserUpdate"
            })
    void letsGoOnUnchangedWhatHasNotHappenedYet(String name) {
        assertThat(handler.handle(twilio.request(name, Map.of("ConversationSid", "CH1"))))
                .isEqualTo(WebhookReply.empty(200));
        assertThat(sink.drain()).isEmpty();
        assertThat(PreEvent.values()).hasSize(10);
    }

    @Test
    void theSourceStatesExactlyWhatItCanFire() {
        Set<EventType<?>> fired = postEvents()
                .map(arguments -> ((ConversationsEvent) arguments.get()[2]).type())
                .collect(Collectors.toSet());
        fired.add(EventType.UNKNOWN);

        assertThat(EventSources.webhook(URL).events()).isEqualTo(fired);
        assertThat(PostEvent.values()).hasSize(13);
    }

    private static EventMeta meta(String id, Instant time) {
        return new EventMeta(id, time, "webhook", false, false, "SDK", "bob");
    }

    private static Map<String, String> parameters(String... namesAndValues) {
        return with(Map.of("Source", "SDK", "ClientIdentity", "bob"), namesAndValues);
    }

    private static Map<String, String> with(Map<String, String> parameters, String... namesAndValues) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            more.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return more;
    }
}
