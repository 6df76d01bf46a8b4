package io.github.conversations4j.internal.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.internal.realtime.FakeService.FakeConversation;
import io.github.conversations4j.internal.realtime.FakeTwilio.Answer;
import io.github.conversations4j.internal.realtime.session.SessionSettings;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the moment at which a client is ready, every message is news. */
class ReadyTest {
    private final ManualTime time = new ManualTime();
    private final FakeTwilio twilio = new FakeTwilio();
    private final FakeService service = new FakeService(twilio);
    private final EventRecorder sink = new EventRecorder();
    private int fetched;
    private final RealtimeConnection connection = new RealtimeConnection(
            RealtimeOptions.at("http://localhost:1")
                    .with(SessionSettings.DEFAULT.withBackoff(
                            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 0))),
            () -> "token-" + ++fetched,
            twilio.channels,
            new SourceContext(sink, time, this::schedule, new SplittableRandom(3), Runnable::run));

    /** The most frames that were on the stack when something was put off. */
    private int deepest;

    private Scheduler.Cancellable schedule(Runnable task, Duration delay) {
        int depth = (int) (long) StackWalker.getInstance().walk(Stream::count);
        deepest = Math.max(deepest, depth);
        return time.schedule(task, delay);
    }

    @AfterEach
    void leavesNothing() {
        connection.close(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(3));
        assertThat(time.pending()).as("timers after the end").isZero();
        assertThat(sink.incomplete).isEmpty();
    }

    private void start() {
        connection.start();
        time.advance(Duration.ZERO);
        twilio.accept();
    }

    private void settle(Duration duration) {
        for (int i = 0; i < 20; i++) {
            twilio.serve();
            time.advance(duration.dividedBy(20));
        }
        twilio.serve();
    }

    private boolean isReady() {
        return connection.ready().toCompletableFuture().isDone();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 250})
    void tellsWhateverIsSaidOnceItIsReady(int conversations) {
        List<FakeConversation> rooms = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
            FakeConversation room = service.joined("CH" + i, "bob");
            room.messages.holding("0", room.message(0, "bob", "before"));
            rooms.add(room);
        }
        connection.ready().thenRun(() -> rooms.forEach(room -> room.says("bob", "after")));

        start();
        settle(Duration.ofSeconds(2));

        for (FakeConversation room : rooms) {
            assertThat(sink.messages(room.sid)).containsExactly("IM" + room.sid + "1");
        }
    }

    @Test
    void isReadyBeforeAThousandConversationsAreOpen() {
        for (int i = 0; i < 1000; i++) {
            service.joined("CH" + i, "bob");
        }
        List<String> seen = new ArrayList<>();
        connection.ready().thenRun(() -> twilio.seen.forEach(request -> seen.add(request.path())));

        start();

        assertThat(seen).filteredOn(path -> path.startsWith("/v3/Lists/")).hasSize(1000);
        assertThat(seen).filteredOn(path -> path.equals("/my")).hasSize(10);
        assertThat(seen.size()).as("requests before it was ready").isLessThan(1300);
    }

    @Test
    void isNotReadyBeforeItIsKnownWhereMessagesEnd() {
        service.joined("CH1", "bob");
        boolean[] passable = new boolean[1];
        twilio.on("GET", "/v3/Lists/.*", request -> passable[0] ? listOfCh1() : new Answer(503, "{}"));

        start();
        settle(Duration.ofSeconds(2));
        assertThat(isReady()).isFalse();

        passable[0] = true;
        settle(Duration.ofSeconds(4));
        assertThat(isReady()).isTrue();
    }

    @Test
    void givesUpAThousandOpeningsOneAfterTheOther() {
        for (int i = 0; i < 1000; i++) {
            service.joined("CH" + i, "bob");
        }
        twilio.on("GET", "/v3/Documents/.*", request -> null);
        start();
        assertThat(isReady()).isTrue();
        deepest = 0;

        twilio.drop();
        for (int refused = 0; refused < 2; refused++) {
            while (!twilio.channels.isDialled()) {
                time.advance(time.untilNext().orElseThrow());
            }
            twilio.channels.last().open();
            twilio.channels
                    .last()
                    .packet("{\"method\":\"reply\",\"id\":\""
                            + twilio.channels.last().onlySent().id() + "\",\"status\":{\"code\":401}}");
        }

        assertThat(sink.described()).contains("connectionStateChanged DENIED");
        assertThat(deepest).as("frames on the stack").isBetween(1, 250);
    }

    @Test
    void endsInTheMiddleOfAThousandOpenings() {
        for (int i = 0; i < 1000; i++) {
            service.joined("CH" + i, "bob");
        }
        twilio.on("GET", "/v3/Documents/.*", request -> null);
        start();
        deepest = 0;

        connection.close(Duration.ofSeconds(1));

        assertThat(deepest).as("frames on the stack").isBetween(1, 250);
        assertThat(time.pending()).as("timers but for the goodbye").isEqualTo(1);
    }

    @Test
    void tellsWhatWasSaidBeforeAConversationIsAnnouncedRightAfterIt() {
        FakeConversation slow = service.joined("CH1", "bob");
        boolean[] passable = new boolean[1];
        twilio.on(
                "GET",
                "/v3/Maps/CH1.roster",
                request -> passable[0] ? Answer.ok(slow.roster.root(true)) : new Answer(503, "{}"));
        start();
        settle(Duration.ofSeconds(1));
        assertThat(isReady()).isTrue();
        slow.says("bob", "hi");
        settle(Duration.ofSeconds(20));
        sink.taken();

        passable[0] = true;
        while (sink.events.isEmpty()) {
            time.advance(time.untilNext().orElseThrow());
            twilio.serve();
        }
        time.advance(Duration.ofMillis(20));
        twilio.serve();

        assertThat(sink.described())
                .containsExactly(
                        "conversationAdded CH1 (initial)",
                        "conversationJoined CH1 (initial)",
                        "messageAdded IMCH10 (recovered)");
    }

    private static Answer listOfCh1() {
        return Answer.ok("{\"sid\":\"ESCH1\",\"last_event_id\":-1,\"links\":{\"items\":"
                + "\"https://cds.us1.twilio.com/v3/Lists/ESCH1/Items\"}}");
    }

    @Test
    void doesNotWaitForAConversationThatItMayNotRead() {
        service.joined("CH1", "bob");
        service.joined("CH2", "bob");
        twilio.on("GET", "/v3/Lists/CH1.messages", request -> new Answer(403, "{\"code\":54007}"));
        twilio.on("GET", "/v3/Lists/CH2.messages", request -> new Answer(404, "{\"code\":54100}"));

        start();

        assertThat(isReady()).isTrue();
    }

    @Test
    void readsBackWhatWasSaidInAConversationThatOpensLate() {
        FakeConversation slow = service.joined("CH1", "bob");
        slow.messages.add("0", slow.message(0, "bob", "before", time.instant()));
        boolean[] passable = new boolean[1];
        twilio.on("GET", "/v3/Lists/CH1.messages", request -> {
            Answer now = passable[0]
                    ? Answer.ok("{\"sid\":\"ESCH1\",\"last_event_id\":" + slow.messages.lastEventId
                            + ",\"links\":{\"items\":\"https://cds.us1.twilio.com/v3/Lists/ESCH1/Items\"}}")
                    : new Answer(503, "{}");
            return now;
        });
        start();
        settle(Duration.ofSeconds(12));
        assertThat(isReady()).isTrue();

        for (int i : IntStream.rangeClosed(1, 3).toArray()) {
            slow.messages.add(String.valueOf(i), slow.message(i, "bob", "after " + i, time.instant()));
        }
        passable[0] = true;
        settle(Duration.ofSeconds(20));
        slow.says("bob", "live");

        assertThat(sink.described())
                .containsSubsequence(
                        "conversationJoined CH1 (initial)",
                        "messageAdded IMCH11 (recovered)",
                        "messageAdded IMCH12 (recovered)",
                        "messageAdded IMCH13 (recovered)",
                        "messageAdded IMCH14");
        assertThat(sink.messages("CH1")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 503})
    void triesNothingOnceItIsClosedBeforeTheConfigurationWasRead(int status) {
        twilio.on("GET", "/Client/v2/Configuration", request -> status == 0 ? null : new Answer(status, "{}"));
        start();
        sink.taken();

        connection.close(Duration.ofSeconds(1));
        time.advance(Duration.ofMinutes(1));

        assertThat(time.pending()).isZero();
        assertThat(sink.described()).doesNotContain("connectionError");
        assertThat(connection.ready()).isCompletedExceptionally();
        assertThat(connection.up()).isCompletedExceptionally();
    }

    @Test
    void isNotReadyBecauseItIsClosed() {
        service.joined("CH1", "bob");
        twilio.on("GET", "/v3/Lists/.*", request -> null);
        start();
        assertThat(isReady()).isFalse();

        connection.close(Duration.ofSeconds(1));

        assertThat(connection.ready()).isCompletedExceptionally();
        assertThat(connection.up()).isCompletedExceptionally();
    }
}
