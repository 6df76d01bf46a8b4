package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.DeliverySummary.Share;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ParticipantChange;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.User;
import io.github.conversations4j.model.UserChange;
import io.github.conversations4j.model.UserConversation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestConversationsApiTest extends RestFixture {
    private static final String MUTATION = "4f0c3d4e-0000-4000-8000-000000000001";
    private static final PageRequest PAGE = PageRequest.first(20);
    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant UPDATED = Instant.parse("2026-01-02T03:04:06Z");

    private static final String CONVERSATION = """
            {"sid": "CH1", "account_sid": "AC1", "chat_service_sid": "IS1", "messaging_service_sid": "MG1",
             "friendly_name": "Team", "unique_name": "team", "attributes": "{\\"a\\":1}", "state": "inactive",
             "date_created": "2026-01-02T03:04:05Z", "date_updated": "2026-01-02T03:04:06Z",
             "timers": {"date_inactive": "2026-01-03T00:00:00Z", "date_closed": "2026-01-04T00:00:00Z"},
             "bindings": {}, "url": "x", "links": {}}""";
    private static final String MESSAGE = """
            {"sid": "IM1", "conversation_sid": "CH1", "index": 7, "author": "alice", "body": "hi",
             "attributes": "{}", "participant_sid": "MB1", "content_sid": "HX1",
             "media": [{"sid": "ME1", "size": 42056, "content_type": "image/jpeg", "filename": "car.jpg", "category": "media"}],
             "delivery": {"total": 2, "sent": "all", "delivered": "some", "read": "some", "failed": "none",
              "undelivered": "none"},
             "date_created": "2026-01-02T03:04:05Z", "date_updated": null}""";
    private static final String PARTICIPANT = """
            {"sid": "MB1", "conversation_sid": "CH1", "identity": null, "attributes": null, "role_sid": "RL1",
             "messaging_binding": {"type": "SMS", "address": "+15550001", "proxy_address": "+15550002"},
             "last_read_message_index": 6, "last_read_timestamp": "2026-01-02T03:04:06Z",
             "date_created": "2026-01-02T03:04:05Z", "date_updated": "2026-01-02T03:04:06Z"}""";
    private static final String USER = """
            {"sid": "US1", "identity": "alice", "friendly_name": "Alice", "attributes": "{}", "role_sid": "RL2",
             "is_online": true, "is_notifiable": null, "date_created": "2026-01-02T03:04:05Z", "date_updated": null}""";
    private static final String RECEIPT = """
            {"sid": "DY1", "conversation_sid": "CH1", "message_sid": "IM1", "participant_sid": "MB1",
             "channel_message_sid": "SM1", "status": "undelivered", "error_code": 30003,
             "date_created": "2026-01-02T03:04:05Z", "date_updated": "2026-01-02T03:04:06Z"}""";
    private static final String USER_CONVERSATION = """
            {"conversation_sid": "CH1", "chat_service_sid": "IS1", "participant_sid": "MB1", "user_sid": "US1",
             "unread_messages_count": 3, "last_read_message_index": 6, "friendly_name": "Team", "unique_name": "team",
             "conversation_state": "active", "attributes": "{}", "created_by": "bob", "notification_level": "muted",
             "timers": {}, "date_created": "2026-01-02T03:04:05Z", "date_updated": "2026-01-02T03:04:06Z"}""";

    private static final ConversationSnapshot A_CONVERSATION = ConversationSnapshot.builder("CH1")
            .serviceSid("IS1")
            .messagingServiceSid("MG1")
            .friendlyName("Team")
            .uniqueName("team")
            .attributes(Attributes.of("{\"a\":1}"))
            .state(ConversationState.INACTIVE)
            .dateCreated(CREATED)
            .dateUpdated(UPDATED)
            .dateInactive(Instant.parse("2026-01-03T00:00:00Z"))
            .dateClosed(Instant.parse("2026-01-04T00:00:00Z"))
            .build();
    private static final Message A_MESSAGE = Message.builder("IM1", "CH1", 7)
            .author("alice")
            .body("hi")
            .participantSid("MB1")
            .contentSid("HX1")
            .media(List.of(new Media("ME1", "car.jpg", "image/jpeg", 42056L, "media")))
            .delivery(new DeliverySummary(2, Share.ALL, Share.SOME, Share.SOME, Share.NONE, Share.NONE))
            .dateCreated(CREATED)
            .build();
    private static final Participant A_PARTICIPANT = Participant.builder("MB1", "CH1")
            .roleSid("RL1")
            .messagingBinding(new MessagingBinding("sms", "+15550001", "+15550002", null))
            .lastReadMessageIndex(6)
            .lastReadTimestamp(UPDATED)
            .dateCreated(CREATED)
            .dateUpdated(UPDATED)
            .build();
    private static final User A_USER = User.builder("alice")
            .sid("US1")
            .friendlyName("Alice")
            .roleSid("RL2")
            .online(true)
            .dateCreated(CREATED)
            .build();
    private static final DeliveryReceipt A_RECEIPT = DeliveryReceipt.builder(
                    "DY1", "CH1", "IM1", DeliveryStatus.UNDELIVERED)
            .participantSid("MB1")
            .channelMessageSid("SM1")
            .errorCode(30003)
            .dateCreated(CREATED)
            .dateUpdated(UPDATED)
            .build();
    private static final UserConversation A_USER_CONVERSATION = new UserConversation(
            ConversationSnapshot.builder("CH1")
                    .serviceSid("IS1")
                    .friendlyName("Team")
                    .uniqueName("team")
                    .state(ConversationState.ACTIVE)
                    .createdBy("bob")
                    .dateCreated(CREATED)
                    .dateUpdated(UPDATED)
                    .mine(new MyConversation(true, NotificationLevel.MUTED, 6))
                    .build(),
            new Unread.Known(3),
            "MB1");

    private static String page(String key, String item) {
        return "{\"%s\": [%s], \"meta\": {\"next_page_url\": \"https://conversations.twilio.com/v1/n?Page=1\"}}"
                .formatted(key, item);
    }

    private static <T> Slice<T> slice(T item) {
        return new Slice<>(List.of(item), "https://conversations.twilio.com/v1/n?Page=1");
    }

    private static Arguments call(
            Function<ConversationsApi, CompletionStage<?>> call,
            String request,
            String form,
            String answer,
            @Nullable Object result) {
        return Arguments.of(request, call, form, answer, result);
    }

    static Stream<Arguments> conversations() {
        return Stream.of(
                call(
                        api -> api.conversations().fetch("team"),
                        "GET /v1/Conversations/team",
                        "",
                        CONVERSATION,
                        A_CONVERSATION),
                call(
                        api -> api.conversations().list(PAGE),
                        "GET /v1/Conversations?PageSize=20",
                        "",
                        page("conversations", CONVERSATION),
                        slice(A_CONVERSATION)),
                call(
                        api -> api.conversations()
                                .create(NewConversation.builder().build()),
                        "POST /v1/Conversations +webhooks",
                        "",
                        CONVERSATION,
                        A_CONVERSATION),
                call(
                        api -> api.conversations()
                                .create(new NewConversation(
                                        "Team",
                                        "team",
                                        Attributes.of("{\"a\":1}"),
                                        ConversationState.INACTIVE,
                                        Duration.ofMinutes(5),
                                        Duration.ofHours(24),
                                        "MG1")),
                        "POST /v1/Conversations +webhooks",
                        "Attributes={\"a\":1}&FriendlyName=Team&MessagingServiceSid=MG1&State=inactive"
                                + "&Timers.Closed=PT24H&Timers.Inactive=PT5M&UniqueName=team",
                        CONVERSATION,
                        A_CONVERSATION),
                call(
                        api -> api.conversations()
                                .update(
                                        "CH1",
                                        ConversationChange.builder()
                                                .friendlyName("")
                                                .attributes(Attributes.EMPTY)
                                                .state(ConversationState.CLOSED)
                                                .inactiveAfter(Duration.ZERO)
                                                .build()),
                        "POST /v1/Conversations/CH1 +webhooks",
                        "Attributes={}&FriendlyName=&State=closed&Timers.Inactive=PT0S",
                        CONVERSATION,
                        A_CONVERSATION),
                call(api -> api.conversations().delete("CH1"), "DELETE /v1/Conversations/CH1 +webhooks", "", "", null));
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                call(
                        api -> api.messages().fetch("CH1", "IM1"),
                        "GET /v1/Conversations/CH1/Messages/IM1",
                        "",
                        MESSAGE,
                        A_MESSAGE),
                call(
                        api -> api.messages().list("CH1", Order.DESCENDING, null, PAGE),
                        "GET /v1/Conversations/CH1/Messages?Order=desc&PageSize=20",
                        "",
                        page("messages", MESSAGE),
                        slice(A_MESSAGE)),
                call(
                        api -> api.messages().send("CH1", NewMessage.text("größer & + 😀\n"), MUTATION),
                        "POST /v1/Conversations/CH1/Messages +webhooks",
                        "Body=größer & + 😀\n",
                        MESSAGE,
                        A_MESSAGE),
                call(
                        api -> api.messages()
                                .send(
                                        "CH1",
                                        new NewMessage(
                                                null,
                                                Attributes.of("{\"a\":1}"),
                                                "alice",
                                                List.of("ME1"),
                                                "HX1",
                                                Map.of("1", "x"),
                                                "Re: a"),
                                        MUTATION),
                        "POST /v1/Conversations/CH1/Messages +webhooks",
                        "Attributes={\"a\":1}&Author=alice&ContentSid=HX1&ContentVariables={\"1\":\"x\"}&MediaSid=ME1"
                                + "&Subject=Re: a",
                        MESSAGE,
                        A_MESSAGE),
                call(
                        api -> api.messages()
                                .update("CH1", "IM1", new MessageChange("b", "bob", Attributes.EMPTY, "s")),
                        "POST /v1/Conversations/CH1/Messages/IM1 +webhooks",
                        "Attributes={}&Author=bob&Body=b&Subject=s",
                        MESSAGE,
                        A_MESSAGE),
                call(
                        api -> api.messages().remove("CH1", "IM1"),
                        "DELETE /v1/Conversations/CH1/Messages/IM1 +webhooks",
                        "",
                        "",
                        null),
                call(
                        api -> api.messages().receipts("CH1", "IM1", PageRequest.first(100)),
                        "GET /v1/Conversations/CH1/Messages/IM1/Receipts?PageSize=50",
                        "",
                        page("delivery_receipts", RECEIPT),
                        slice(A_RECEIPT)));
    }

    static Stream<Arguments> participants() {
        return Stream.of(
                call(
                        api -> api.participants().fetch("CH1", "alice@x"),
                        "GET /v1/Conversations/CH1/Participants/alice%40x",
                        "",
                        PARTICIPANT,
                        A_PARTICIPANT),
                call(
                        api -> api.participants().list("CH1", PAGE),
                        "GET /v1/Conversations/CH1/Participants?PageSize=20",
                        "",
                        page("participants", PARTICIPANT),
                        slice(A_PARTICIPANT)),
                call(
                        api -> api.participants().add("CH1", NewParticipant.chat("alice")),
                        "POST /v1/Conversations/CH1/Participants +webhooks",
                        "Identity=alice",
                        PARTICIPANT,
                        A_PARTICIPANT),
                call(
                        api -> api.participants()
                                .add(
                                        "CH1",
                                        new NewParticipant(
                                                null,
                                                new MessagingBinding(null, "+1", "+2", "+3"),
                                                Attributes.of("{\"a\":1}"),
                                                "RL1")),
                        "POST /v1/Conversations/CH1/Participants +webhooks",
                        "Attributes={\"a\":1}&MessagingBinding.Address=+1&MessagingBinding.ProjectedAddress=+3"
                                + "&MessagingBinding.ProxyAddress=+2&RoleSid=RL1",
                        PARTICIPANT,
                        A_PARTICIPANT),
                call(
                        api -> api.participants()
                                .update("CH1", "MB1", new ParticipantChange(Attributes.EMPTY, "RL1", "+2", "")),
                        "POST /v1/Conversations/CH1/Participants/MB1 +webhooks",
                        "Attributes={}&MessagingBinding.ProjectedAddress=null&MessagingBinding.ProxyAddress=+2&RoleSid=RL1",
                        PARTICIPANT,
                        A_PARTICIPANT),
                call(
                        api -> api.participants().remove("CH1", "MB1"),
                        "DELETE /v1/Conversations/CH1/Participants/MB1 +webhooks",
                        "",
                        "",
                        null));
    }

    static Stream<Arguments> users() {
        return Stream.of(
                call(api -> api.users().fetch("alice"), "GET /v1/Users/alice", "", USER, A_USER),
                call(
                        api -> api.users().list(PAGE),
                        "GET /v1/Users?PageSize=20",
                        "",
                        page("users", USER),
                        slice(A_USER)),
                call(
                        api -> api.users().update("US1", new UserChange("Al", Attributes.EMPTY, "RL2")),
                        "POST /v1/Users/US1 +webhooks",
                        "Attributes={}&FriendlyName=Al&RoleSid=RL2",
                        USER,
                        A_USER));
    }

    static Stream<Arguments> mine() {
        return Stream.of(
                call(
                        api -> api.mine("alice").list(PageRequest.first(100)),
                        "GET /v1/Users/alice/Conversations?PageSize=50",
                        "",
                        page("conversations", USER_CONVERSATION),
                        slice(A_USER_CONVERSATION)),
                call(
                        api -> api.mine("alice").fetch("team"),
                        "GET /v1/Users/alice/Conversations/team",
                        "",
                        USER_CONVERSATION,
                        A_USER_CONVERSATION),
                call(
                        api -> api.mine("alice").join("CH1"),
                        "POST /v1/Conversations/CH1/Participants +webhooks",
                        "Identity=alice",
                        PARTICIPANT,
                        A_PARTICIPANT),
                call(
                        api -> api.mine("alice").leave("CH1"),
                        "DELETE /v1/Conversations/CH1/Participants/alice +webhooks",
                        "",
                        "",
                        null),
                call(
                        api -> api.mine("alice").setNotificationLevel("CH1", NotificationLevel.MUTED),
                        "POST /v1/Users/alice/Conversations/CH1",
                        "NotificationLevel=muted",
                        USER_CONVERSATION,
                        null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"conversations", "messages", "participants", "users", "mine"})
    void everyCallAsksForTheRightThingAndUnderstandsTheAnswer(
            String expected,
            Function<ConversationsApi, CompletionStage<?>> call,
            String form,
            String answer,
            @Nullable Object result)
            throws Exception {
        server.enqueue(answer(answer.isEmpty() ? 204 : 200, answer));

        Object given = await(call.apply(new RestConversationsApi(client())).toCompletableFuture());

        RecordedRequest request = taken();
        String webhooks = "true".equals(request.getHeaders().get("X-Twilio-Webhook-Enabled")) ? " +webhooks" : "";
        assertThat(request.getMethod() + ' ' + request.getTarget() + webhooks).isEqualTo(expected);
        assertThat(form(request)).isEqualTo(form);
        assertThat(given).isEqualTo(result);
    }

    /** The form, decoded, sorted by name: the order on the wire is that of a hash map and means nothing. */
    private static String form(RecordedRequest request) {
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        if (body.isEmpty()) {
            return "";
        }
        HttpUrl asQuery = HttpUrl.get("http://x/?" + body.replace("+", "%20"));
        return String.join(
                "&",
                asQuery.queryParameterNames().stream()
                        .sorted()
                        .map(name -> name + '=' + asQuery.queryParameter(name))
                        .toList());
    }

    @Test
    void aWriteIsSilentIfWebhooksAreSwitchedOff() throws Exception {
        server.enqueue(answer(201, MESSAGE));

        await(new RestConversationsApi(client(options -> options.webhooks(false)))
                .messages()
                .send("CH1", NewMessage.text("x"), MUTATION)
                .toCompletableFuture());

        assertThat(taken().getHeaders().get("X-Twilio-Webhook-Enabled")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, -1})
    void readingMovesTheParticipantAndCountsAnew(int index) throws Exception {
        server.enqueue(answer(200, PARTICIPANT));
        server.enqueue(answer(200, USER_CONVERSATION));

        Unread unread = await(new RestConversationsApi(client())
                .mine("alice")
                .setLastReadMessageIndex("CH1", index < 0 ? null : index)
                .toCompletableFuture());

        assertThat(unread).isEqualTo(new Unread.Known(3));
        RecordedRequest moved = taken();
        assertThat(moved.getTarget()).isEqualTo("/v1/Conversations/CH1/Participants/alice");
        assertThat(moved.getBody().utf8()).isEqualTo("LastReadMessageIndex=" + (index < 0 ? "null" : index));
        assertThat(moved.getHeaders().get("X-Twilio-Webhook-Enabled")).isEqualTo("true");
        assertThat(taken().getTarget()).isEqualTo("/v1/Users/alice/Conversations/CH1");
    }

    @Test
    void aUserConversationWithoutHorizonOrCountIsNeverRead() throws Exception {
        server.enqueue(answer(200, "{\"conversation_sid\": \"CH1\", \"unread_messages_count\": null}"));

        UserConversation conversation = await(
                new RestConversationsApi(client()).mine("alice").fetch("CH1").toCompletableFuture());

        assertThat(conversation.unread()).isEqualTo(Unread.NEVER_READ);
        assertThat(conversation.conversation().mine()).isEqualTo(new MyConversation(true, null, null));
        assertThat(conversation.conversation().state()).isEqualTo(ConversationState.UNKNOWN);
    }

    @Test
    void whatOnlyAParticipantsClientCanDoIsRefusedWithoutACall() throws Exception {
        ConversationsApi api = new RestConversationsApi(client());

        assertThat(failure(api.mine("alice").typing("CH1").toCompletableFuture()))
                .isInstanceOf(UnsupportedByClientException.class)
                .hasMessageContaining("Use a participant's client");
        NewMessage twoFiles =
                NewMessage.builder().mediaSids(List.of("ME1", "ME2")).build();
        assertThat(failure(api.messages().send("CH1", twoFiles, MUTATION).toCompletableFuture()))
                .isInstanceOf(UnsupportedByClientException.class)
                .hasMessageContaining("REST takes one file per message, not 2");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aFailureNamesWhatWasTried() throws Exception {
        server.enqueue(answer(409, "{\"code\": 50433, \"message\": \"Participant already exists\", \"status\": 409}"));

        assertThat(failure(new RestConversationsApi(client())
                        .participants()
                        .add("CH1", NewParticipant.chat("alice"))
                        .toCompletableFuture()))
                .isInstanceOf(ConflictException.class)
                .hasMessage(
                        "add participant alice to conversation CH1: Twilio answered HTTP 409, error 50433: Participant"
                                + " already exists. Read the current state before trying again");
    }

    private static String messages(@Nullable String next, int... indexes) {
        String items = Arrays.stream(indexes)
                .mapToObj(index ->
                        "{\"sid\": \"IM%d\", \"conversation_sid\": \"CH1\", \"index\": %d}".formatted(index, index))
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        return "{\"messages\": [%s], \"meta\": {\"next_page_url\": %s}}"
                .formatted(items, next == null ? "null" : "\"https://conversations.twilio.com/v1/m?p=" + next + '"');
    }

    @Test
    void messagesFromAnIndexOnSkipPages() throws Exception {
        ConversationsApi.Messages messages = new RestConversationsApi(client()).messages();
        server.enqueue(answer(200, messages("1", 0, 1)));
        server.enqueue(answer(200, messages("2", 2, 5)));

        Slice<Message> up = await(
                messages.list("CH1", Order.ASCENDING, 4, PageRequest.first(2)).toCompletableFuture());

        assertThat(up.items()).extracting(Message::index).containsExactly(5);
        server.takeRequest();
        server.takeRequest();
        server.enqueue(answer(200, messages(null, 7, 8)));
        Slice<Message> on = await(
                messages.list("CH1", Order.ASCENDING, 4, PageRequest.first(2).after(up.next()))
                        .toCompletableFuture());
        assertThat(on.items()).extracting(Message::index).containsExactly(7, 8);
        assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/m?p=2");

        server.enqueue(answer(200, messages("1", 9, 8)));
        server.enqueue(answer(200, messages(null, 5, 2)));

        Slice<Message> down = await(
                messages.list("CH1", Order.DESCENDING, 4, PageRequest.first(2)).toCompletableFuture());

        assertThat(down.items()).extracting(Message::index).containsExactly(2);
        assertThat(down.next()).isNull();
    }

    @Test
    void linksThatGoRoundInACircleEnd() throws Exception {
        ConversationsApi.Messages messages = new RestConversationsApi(client()).messages();
        server.enqueue(answer(200, messages("1", 0)));
        server.enqueue(answer(200, messages("2", 1)));
        server.enqueue(answer(200, messages("1", 0)));
        PageRequest page = PageRequest.first(2);

        Slice<Message> none =
                await(messages.list("CH1", Order.ASCENDING, 100, page).toCompletableFuture());
        assertThat(none.items()).isEmpty();
        assertThat(none.next()).isNull();
        assertThat(server.getRequestCount()).isEqualTo(3);

        server.enqueue(answer(200, messages("1", 0)));
        server.enqueue(answer(200, messages("2", 1)));
        server.enqueue(answer(200, messages("1", 2)));
        assertThat(await(messages.count("CH1").toCompletableFuture())).isEqualTo(3);

        server.enqueue(answer(200, messages("1", 3)));
        String link = "https://conversations.twilio.com/v1/m?p=1";
        Slice<Message> itself = await(
                messages.list("CH1", Order.ASCENDING, null, page.after(link)).toCompletableFuture());
        assertThat(itself.items()).hasSize(1);
        assertThat(itself.next()).isNull();
    }
}
