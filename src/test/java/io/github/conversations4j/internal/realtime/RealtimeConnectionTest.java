package io.github.conversations4j.internal.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.TypingStarted;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.realtime.FakeService.FakeConversation;
import io.github.conversations4j.internal.realtime.FakeTwilio.Answer;
import io.github.conversations4j.internal.realtime.session.OddInput;
import io.github.conversations4j.internal.realtime.session.SessionSettings;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationSnapshot.LastMessage;
import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealtimeConnectionTest {
    private final ManualTime time = new ManualTime();
    private final FakeTwilio twilio = new FakeTwilio();
    private final FakeService service = new FakeService(twilio);
    private final EventRecorder sink = new EventRecorder();
    private final RealtimeOptions options = RealtimeOptions.at("http://localhost:1")
            .with(SessionSettings.DEFAULT.withBackoff(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 0)));
    private int fetched;
    private boolean mayBeIncomplete;
    private final RealtimeConnection connection = new RealtimeConnection(
            options,
            () -> "token-" + ++fetched,
            twilio.channels,
            new SourceContext(sink, time, time, new SplittableRandom(3), Runnable::run));

    @AfterEach
    void leavesNothing() {
        connection.close(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(3));
        assertThat(time.pending()).as("timers after the end").isZero();
        assertThat(twilio.channels.closed).isTrue();
        if (!mayBeIncomplete) {
            assertThat(sink.incomplete).isEmpty();
        }
    }

    private void start() {
        connection.start();
        time.advance(Duration.ZERO);
        twilio.accept();
        settle();
        sink.taken();
    }

    /** Lets all that is due happen, and the server answer. */
    private void settle() {
        for (int i = 0; i < 40; i++) {
            twilio.serve();
            time.advance(Duration.ofMillis(10));
        }
        twilio.serve();
    }

    private void reconnect() {
        twilio.drop();
        time.advance(Duration.ofSeconds(1));
        twilio.accept();
        settle();
    }

    @Test
    void findsNothingOddInWhatAServerUsuallyDoes() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        general.says("bob", "hi");
        general.document.updateLive(general.data("renamed", 1));
        twilio.notify(
                "twilio.ipmsg.typing_indicator", "{\"channel_sid\":\"CH1\",\"identity\":\"bob\",\"typing_timeout\":6}");
        reconnect();
        general.says("bob", "hi again");
        settle();

        assertThat(sink.messages("CH1")).hasSize(2);
        assertThat(connection.oddInput()).hasToString(new OddInput().toString());
    }

    @Test
    void countsASignOfTypingThatNamesNobody() {
        start();
        twilio.notify("twilio.ipmsg.typing_indicator", "{\"channel_sid\":\"CH1\"}");

        assertThat(connection.oddInput().count(OddInput.Kind.UNREADABLE)).isEqualTo(1);
    }

    // ---- start

    @Test
    void announcesWhatIsThere() {
        FakeConversation general = service.joined("CH1", "bob");
        general.document.data = FakeTwilio.parse(general.data("general", 4));
        service.mine.holding(
                "CH1",
                "{\"channel\":\"CH1.channel\",\"status\":\"joined\",\"notificationLevel\":\"muted\",\"lastConsumedMessageIndex\":3}");
        FakeConversation seen = service.conversation("CH2");
        service.mine.holding("CH2", FakeConversation.item("CH2", "notParticipating"));
        connection.start();
        twilio.accept();
        settle();

        assertThat(connection.ready()).isCompleted();
        assertThat(connection.identity()).isCompletedWithValue("alice");
        assertThat(sink.described())
                .containsExactlyInAnyOrder(
                        "connectionStateChanged CONNECTING",
                        "connectionStateChanged CONNECTED",
                        "userSubscribed alice (initial)",
                        "conversationAdded CH1 (initial)",
                        "conversationJoined CH1 (initial)",
                        "conversationAdded CH2 (initial)");
        ConversationSnapshot snapshot = sink.conversation("conversationJoined", "CH1");
        assertThat(snapshot.friendlyName()).isEqualTo("general");
        assertThat(snapshot.attributes().text("k")).hasValue("ü");
        assertThat(snapshot.state()).isEqualTo(ConversationState.ACTIVE);
        assertThat(snapshot.createdBy()).isEqualTo("bob");
        assertThat(snapshot.dateCreated()).isEqualTo("2025-12-01T00:00:00Z");
        assertThat(snapshot.lastMessage()).isEqualTo(new LastMessage(4, Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(snapshot.mine()).isEqualTo(new MyConversation(true, NotificationLevel.MUTED, 3));
        assertThat(sink.conversation("conversationAdded", "CH2").mine().joined())
                .isFalse();
        assertThat(twilio.seen("GET", "/v3/Lists/CH2.*"))
                .as("streams of a conversation not joined")
                .isEmpty();
        assertThat(seen.document.sid).isNotNull();
        assertThat(connection.standing().isAllLive()).isTrue();
    }

    @Test
    void opensAThousandConversationsWithThreeReadsEach() {
        twilio.maxBatchSize = 1000;
        for (int i = 0; i < 1000; i++) {
            service.joined("CH" + i, "bob");
        }
        start();

        assertThat(connection.standing()).isEqualTo(new RealtimeConnection.Standing(1000, true, 3002, 3002));
        assertThat(twilio.seen("GET", "/v3/.*")).hasSize(3002);
        assertThat(twilio.seen("GET", "/my")).hasSize(10);
        assertThat(twilio.seen("POST", "/v4/Subscriptions").size()).isLessThan(12);
    }

    @Test
    void missesNothingThatHappensWhileItStarts() {
        FakeConversation general = service.joined("CH1", "bob");
        boolean[] done = new boolean[1];
        twilio.on("GET", "/my", request -> {
            if (!done[0]) {
                done[0] = true;
                service.joined("CH9", "carol");
                service.mine.items.remove("CH9");
                service.mine.add("CH9", FakeConversation.item("CH9", "joined"));
                general.messages.add("0", general.message(0, "bob", "early"));
            }
            return null;
        });
        FakeTwilio.Handler list = request -> Answer.ok(
                "{\"conversations\":[{\"conversation_sid\":\"CH1\",\"status\":\"joined\",\"sync_objects\":{\"conversation\":\"CH1.channel\",\"messages\":\"CH1.messages\",\"participants\":\"CH1.roster\"}}],\"meta\":{}}");
        twilio.on("GET", "/my", request -> {
            if (!done[0]) {
                done[0] = true;
                service.joined("CH9", "carol");
                service.mine.items.remove("CH9");
                service.mine.add("CH9", FakeConversation.item("CH9", "joined"));
            }
            return list.handle(request);
        });
        connection.start();
        twilio.accept();
        settle();

        assertThat(sink.described()).contains("conversationJoined CH1 (initial)", "conversationJoined CH9");
    }

    @Test
    void skipsAConversationThatIsGoneAlready() {
        service.joined("CH1", "bob");
        service.joined("CH2", "bob");
        twilio.objects.remove("ETCH2");
        connection.start();
        twilio.accept();
        settle();

        assertThat(sink.described())
                .contains("conversationJoined CH1 (initial)")
                .noneMatch(entry -> entry.contains("CH2"));
        assertThat(connection.standing().isAllLive()).isTrue();
    }

    @Test
    void saysWhyTheServiceDoesNotLetItStartAndGoesOnTrying() {
        boolean[] allowed = new boolean[1];
        twilio.on(
                "GET",
                "/Client/v2/Configuration",
                request -> allowed[0]
                        ? Answer.ok(FakeService.configuration())
                        : new Answer(403, "{\"code\":50107,\"message\":\"no grant\"}"));
        start();

        assertThat(connection.ready().toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withRootCauseInstanceOf(AccessDeniedException.class)
                .withMessageContaining("50107");
        allowed[0] = true;
        for (int i = 0; i < 5; i++) {
            time.advance(Duration.ofSeconds(1));
            twilio.serve();
        }
        assertThat(sink.described()).contains("userSubscribed alice (initial)");
        assertThat(connection.up()).isCompleted();
    }

    @Test
    void waitsForAServiceThatIsInTroubleWhenItStarts() {
        FakeConversation general = service.joined("CH1", "bob");
        int[] asked = new int[1];
        twilio.on(
                "GET",
                "/Client/v2/Configuration",
                request -> ++asked[0] > 4 ? Answer.ok(FakeService.configuration()) : new Answer(503, "{}"));
        start();
        while (asked[0] <= 4) {
            assertThat(connection.ready()).as("after %d attempts", asked[0]).isNotDone();
            time.advance(Duration.ofSeconds(1));
            twilio.serve();
        }
        settle();

        assertThat(connection.ready()).isCompleted();
        assertThat(connection.up()).isCompleted();
        assertThat(sink.described()).contains("connectionError");
        general.says("bob", "hi");
        assertThat(sink.described()).containsExactly("messageAdded IMCH10");
    }

    @Test
    void isUpAfterAllThoughTheOwnUserCouldNotBeReadAtFirst() {
        boolean[] allowed = new boolean[1];
        twilio.on(
                "GET",
                "/v3/Maps/US1.info",
                request -> allowed[0] ? Answer.ok(service.info.root(true)) : new Answer(403, "{}"));
        start();

        assertThat(connection.ready().toCompletableFuture()).isCompletedExceptionally();
        assertThat(connection.up()).isNotDone();
        allowed[0] = true;
        reconnect();

        assertThat(connection.up()).isCompleted();
        assertThat(sink.described()).contains("userSubscribed alice (initial)");
    }

    // ---- messages

    @Test
    void tellsOfMessages() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        general.says("bob", "hi ü");
        general.messages.changeLive("0", general.message(0, "bob", "hi there"));
        general.messages.removeLive("0");

        Message added = ((MessageAdded) sink.events.get(0)).message();
        assertThat(added.sid()).isEqualTo("IMCH10");
        assertThat(added.conversationSid()).isEqualTo("CH1");
        assertThat(added.index()).isZero();
        assertThat(added.author()).isEqualTo("bob");
        assertThat(added.body()).isEqualTo("hi ü");
        assertThat(added.participantSid()).isEqualTo("MBCH1bob");
        assertThat(sink.events.get(0).meta().id()).isEqualTo("messageAdded:IMCH10");
        assertThat(sink.events.get(0).meta().source()).isEqualTo("realtime");
        MessageUpdated updated = (MessageUpdated) sink.events.get(1);
        assertThat(updated.message().body()).isEqualTo("hi there");
        assertThat(updated.updateReasons()).containsExactly(MessageUpdateReason.UNKNOWN);
        assertThat(((MessageRemoved) sink.events.get(2)).message().body()).isEqualTo("hi there");
    }

    @Test
    void tellsOfChangesOfMessagesThatNobodyHasLoaded() {
        FakeConversation general = service.joined("CH1", "bob");
        general.messages.holding("0", general.message(0, "bob", "old"));
        general.messages.holding("1", general.message(1, "bob", "older"));
        start();
        general.messages.changeLive("0", general.message(0, "bob", "edited"));
        general.messages.removeLive("1");

        assertThat(sink.described()).containsExactly("messageUpdated IMCH10", "messageRemoved IMCH11");
    }

    @Test
    void tellsWhatHappenedWhileTheConnectionWasLost() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        twilio.drop();
        for (int i = 0; i < 5; i++) {
            general.messages.add(String.valueOf(i), general.message(i, "bob", "m" + i));
        }
        general.messages.remove("1");
        general.document.update(general.data("renamed", 4));
        time.advance(Duration.ofSeconds(1));
        twilio.accept();
        settle();

        assertThat(sink.described())
                .containsSubsequence(
                        "messageAdded IMCH10 (recovered)",
                        "messageAdded IMCH11 (recovered)",
                        "messageAdded IMCH12 (recovered)",
                        "messageAdded IMCH13 (recovered)",
                        "messageAdded IMCH14 (recovered)",
                        "messageRemoved IMCH11 (recovered)")
                .contains("conversationUpdated CH1 [FRIENDLY_NAME, LAST_MESSAGE] (recovered)");
    }

    @Test
    void readsAnewWhatTwilioHasNotKeptTheEventsOf() {
        FakeConversation general = service.joined("CH1", "bob", "carol");
        FakeConversation left = service.joined("CH2", "bob");
        FakeConversation removed = service.joined("CH3", "bob");
        start();
        mayBeIncomplete = true;
        twilio.drop();
        general.messages.add("0", general.message(0, "bob", "meanwhile"));
        general.document.update(general.data("renamed", 0));
        general.roster.remove(general.member("carol"));
        general.roster.change(general.member("bob"), general.participant("bob", time.instant(), 0));
        general.roster.add(general.member("dave"), general.participant("dave"));
        service.info.change("friendlyName", "{\"value\":\"Alicia\"}");
        service.mine.change(left.sid, FakeConversation.item(left.sid, "notParticipating"));
        service.mine.remove(removed.sid);
        FakeConversation joined = service.conversation("CH4");
        joined.roster.holding(joined.member("alice"), joined.participant("alice", time.instant(), null));
        joined.messages.add("0", joined.message(0, "bob", "welcome", time.instant()));
        service.mine.add(joined.sid, FakeConversation.item(joined.sid, "joined"));
        twilio.objects.values().forEach(FakeTwilio.FakeObject::forget);
        time.advance(Duration.ofSeconds(1));
        twilio.accept();
        settle();

        assertThat(sink.described())
                .filteredOn(entry -> !entry.startsWith("connection"))
                .containsExactlyInAnyOrder(
                        "conversationUpdated CH1 [FRIENDLY_NAME, LAST_MESSAGE] (recovered)",
                        "participantLeft MBCH1carol (recovered)",
                        "participantUpdated CH1 (recovered)",
                        "participantJoined MBCH1dave (recovered)",
                        "userUpdated (recovered)",
                        "conversationUpdated CH2 [STATUS] (recovered)",
                        "conversationLeft CH2 (recovered)",
                        "conversationLeft CH3 (recovered)",
                        "conversationRemoved CH3 (recovered)",
                        "conversationAdded CH4",
                        "conversationJoined CH4",
                        "messageAdded IMCH40 (recovered)");
        assertThat(sink.incomplete).as("read by the delivery").containsExactly("CH1");
        assertThat(connection.standing().isAllLive()).isTrue();
        general.says("bob", "live");
        service.mine.addLive("CH2", FakeConversation.item("CH2", "joined"));
        settle();
        assertThat(sink.described())
                .containsSubsequence("messageAdded IMCH11", "conversationJoined CH2")
                .noneMatch(entry -> entry.contains("(initial)"));
    }

    @Test
    void takesWhatAFirstListThatIsBegunAnewSays() {
        service.pageSize = 1;
        service.joined("CH1", "bob");
        service.joined("CH2", "bob");
        int[] begun = new int[1];
        twilio.on("GET", "/my", request -> {
            boolean first = !request.params().has("PageToken");
            begun[0] += first ? 1 : 0;
            return first || begun[0] > 1 ? service.list(request) : new Answer(400, "{}");
        });
        start();
        twilio.drop();
        service.mine.change("CH1", FakeConversation.item("CH1", "notParticipating"));
        service.mine.forget();
        time.advance(Duration.ofSeconds(1));
        twilio.accept();
        settle();

        assertThat(begun[0]).isEqualTo(2);
        assertThat(sink.described()).contains("conversationLeft CH1 (recovered)", "conversationJoined CH2 (initial)");
        assertThat(connection.ready()).isCompleted();
    }

    @Test
    void readsALargeRosterAnew() {
        FakeConversation large = service.joined("CH1");
        for (int i = 0; i < 230; i++) {
            large.roster.holding(large.member("p" + i), large.participant("p" + i));
        }
        start();
        twilio.drop();
        large.roster.remove(large.member("p7"));
        large.roster.remove(large.member("p229"));
        large.roster.add(large.member("p9999"), large.participant("p9999"));
        large.roster.forget();
        time.advance(Duration.ofSeconds(1));
        twilio.accept();
        settle();

        assertThat(sink.described())
                .filteredOn(entry -> !entry.startsWith("connection"))
                .containsExactlyInAnyOrder(
                        "participantJoined MBCH1p9999 (recovered)",
                        "participantLeft MBCH1p7 (recovered)",
                        "participantLeft MBCH1p229 (recovered)");
    }

    @Test
    void livesThroughMessagesThatCannotBeRead() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        general.messages.addLive("0", "{\"text\":\"no sid\"}");
        general.messages.addLive("1", "{\"sid\":\"IM1\",\"medias\":[{}]}");
        general.messages.addLive("2", general.message(2, "bob", "fine"));

        assertThat(sink.described()).containsExactly("messageAdded IMCH12");
    }

    // ---- conversations

    @Test
    void tellsOfAConversationThatIsJoined() {
        start();
        FakeConversation later = service.conversation("CH5");
        later.roster.holding(later.member("alice"), later.participant("alice", time.instant(), null));
        service.mine.addLive("CH5", FakeConversation.item("CH5", "joined"));
        settle();

        assertThat(sink.described()).containsExactly("conversationAdded CH5", "conversationJoined CH5");
        later.says("bob", "hi");
        assertThat(sink.described()).containsExactly("messageAdded IMCH50");
    }

    @Test
    void tellsOfMessagesFromBetweenJoiningAndOpening() {
        start();
        FakeConversation later = service.conversation("CH5");
        Instant joined = time.instant();
        for (int i = 0; i < 250; i++) {
            Instant written = i < 120 ? joined.minusSeconds(1000 - i) : joined.plusMillis(i - 120);
            later.messages.add(String.valueOf(i), later.message(i, "bob", "m" + i, written));
        }
        later.roster.holding(later.member("alice"), later.participant("alice", joined, null));
        service.mine.addLive("CH5", FakeConversation.item("CH5", "joined"));
        twilio.serve();
        later.says("bob", "live");
        settle();
        settle();

        List<String> told = sink.described();
        assertThat(told)
                .startsWith("conversationAdded CH5", "conversationJoined CH5", "messageAdded IMCH5120 (recovered)");
        assertThat(told)
                .filteredOn(entry -> entry.startsWith("messageAdded"))
                .hasSize(131)
                .doesNotHaveDuplicates();
        assertThat(told.get(told.size() - 1)).startsWith("messageAdded IMCH5250");
    }

    @Test
    void tellsOfAConversationThatIsLeftAndJoinedAgain() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        service.mine.changeLive("CH1", FakeConversation.item("CH1", "notParticipating"));
        settle();
        assertThat(sink.described()).containsExactly("conversationUpdated CH1 [STATUS]", "conversationLeft CH1");
        general.says("bob", "not for alice");
        assertThat(sink.described()).isEmpty();
        general.roster.change(general.member("alice"), general.participant("alice", time.instant(), null));
        service.mine.changeLive("CH1", FakeConversation.item("CH1", "joined"));
        settle();
        assertThat(sink.described()).containsExactly("conversationUpdated CH1 [STATUS]", "conversationJoined CH1");
        general.says("bob", "welcome back");
        assertThat(sink.described()).containsExactly("messageAdded IMCH11");
    }

    @Test
    void tellsOfAConversationThatIsRemoved() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        service.mine.removeLive("CH1");
        settle();
        assertThat(sink.described()).containsExactly("conversationLeft CH1", "conversationRemoved CH1");
        general.document.updateLive(general.data("ghost", null));
        assertThat(sink.described()).isEmpty();
        assertThat(connection.standing().followed()).isEqualTo(2);
    }

    @Test
    void tellsThatTheUserHasLeftThoughTheDocumentIsRemovedFirst() {
        service.joined("CH1", "bob");
        start();
        twilio.notify(
                "com.twilio.rtd.cds.document",
                "{\"event_type\":\"document_removed\",\"event\":{\"document_sid\":\"ETCH1\"}}");
        service.mine.removeLive("CH1");
        settle();

        assertThat(sink.described()).containsExactly("conversationLeft CH1", "conversationRemoved CH1");
    }

    @Test
    void saysWhatChangedAboutAConversation() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        general.document.updateLive(general.data("renamed", null));
        general.document.updateLive(general.data("renamed", null));
        general.document.updateLive(general.data("renamed", 7));
        service.mine.changeLive(
                "CH1",
                "{\"channel\":\"CH1.channel\",\"status\":\"joined\",\"notificationLevel\":\"muted\",\"lastConsumedMessageIndex\":7}");

        assertThat(sink.events).hasSize(3).allMatch(ConversationUpdated.class::isInstance);
        assertThat(sink.events)
                .extracting(event -> ((ConversationUpdated) event).updateReasons())
                .containsExactly(
                        Set.of(ConversationUpdateReason.FRIENDLY_NAME),
                        Set.of(ConversationUpdateReason.LAST_MESSAGE),
                        Set.of(
                                ConversationUpdateReason.LAST_READ_MESSAGE_INDEX,
                                ConversationUpdateReason.NOTIFICATION_LEVEL));
        assertThat(sink.events).extracting(event -> event.meta().id()).doesNotHaveDuplicates();
        ConversationSnapshot last = ((ConversationUpdated) sink.events.get(2)).conversation();
        assertThat(last.friendlyName()).isEqualTo("renamed");
        assertThat(last.mine().lastReadMessageIndex()).isEqualTo(7);
    }

    // ---- participants and users

    @Test
    void tellsOfParticipants() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        general.roster.addLive(general.member("carol"), general.participant("carol"));
        general.roster.changeLive(
                general.member("bob"), general.participant("bob", Instant.parse("2025-12-02T00:00:00Z"), 4));
        general.roster.changeLive(
                general.member("bob"), general.participant("bob", Instant.parse("2025-12-02T00:00:00Z"), 4));
        general.roster.removeLive(general.member("carol"));

        assertThat(sink.events).hasSize(3);
        assertThat(((ParticipantJoined) sink.events.get(0)).participant().identity())
                .isEqualTo("carol");
        ParticipantUpdated read = (ParticipantUpdated) sink.events.get(1);
        assertThat(read.updateReasons()).containsExactly(ParticipantUpdateReason.LAST_READ_MESSAGE_INDEX);
        assertThat(read.participant().lastReadMessageIndex()).isEqualTo(4);
        assertThat(((ParticipantLeft) sink.events.get(2)).participant().sid()).isEqualTo("MBCH1carol");
    }

    @Test
    void readsALargeRosterInPages() {
        FakeConversation general = service.joined("CH1");
        for (int i = 0; i < 260; i++) {
            general.roster.holding("MBx" + (1000 + i), general.participant("user" + i));
        }
        start();
        twilio.notify(
                "twilio.ipmsg.typing_indicator",
                "{\"channel_sid\":\"CH1\",\"identity\":\"user259\",\"typing_timeout\":6}");

        assertThat(sink.described()).containsExactly("typingStarted MBx1259");
    }

    @Test
    void readsARosterAgainThatCouldNotBeRead() {
        FakeConversation general = service.joined("CH1");
        for (int i = 0; i < 60; i++) {
            general.roster.holding("MBx" + (1000 + i), general.participant("user" + i));
        }
        int[] failures = {4};
        twilio.on(
                "GET",
                "/v3/Maps/MPCH1/Items",
                request -> failures[0]-- > 0 ? new Answer(503, "{}") : general.roster.page(request.params()));
        connection.start();
        twilio.accept();
        for (int i = 0; i < 20; i++) {
            settle();
        }

        assertThat(sink.described()).contains("connectionError", "conversationJoined CH1 (initial)");
    }

    @Test
    void tellsOfPeopleWhoAreNoChatUsers() {
        FakeConversation general = service.joined("CH1");
        start();
        general.roster.addLive(
                "MBsms",
                "{\"type\":\"sms\",\"attributes\":\"{}\",\"bindings\":{\"sms\":{\"address\":\"+1555\",\"proxy_address\":\"+1666\"}}}");

        ParticipantJoined joined = (ParticipantJoined) sink.events.get(0);
        assertThat(joined.participant().identity()).isNull();
        assertThat(joined.participant().messagingBinding().address()).isEqualTo("+1555");
        assertThat(joined.participant().messagingBinding().type()).isEqualTo("sms");
    }

    @Test
    void tellsOfTheOwnUser() {
        start();
        service.info.changeLive("friendlyName", "{\"value\":\"Alicia\"}");
        service.info.addLive("reachability", "{\"online\":true,\"notifiable\":false}");

        assertThat(sink.events)
                .extracting(event -> ((UserUpdated) event).updateReasons())
                .containsExactly(
                        Set.of(UserUpdateReason.FRIENDLY_NAME),
                        Set.of(UserUpdateReason.REACHABILITY_ONLINE, UserUpdateReason.REACHABILITY_NOTIFIABLE));
        assertThat(((UserUpdated) sink.events.get(1)).user().friendlyName()).isEqualTo("Alicia");
    }

    // ---- typing

    private void types(String identity, int seconds) {
        twilio.notify(
                "twilio.ipmsg.typing_indicator",
                "{\"channel_sid\":\"CH1\",\"identity\":\"%s\",\"typing_timeout\":%d}".formatted(identity, seconds));
    }

    @Test
    void tellsWhoTypesAndForHowLong() {
        service.joined("CH1", "bob");
        start();
        types("bob", 6);
        time.advance(Duration.ofSeconds(5));
        types("bob", 6);
        time.advance(Duration.ofMillis(5999));
        assertThat(sink.events).hasSize(2).allMatch(TypingStarted.class::isInstance);
        assertThat(((TypingStarted) sink.events.get(0)).participant().identity())
                .isEqualTo("bob");
        time.advance(Duration.ofMillis(1));

        assertThat(sink.described())
                .containsExactly("typingStarted MBCH1bob", "typingStarted MBCH1bob", "typingEnded MBCH1bob");
    }

    @Test
    void endsTypingBeforeTheMessage() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        types("bob", 6);
        general.says("bob", "done");
        time.advance(Duration.ofSeconds(10));

        assertThat(sink.described())
                .containsExactly("typingStarted MBCH1bob", "typingEnded MBCH1bob", "messageAdded IMCH10");
    }

    @Test
    void endsTypingOfWhoeverLeaves() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        types("bob", 6);
        general.roster.removeLive("MBCH1bob");
        time.advance(Duration.ofSeconds(10));

        assertThat(sink.described())
                .containsExactly("typingStarted MBCH1bob", "typingEnded MBCH1bob", "participantLeft MBCH1bob");
    }

    @Test
    void ignoresTypingOfNobody() {
        service.joined("CH1", "bob");
        start();
        types("alice", 6);
        types("nobody", 6);
        twilio.notify("twilio.ipmsg.typing_indicator", "{\"channel_sid\":\"CH9\",\"identity\":\"bob\"}");
        twilio.notify("twilio.ipmsg.typing_indicator", "[]");
        types("bob", -3);

        assertThat(sink.described()).containsExactly("typingStarted MBCH1bob");
    }

    // ---- no room

    @Test
    void losesNothingWhileThereIsNoRoom() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        sink.full = true;
        for (int i = 0; i < 20; i++) {
            general.says("bob", "m" + i);
        }
        general.roster.addLive(general.member("carol"), general.participant("carol"));
        service.mine.addLive("CH5", FakeConversation.item("CH5", "joined"));
        FakeConversation later = service.conversation("CH5");
        later.roster.holding(later.member("alice"), later.participant("alice", time.instant(), null));
        settle();
        assertThat(sink.events).isEmpty();
        sink.makeRoom(null);
        settle();

        List<String> told = sink.described();
        assertThat(told)
                .filteredOn(entry -> entry.startsWith("messageAdded"))
                .extracting(entry -> entry.split(" ")[1])
                .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "IMCH1" + i).toList());
        assertThat(told)
                .contains(
                        "participantJoined MBCH1carol (recovered)", "conversationAdded CH5", "conversationJoined CH5");
    }

    @Test
    void goesOnAsSoonAsThereIsRoomHoweverLongThereWasNone() {
        FakeConversation general = service.joined("CH1", "bob");
        FakeConversation other = service.joined("CH2", "bob");
        start();
        sink.full = true;
        general.says("bob", "hi");
        general.document.updateLive(general.data("renamed", 0));
        general.roster.addLive(general.member("carol"), general.participant("carol"));
        other.says("bob", "hi");
        service.info.changeLive("friendlyName", "{\"value\":\"Alicia\"}");
        for (int i = 0; i < 60; i++) {
            time.advance(Duration.ofSeconds(10));
            twilio.serve();
        }
        assertThat(sink.events).isEmpty();
        int asked = twilio.seen("POST", "/v4/Subscriptions").size();
        assertThat(asked)
                .as("requests for subscriptions in ten minutes without room")
                .isLessThan(80);

        sink.makeRoom("CH1");
        settle();
        assertThat(sink.described())
                .containsExactlyInAnyOrder(
                        "messageAdded IMCH10 (recovered)",
                        "conversationUpdated CH1 [FRIENDLY_NAME, LAST_MESSAGE] (recovered)",
                        "participantJoined MBCH1carol (recovered)",
                        "userUpdated (recovered)");
        sink.makeRoom(null);
        settle();
        assertThat(sink.described()).containsExactly("messageAdded IMCH20 (recovered)");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void losesNothingThroughDropsAndRefusals(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FakeConversation> rooms =
                List.of(service.joined("CH1", "bob"), service.joined("CH2", "bob"), service.joined("CH3", "bob"));
        start();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            FakeConversation room = rooms.get(random.nextInt(3));
            int index = room.messages.items.size();
            room.messages.addLive(String.valueOf(index), room.message(index, "bob", "m" + i));
            expected.add("IM" + room.sid + index);
            switch (random.nextInt(60)) {
                case 0 -> reconnect();
                case 1 -> sink.full = true;
                case 2, 3 -> {
                    sink.makeRoom(room.sid);
                    time.advance(Duration.ofMillis(random.nextInt(500)));
                    twilio.serve();
                }
                default -> {}
            }
        }
        sink.makeRoom(null);
        reconnect();
        settle();

        for (FakeConversation room : rooms) {
            assertThat(sink.messages(room.sid))
                    .as("seed %d", seed)
                    .isEqualTo(expected.stream()
                            .filter(sid -> sid.startsWith("IM" + room.sid))
                            .toList());
        }
    }

    // ---- tokens and the connection

    @Test
    void tellsOfExpiryAndComesBackWithANewToken() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        time.advance(Duration.ofMinutes(0));
        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofSeconds(20));
            twilio.notify("ping", "{}");
        }
        twilio.channels
                .last()
                .packet(
                        "{\"method\":\"client_update\",\"id\":\"TM1\",\"client_update_type\":\"token_about_to_expire\"}");
        time.advance(Duration.ZERO);
        twilio.serve();
        assertThat(sink.described()).contains("tokenAboutToExpire");
        assertThat(twilio.tokens).containsExactly("token-1", "token-2");
        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofSeconds(20));
            twilio.notify("ping", "{}");
        }
        twilio.channels
                .last()
                .packet("{\"method\":\"close\",\"id\":\"TM2\",\"status\":{\"code\":410,\"status\":\"TOKEN_EXPIRED\"}}");
        general.messages.add("0", general.message(0, "bob", "meanwhile"));
        time.advance(Duration.ofSeconds(2));
        twilio.accept();
        settle();

        assertThat(twilio.tokens).containsExactly("token-1", "token-2", "token-3");
        assertThat(sink.described())
                .containsSubsequence(
                        "connectionStateChanged CONNECTING",
                        "connectionStateChanged CONNECTED",
                        "messageAdded IMCH10 (recovered)");
        assertThat(sink.all).anyMatch(event -> event.type().eventName().equals("tokenExpired"));
    }

    @Test
    void failsToBecomeReadyWhenItIsDenied() {
        connection.start();
        for (int i = 0; i < 2; i++) {
            twilio.channels.last().open();
            String id = twilio.channels.last().onlySent().id();
            twilio.channels
                    .last()
                    .packet(
                            "{\"method\":\"reply\",\"id\":\"" + id
                                    + "\",\"status\":{\"code\":401,\"description\":\"Invalid Access Token\",\"errorCode\":20101}}");
            time.advance(Duration.ofSeconds(5));
        }

        assertThat(connection.ready().toCompletableFuture()).isCompletedExceptionally();
        try {
            connection.ready().toCompletableFuture().join();
        } catch (CompletionException e) {
            assertThat(e.getCause())
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("Invalid Access Token");
        }
        assertThat(sink.described()).contains("connectionStateChanged DENIED");
        while (!twilio.channels.isDialled()) {
            time.advance(time.untilNext().orElseThrow());
        }
        twilio.accept();
        settle();

        assertThat(connection.up()).isCompleted();
        assertThat(sink.described()).contains("connectionStateChanged CONNECTED", "userSubscribed alice (initial)");
    }

    @Test
    void saysThatTheConnectionWasLost() {
        start();
        twilio.drop();

        assertThat(sink.events.get(0))
                .isInstanceOfSatisfying(
                        ConnectionStateChanged.class,
                        event -> assertThat(event.state()).hasToString("CONNECTING"));
        assertThat(sink.events.get(1)).isInstanceOfSatisfying(ConnectionError.class, event -> {
            assertThat(event.terminal()).isFalse();
            assertThat(event.cause()).hasRootCauseMessage("dropped");
        });
    }

    @Test
    void offersNothingOnceTheClientIsClosed() {
        FakeConversation general = service.joined("CH1", "bob");
        start();
        connection.close(Duration.ofSeconds(1));
        sink.taken();
        general.says("bob", "late");
        time.advance(Duration.ofSeconds(5));

        assertThat(sink.described()).allMatch(entry -> entry.startsWith("connectionStateChanged"));
    }
}
