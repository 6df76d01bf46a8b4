package io.github.conversations4j.internal.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.OutcomeUnknownException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Followed;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.commands.MessagesAround;
import io.github.conversations4j.internal.realtime.FakeService.FakeConversation;
import io.github.conversations4j.internal.realtime.FakeTwilio.Answer;
import io.github.conversations4j.internal.realtime.FakeTwilio.Seen;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.UserChange;
import io.github.conversations4j.model.UserConversation;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelApiTest {
    private static final String CH = "CH0123456789abcdef0123456789abcdef";
    private static final String MESSAGE = "{\"sid\":\"IM1\",\"conversation_sid\":\"" + CH
            + "\",\"index\":7,\"author\":\"alice\",\"body\":\"grüß\",\"attributes\":\"{}\"}";

    private final ManualTime time = new ManualTime();
    private final SettableClock clock = new SettableClock(time);
    private final FakeTwilio twilio = new FakeTwilio();
    private final FakeService service = new FakeService(twilio);
    private final RealtimeConnection connection = new RealtimeConnection(
            RealtimeOptions.at("http://localhost:1"),
            () -> "token",
            twilio.channels,
            new SourceContext(new Accepting(), clock, time, new SplittableRandom(3), Runnable::run));
    private final ConversationsApi api = connection.api();

    @AfterEach
    void leavesNothing() {
        connection.close(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(3));
        assertThat(time.pending()).as("timers after the end").isZero();
    }

    private void start() {
        connection.start();
        twilio.accept();
        settle();
        twilio.seen.clear();
    }

    private void settle() {
        for (int i = 0; i < 20; i++) {
            twilio.serve();
            time.advance(Duration.ofMillis(10));
        }
        twilio.serve();
    }

    private <T> T answer(CompletionStage<T> stage) {
        twilio.serve();
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertThat(future).isDone();
        return future.join();
    }

    private Throwable failure(CompletionStage<?> stage) {
        twilio.serve();
        CompletableFuture<?> future = stage.toCompletableFuture();
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("completed");
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    // ---- messages

    @Test
    void sendsAMessageOnceUnderItsMutationId() {
        start();
        twilio.on("POST", "/c/" + CH + "/Messages", request -> new Answer(201, MESSAGE));
        NewMessage message = NewMessage.text("grüß");
        Message sent = answer(api.messages().send(CH, message, "mutation-1"));

        assertThat(sent.index()).isEqualTo(7);
        assertThat(sent.body()).isEqualTo("grüß");
        Seen request = twilio.seen.get(0);
        assertThat(request.json()).hasToString("{\"body\":\"grüß\",\"attributes\":\"{}\"}");
        assertThat(request.headers().get("X-Twilio-Mutation-Id").textValue()).isEqualTo("mutation-1");
    }

    @Test
    void readsWhatAMutationHasDoneBefore() {
        start();
        twilio.on("POST", "/c/.*", request -> new Answer(202, "{\"resource_url\":\"https://aim.example/done\"}"));
        twilio.on("GET", "/done", request -> Answer.ok(MESSAGE));

        assertThat(answer(api.messages().send(CH, NewMessage.text("x"), "m")).sid())
                .isEqualTo("IM1");
    }

    @Test
    void doesNotTakeForRefusedWhatAMutationHasDoneBefore() {
        start();
        twilio.on("POST", "/c/.*", request -> new Answer(202, "{\"resource_url\":\"https://aim.example/done\"}"));
        twilio.on("GET", "/done", request -> new Answer(404, "{\"code\":20404,\"message\":\"not found\"}"));

        assertThat(failure(api.messages().send(CH, NewMessage.text("x"), "m")))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("it was carried out")
                .hasCauseInstanceOf(NotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Documents/CHclosed.channel", "Lists/CHclosed.messages", "Maps/CHclosed.roster"})
    void waitsForNoConversationThatMayNotBeRead(String path) {
        service.joined("CHclosed", "bob");
        service.joined("CHopen", "bob");
        boolean[] allowed = new boolean[1];
        twilio.on("GET", "/v3/" + path, request -> {
            if (!allowed[0]) {
                return new Answer(403, "{\"code\":54007}");
            }
            String name = path.substring(path.indexOf('/') + 1);
            return Answer.ok(twilio.find(name).root(true));
        });
        connection.start();
        twilio.accept();
        CompletionStage<Optional<List<Followed>>> all = api.mine(null).followed();
        settle();
        assertThat(sids(answer(all))).containsExactly("CHopen");
        assertThat(answer(api.mine(null).followed("CHclosed"))).isEmpty();

        allowed[0] = true;
        twilio.drop();
        time.advance(Duration.ofSeconds(2));
        twilio.accept();
        settle();
        assertThat(sids(answer(api.mine(null).followed()))).containsExactly("CHclosed", "CHopen");
        assertThat(answer(api.mine(null).followed("CHclosed"))).isPresent();
    }

    private static List<String> sids(Optional<List<Followed>> followed) {
        return followed.orElseThrow().stream()
                .map(one -> one.conversation().sid())
                .toList();
    }

    @Test
    void waitsForTheConversationInQuestionOnly() {
        service.joined("CHslow", "bob");
        service.joined("CHquick", "bob");
        boolean[] answers = new boolean[1];
        twilio.on(
                "GET",
                "/v3/Maps/CHslow.roster",
                request -> answers[0] ? Answer.ok(twilio.find("CHslow.roster").root(true)) : null);
        connection.start();
        twilio.accept();
        CompletionStage<Optional<Followed>> quick = api.mine(null).followed("CHquick");
        CompletionStage<Optional<Followed>> slow = api.mine(null).followed("CHslow");
        CompletionStage<Optional<Followed>> none = api.mine(null).followed("CHnone");
        settle();

        assertThat(answer(quick)).isPresent();
        assertThat(answer(none)).isEmpty();
        assertThat(slow.toCompletableFuture()).isNotDone();
        answers[0] = true;
        twilio.drop();
        time.advance(Duration.ofSeconds(2));
        twilio.accept();
        settle();
        assertThat(answer(slow)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"/done\"", "null", "7", "{}"})
    void takesForCarriedOutWhatHasNoAddress(String address) {
        start();
        twilio.on("POST", "/my/" + CH, request -> new Answer(202, "{\"resource_url\":" + address + "}"));
        twilio.on("GET", "/my/" + CH, request -> Answer.ok("{\"unread_messages_count\":3}"));
        twilio.on("POST", "/c/.*", request -> new Answer(202, "{\"resource_url\":" + address + "}"));
        twilio.on("DELETE", "/c/.*", request -> new Answer(202, "{\"resource_url\":" + address + "}"));

        answer(api.mine(null).setNotificationLevel(CH, NotificationLevel.MUTED));
        answer(api.messages().remove(CH, "IM1"));
        assertThat(answer(api.mine(null).setLastReadMessageIndex(CH, 5))).isEqualTo(Unread.of(3));
        assertThat(failure(api.messages().send(CH, NewMessage.text("x"), "m")))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("it was carried out");
    }

    @Test
    void takesNoAnswerForNeverRead() {
        start();
        twilio.on("POST", "/my/" + CH, request -> Answer.ok("{\"conversation_sid\":\"" + CH + "\"}"));
        twilio.on("GET", "/my/" + CH, request -> Answer.ok("{\"unread_messages_count\":3}"));
        assertThat(answer(api.mine(null).setLastReadMessageIndex(CH, 5))).isEqualTo(Unread.of(3));

        twilio.on("GET", "/my/" + CH, request -> Answer.ok("{\"conversation_sid\":\"" + CH + "\"}"));
        assertThat(failure(api.mine(null).setLastReadMessageIndex(CH, 5)))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("it was carried out")
                .hasMessageContaining("unread_messages_count");
    }

    @Test
    void saysThatNobodyKnowsWhetherAMessageWasSent() {
        start();
        twilio.on("POST", "/c/.*", request -> null);
        CompletionStage<Message> cut = api.messages().send(CH, NewMessage.text("x"), "m");
        twilio.serve();
        twilio.drop();
        assertThat(failure(cut)).isInstanceOf(OutcomeUnknownException.class);
        time.advance(Duration.ofSeconds(2));
        twilio.accept();

        twilio.on("POST", "/c/.*", request -> new Answer(500, "<html>"));
        assertThat(failure(api.messages().send(CH, NewMessage.text("x"), "m")))
                .isInstanceOf(OutcomeUnknownException.class);
        twilio.on("POST", "/c/.*", request -> Answer.ok("{}"));
        assertThat(failure(api.messages().send(CH, NewMessage.text("x"), "m")))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("carried out");
    }

    @Test
    void sendsAgainOnlyWhatTheServerDidNotTakeOn() {
        start();
        int[] calls = new int[1];
        twilio.on("POST", "/c/.*", request -> ++calls[0] < 3 ? new Answer(429, "{}") : new Answer(201, MESSAGE));
        CompletionStage<Message> sent = api.messages().send(CH, NewMessage.text("x"), "m");
        for (int i = 0; i < 4; i++) {
            twilio.serve();
            time.advance(Duration.ofSeconds(2));
        }

        assertThat(answer(sent).sid()).isEqualTo("IM1");
        assertThat(calls[0]).isEqualTo(3);
    }

    @Test
    void writesAsItselfOnly() {
        start();
        NewMessage forged = new NewMessage("x", Attributes.EMPTY, "bob", List.of(), null, java.util.Map.of(), null);

        assertThat(failure(api.messages().send(CH, forged, "m"))).isInstanceOf(UnsupportedByClientException.class);
        assertThat(twilio.seen).isEmpty();
    }

    @Test
    void pagesThroughMessagesBothWays() {
        FakeConversation general = service.joined(CH, "bob");
        for (int i = 0; i < 25; i++) {
            if (i != 12) {
                general.messages.holding(String.valueOf(i), general.message(i, "bob", "m" + i));
            }
        }
        start();

        assertThat(indexes(Order.ASCENDING, null)).hasSize(24).startsWith(0, 1).isSorted();
        assertThat(indexes(Order.DESCENDING, null)).hasSize(24).startsWith(24, 23);
        assertThat(indexes(Order.ASCENDING, 20)).containsExactly(20, 21, 22, 23, 24);
        assertThat(indexes(Order.DESCENDING, 12)).hasSize(12).startsWith(11);
        assertThat(twilio.seen("GET", "/c/.*"))
                .as("the list is followed, so nothing else is read")
                .isEmpty();
    }

    @Test
    void asksForNothingBehindTheLastIndexThatThereCanBe() {
        FakeConversation general = service.joined(CH, "bob");
        for (int i = 0; i < 4; i++) {
            general.messages.holding(String.valueOf(i), general.message(i, "bob", "m" + i));
        }
        start();

        assertThat(answer(new MessagesAround(api.messages(), CH, 2).find(Integer.MAX_VALUE)))
                .extracting(Message::index)
                .containsExactly(2, 3);
        assertThat(twilio.seen("GET", "/v3/Lists/.*"))
                .extracting(request -> request.params().path("From").asText())
                .containsExactly(String.valueOf(Integer.MAX_VALUE));
    }

    private List<Integer> indexes(Order order, Integer from) {
        List<Integer> indexes = new ArrayList<>();
        PageRequest page = PageRequest.first(10);
        while (true) {
            Slice<Message> slice = answer(api.messages().list(CH, order, from, page));
            slice.items().forEach(message -> indexes.add(message.index()));
            if (slice.next() == null) {
                return indexes;
            }
            page = page.after(slice.next());
        }
    }

    @Test
    void goesOnBehindAPageOfWhichNothingCanBeRead() {
        FakeConversation general = service.joined(CH);
        for (int i = 0; i < 45; i++) {
            boolean readable = i < 11 || i > 30;
            general.messages.holding(String.valueOf(i), readable ? general.message(i, "bob", "hi " + i) : "{}");
        }
        start();

        assertThat(indexes(Order.ASCENDING, null)).hasSize(25).startsWith(0, 1).endsWith(43, 44);
        assertThat(indexes(Order.DESCENDING, null))
                .hasSize(25)
                .startsWith(44, 43)
                .endsWith(1, 0);
    }

    @Test
    void readsMessagesOfAConversationThatIsNotFollowed() {
        FakeConversation other = service.conversation(CH);
        other.messages.holding("0", other.message(0, "bob", "hi"));
        twilio.on(
                "GET",
                "/c/" + CH,
                request -> Answer.ok(
                        "{\"sid\":\"%s\",\"messages_count\":1,\"sync_objects\":{\"conversation\":\"%s.channel\"}}"
                                .formatted(CH, CH)));
        start();

        assertThat(answer(api.messages().list(CH, Order.ASCENDING, null, PageRequest.first(10)))
                        .items())
                .extracting(Message::body)
                .containsExactly("hi");
        assertThat(answer(api.messages().count(CH))).isEqualTo(1);
    }

    // ---- conversations

    @Test
    void fetchesAConversationAndAddsWhatOnlySyncKnows() {
        FakeConversation general = service.joined(CH, "bob");
        general.document.data = FakeTwilio.parse(general.data("general", 4));
        start();
        twilio.on(
                "GET",
                "/c/" + CH,
                request -> Answer.ok("{\"sid\":\"" + CH + "\",\"friendly_name\":\"newer\",\"state\":\"active\"}"));
        ConversationSnapshot found = answer(api.conversations().fetch(CH));

        assertThat(found.friendlyName()).isEqualTo("newer");
        assertThat(found.lastMessage().index()).isEqualTo(4);
        assertThat(found.mine().joined()).isTrue();
    }

    @Test
    void fetchesAConversationByItsUniqueName() {
        start();
        twilio.on(
                "GET",
                "/my/the room/1",
                request -> Answer.ok("{\"conversation_sid\":\"" + CH + "\",\"unique_name\":\"the room/1\"}"));

        assertThat(answer(api.conversations().fetch("the room/1")).sid()).isEqualTo(CH);
    }

    @Test
    void saysThatAConversationIsNotThere() {
        start();
        twilio.on(
                "GET",
                "/c/.*",
                request -> new Answer(404, "{\"status\":404,\"code\":20404,\"message\":\"not found\"}"));

        assertThat(failure(api.conversations().fetch(CH)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(CH)
                .hasMessageContaining("20404");
    }

    @Test
    void createsUpdatesAndDeletesConversations() {
        start();
        twilio.on("POST", "/c", request -> new Answer(201, "{\"sid\":\"" + CH + "\"}"));
        twilio.on("POST", "/c/" + CH, request -> Answer.ok("{}"));
        twilio.on("GET", "/c/" + CH, request -> Answer.ok("{\"sid\":\"" + CH + "\",\"friendly_name\":\"b\"}"));
        twilio.on("DELETE", "/c/" + CH, request -> new Answer(204, ""));
        NewConversation room =
                NewConversation.builder().friendlyName("a").uniqueName("u").build();
        assertThat(answer(api.conversations().create(room)).sid()).isEqualTo(CH);
        ConversationChange change =
                ConversationChange.builder().friendlyName("b").uniqueName("").build();
        assertThat(answer(api.conversations().update(CH, change)).friendlyName())
                .isEqualTo("b");
        answer(api.conversations().delete(CH));

        assertThat(twilio.seen.stream().map(request -> request.describe() + " " + request.body()))
                .containsExactly(
                        "POST /c {\"attributes\":\"{}\",\"friendly_name\":\"a\",\"unique_name\":\"u\"}",
                        "POST /c/" + CH + " {\"friendly_name\":\"b\"}",
                        "POST /c/" + CH + " {\"unique_name\":\"\"}",
                        "GET /c/" + CH + " ",
                        "DELETE /c/" + CH + " {}");
    }

    @Test
    void refusesWhatOnlyABackEndCan() {
        start();

        assertThat(failure(api.conversations().list(PageRequest.first(10))))
                .isInstanceOf(UnsupportedByClientException.class);
        assertThat(failure(api.users().list(PageRequest.first(10)))).isInstanceOf(UnsupportedByClientException.class);
        assertThat(failure(api.roles().list(PageRequest.first(10)))).isInstanceOf(UnsupportedByClientException.class);
        assertThat(failure(api.mine("bob").leave(CH)))
                .isInstanceOf(UnsupportedByClientException.class)
                .hasMessageContaining("alice");
        assertThat(twilio.seen).isEmpty();
    }

    // ---- participants and users

    @Test
    void listsParticipantsInPages() {
        FakeConversation general = service.joined(CH);
        for (int i = 0; i < 25; i++) {
            general.roster.holding("MB" + (100 + i), general.participant("user" + i));
        }
        start();
        List<Participant> all = new ArrayList<>();
        PageRequest page = PageRequest.first(10);
        while (true) {
            Slice<Participant> slice = answer(api.participants().list(CH, page));
            all.addAll(slice.items());
            if (slice.next() == null) {
                break;
            }
            page = page.after(slice.next());
        }

        assertThat(all).hasSize(26).extracting(Participant::sid).doesNotHaveDuplicates();
    }

    @Test
    void joinsAndLeavesAndAdds() {
        start();
        twilio.on(
                "POST",
                "/c/" + CH + "/Participants",
                request -> new Answer(
                        201,
                        "{\"sid\":\"MB1\",\"conversation_sid\":\"" + CH + "\",\"identity\":"
                                + request.json().get("identity") + "}"));
        twilio.on("DELETE", "/c/" + CH + "/Participants/.*", request -> new Answer(204, ""));

        assertThat(answer(api.mine(null).join(CH)).identity()).isEqualTo("alice");
        assertThat(answer(api.participants().add(CH, NewParticipant.chat("bob")))
                        .identity())
                .isEqualTo("bob");
        answer(api.mine("alice").leave(CH));
        assertThat(twilio.seen.get(2).path()).isEqualTo("/c/" + CH + "/Participants/alice");
    }

    @Test
    void createsWithPeopleThoughSomeAreThereAlready() {
        start();
        twilio.on("POST", "/c", request -> new Answer(201, "{\"sid\":\"" + CH + "\"}"));
        twilio.on(
                "POST",
                "/c/" + CH + "/Participants",
                request ->
                        new Answer(409, "{\"code\":50433,\"message\":\"Participant already exists\",\"status\":409}"));
        twilio.on(
                "GET",
                "/c/" + CH + "/Participants/.*",
                request -> Answer.ok("{\"sid\":\"MB1\",\"conversation_sid\":\"" + CH + "\"}"));
        List<NewParticipant> people = List.of(NewParticipant.chat("bob"), NewParticipant.chat("alice"));

        ConversationSnapshot made =
                answer(api.conversations().createWith(NewConversation.builder().build(), people));

        assertThat(made.sid()).isEqualTo(CH);
        assertThat(twilio.seen.stream()
                        .filter(request -> request.describe().startsWith("POST /c/"))
                        .map(request -> request.json().get("identity").textValue()))
                .containsExactly("alice", "bob");
    }

    @Test
    void readsAndChangesUsersAndFollowsThem() {
        start();
        twilio.object("map", "MPbob", "US2.info", 0)
                .holding("friendlyName", "{\"value\":\"Bob\"}")
                .holding("attributes", "{\"value\":\"{}\"}");
        twilio.on(
                "GET",
                "/u/bob",
                request -> Answer.ok("{\"identity\":\"bob\",\"sync_objects\":{\"user_info_map\":\"US2.info\"}}"));
        twilio.on("POST", "/u/bob", request -> Answer.ok("{}"));

        assertThat(answer(api.users().fetch("bob")).friendlyName()).isEqualTo("Bob");
        assertThat(answer(api.users().fetch("bob")).friendlyName()).isEqualTo("Bob");
        assertThat(twilio.seen("GET", "/u/bob")).hasSize(1);
        assertThat(answer(api.users().fetch("alice")).friendlyName()).isEqualTo("Alice");
        UserChange change = UserChange.builder().friendlyName("Bobby").build();
        assertThat(answer(api.users().update("bob", change)).friendlyName()).isEqualTo("Bobby");
    }

    // ---- mine

    @Test
    void listsTheOwnConversationsWithWhatIsUnread() {
        FakeConversation read = service.joined("CHread", "bob");
        read.document.data = FakeTwilio.parse(read.data("read", 4));
        service.mine.holding("CHread", item("CHread", "4"));
        FakeConversation behind = service.joined("CHunread", "bob");
        behind.document.data = FakeTwilio.parse(behind.data("behind", 9));
        service.mine.holding("CHunread", item("CHunread", "4"));
        service.joined("CHvirgin", "bob");
        twilio.on(
                "GET",
                "/my/CHunread",
                request -> Answer.ok("{\"conversation_sid\":\"CHunread\",\"unread_messages_count\":3}"));
        start();
        Slice<UserConversation> slice = answer(api.mine(null).list(PageRequest.first(50)));

        assertThat(slice.items())
                .extracting(entry -> entry.conversation().friendlyName() + " " + entry.unread())
                .containsExactly(
                        "read " + Unread.of(0), "behind " + Unread.of(3), "chat CHvirgin " + Unread.NEVER_READ);
        assertThat(twilio.seen("GET", "/my/.*")).hasSize(1);
    }

    private static String item(String sid, String lastRead) {
        return "{\"channel\":\"%s.channel\",\"status\":\"joined\",\"lastConsumedMessageIndex\":%s}"
                .formatted(sid, lastRead);
    }

    @Test
    void setsTheReadHorizonAndRepeatsThatAfterADrop() {
        start();
        twilio.on("POST", "/my/" + CH, request -> null);
        CompletionStage<Unread> set = api.mine(null).setLastReadMessageIndex(CH, 5);
        twilio.serve();
        twilio.drop();
        assertThat(set.toCompletableFuture()).isNotDone();
        twilio.on("POST", "/my/" + CH, request -> Answer.ok("{\"unread_messages_count\":2}"));
        time.advance(Duration.ofSeconds(2));
        twilio.accept();

        assertThat(answer(set)).isEqualTo(Unread.of(2));
        assertThat(twilio.seen("POST", "/my/.*"))
                .extracting(Seen::body)
                .containsExactly("{\"last_read_message_index\":5}", "{\"last_read_message_index\":5}");
        answer(api.mine(null).setLastReadMessageIndex(CH, null));
        answer(api.mine(null).setNotificationLevel(CH, NotificationLevel.MUTED));
        assertThat(twilio.seen.get(twilio.seen.size() - 1).body()).isEqualTo("{\"notification_level\":\"muted\"}");
    }

    @Test
    void saysThatItTypesAsOftenAsTheServerWants() {
        start();
        twilio.on("POST", "/typing", request -> Answer.ok("{\"typing_timeout\":8}"));
        for (int i = 0; i < 17; i++) {
            assertThat(answer(api.mine(null).typing(CH))).isEqualTo(8);
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(twilio.seen("POST", "/typing")).hasSize(3).allSatisfy(request -> {
            assertThat(request.body()).isEqualTo("ChannelSid=" + CH);
            assertThat(request.headers().get("Content-Type").textValue())
                    .isEqualTo("application/x-www-form-urlencoded");
        });
    }

    @Test
    void saysThatItTypesThoughTheClockIsSetBack() {
        start();
        twilio.on("POST", "/typing", request -> Answer.ok("{\"typing_timeout\":8}"));
        answer(api.mine(null).typing(CH));
        clock.setBack(Duration.ofHours(1));
        for (int i = 0; i < 9; i++) {
            answer(api.mine(null).typing(CH));
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(twilio.seen("POST", "/typing")).hasSize(2);
    }

    @Test
    void saysAgainThatItTypesWhenThatFailed() {
        start();
        twilio.on("POST", "/typing", request -> new Answer(403, "{\"code\":50430}"));
        failure(api.mine(null).typing(CH));
        twilio.on("POST", "/typing", request -> Answer.ok("{\"typing_timeout\":5}"));

        assertThat(answer(api.mine(null).typing(CH))).isEqualTo(5);
    }

    // ---- waiting

    @Test
    void waitsForTheConnectionButNotForEver() {
        connection.start();
        CompletionStage<ConversationSnapshot> early = api.conversations().fetch(CH);
        CompletionStage<ConversationSnapshot> tooEarly = api.conversations().fetch(CH);
        twilio.on("GET", "/c/.*", request -> Answer.ok("{\"sid\":\"" + CH + "\"}"));
        twilio.accept();
        settle();
        assertThat(answer(early).sid()).isEqualTo(CH);
        assertThat(answer(tooEarly).sid()).isEqualTo(CH);
    }

    @Test
    void givesUpWaitingForAConnection() {
        connection.start();
        CompletionStage<ConversationSnapshot> early = api.conversations().fetch(CH);
        time.advance(Duration.ofSeconds(20));

        assertThat(failure(early)).isInstanceOf(CallTimeoutException.class).hasMessageContaining("Nothing was sent");
    }

    @Test
    void failsAtOnceWhenTheClientIsClosed() {
        connection.start();
        CompletionStage<ConversationSnapshot> waiting = api.conversations().fetch(CH);
        connection.close(Duration.ofSeconds(1));

        assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
        assertThat(failure(api.conversations().fetch(CH))).isInstanceOf(ClientClosedException.class);
    }

    private static final class Accepting implements Sink {
        @Override
        public Offer offer(ConversationsEvent event) {
            return Offer.ACCEPTED;
        }

        @Override
        public void markIncomplete(String conversationSid) {
            throw new AssertionError(conversationSid);
        }
    }
}
