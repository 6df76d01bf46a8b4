package io.github.conversations4j.internal.realtime.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.internal.realtime.FakeTwilio;
import io.github.conversations4j.internal.realtime.FakeTwilio.Answer;
import io.github.conversations4j.internal.realtime.FakeTwilio.FakeObject;
import io.github.conversations4j.internal.realtime.FakeTwilio.LoggedEvent;
import io.github.conversations4j.internal.realtime.FakeTwilio.Seen;
import io.github.conversations4j.internal.realtime.session.OddInput.Kind;
import io.github.conversations4j.internal.realtime.session.Session;
import io.github.conversations4j.internal.realtime.session.SessionContext;
import io.github.conversations4j.internal.realtime.session.SessionListener;
import io.github.conversations4j.internal.realtime.session.SessionSettings;
import io.github.conversations4j.internal.realtime.session.SessionTokens;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.token.AccessToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncClientTest implements SessionListener, SessionTokens {
    private final ManualTime time = new ManualTime();
    private final FakeTwilio twilio = new FakeTwilio();
    private final SessionContext context = new SessionContext(time, time, new SplittableRandom(7));
    private final Session session = new Session(
            SessionSettings.DEFAULT.withBackoff(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 0)),
            context,
            twilio.channels,
            this,
            this,
            TunnelRequest.get("https://aim.example/alive"));
    private final SyncClient sync = new SyncClient(context, session, "https://cds.example");
    private final Map<String, Log> logs = new HashMap<>();

    @BeforeEach
    void connect() {
        session.open();
        twilio.accept();
    }

    @AfterEach
    void leavesNothing() {
        context.exclusive().run(sync::stop);
        session.close();
        time.advance(Duration.ofSeconds(3));
        assertThat(time.pending()).as("timers after the end").isZero();
    }

    private Log open(FakeObject object) {
        Log log = new Log();
        logs.put(object.sid, log);
        SyncKind kind = SyncKind.valueOf(object.kind.toUpperCase(java.util.Locale.ROOT));
        context.exclusive().run(() -> log.object = sync.open(kind, object.name, kind == SyncKind.MAP, log));
        return log;
    }

    private Log live(FakeObject object) {
        Log log = open(object);
        settle();
        return log;
    }

    /** Lets the client ask for subscriptions and the server answer. */
    private void settle() {
        twilio.serve();
        time.advance(Duration.ofMillis(10));
        twilio.serve();
    }

    private void reconnect() {
        twilio.drop();
        time.advance(Duration.ofSeconds(1));
        twilio.accept();
    }

    private List<JsonNode> subscriptionRequests() {
        return twilio.seen("POST", "/v4/Subscriptions").stream().map(Seen::json).toList();
    }

    @Test
    void opensADocumentAndFollowsIt() {
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 3);
        object.data = FakeTwilio.parse("{\"friendlyName\":\"general\"}");
        Log log = live(object);
        assertThat(log.taken()).containsExactly("opened ET1 3 {\"friendlyName\":\"general\"} []");
        assertThat(log.object.isLive()).isTrue();
        JsonNode request = subscriptionRequests().get(0);
        assertThat(request.get("action").textValue()).isEqualTo("establish");
        assertThat(request.get("event_protocol_version").intValue()).isEqualTo(4);
        assertThat(request.at("/requests/0"))
                .hasToString("{\"object_sid\":\"ET1\",\"object_type\":\"document\",\"last_event_id\":3}");

        object.updateLive("{\"friendlyName\":\"renamed\"}");
        assertThat(log.taken()).containsExactly("UPDATED 4  {\"friendlyName\":\"renamed\"} false");
    }

    @Test
    void opensAMapWithItsItemsAndFollowsIt() {
        FakeObject object = twilio.object("map", "MP1", "CH1.roster", 7).holding("MB1", "{\"identity\":\"alice\"}");
        Log log = live(object);
        assertThat(log.taken()).containsExactly("opened MP1 7  [MB1@7={\"identity\":\"alice\"}]");

        object.addLive("MB2", "{\"identity\":\"bob\"}");
        object.changeLive("MB2", "{\"identity\":\"bobby\"}");
        object.removeLive("MB1");
        assertThat(log.taken())
                .containsExactly(
                        "ADDED 8 MB2 {\"identity\":\"bob\"} false",
                        "UPDATED 9 MB2 {\"identity\":\"bobby\"} false",
                        "REMOVED 10 MB1 {\"identity\":\"alice\"} false");
    }

    @Test
    void followsANewListFromItsBeginning() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        log.taken();
        object.addLive("0", "{\"text\":\"first\"}");

        assertThat(log.taken()).containsExactly("ADDED 0 0 {\"text\":\"first\"} false");
    }

    @Test
    void missesNothingBetweenReadingAndSubscribing() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        twilio.on("GET", "/v3/Lists/CH1.messages", request -> {
            Answer read = Answer.ok(object.root(false));
            object.add("0", "{\"text\":\"in between\"}");
            return read;
        });
        Log log = live(object);

        assertThat(log.taken()).endsWith("ADDED 0 0 {\"text\":\"in between\"} false");
    }

    @Test
    void encodesNames() {
        FakeObject object = twilio.object("map", "MP1", "żółw/?&= 1.channels", 0);

        assertThat(live(object).taken()).containsExactly("opened MP1 0  []");
    }

    @Test
    void asksForManyObjectsInBatchesAsLargeAsTheServerAllows() {
        twilio.maxBatchSize = 1000;
        List<FakeObject> objects = IntStream.range(0, 1300)
                .mapToObj(i -> twilio.object("document", "ET" + i, "CH" + i + ".channel", i))
                .toList();
        objects.forEach(this::open);
        settle();
        settle();

        assertThat(subscriptionRequests())
                .extracting(request -> request.get("requests").size())
                .startsWith(100)
                .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(1000));
        assertThat(subscriptionRequests().stream()
                        .mapToInt(request -> request.get("requests").size())
                        .sum())
                .isEqualTo(1300);
        assertThat(subscriptionRequests())
                .extracting(request -> request.get("correlation_id").longValue())
                .doesNotHaveDuplicates();
        assertThat(logs.values()).allMatch(log -> log.object.isLive());
        assertThat(sync.progress()).isEqualTo(new SyncClient.Progress(0, 1300, 1300));
    }

    @Test
    void limitsHowManyObjectsAreBeingOpened() {
        for (int i = 0; i < 500; i++) {
            open(twilio.object("document", "ET" + i, "CH" + i + ".channel", i));
        }

        assertThat(twilio.channels.last().sent()).hasSize(128);
    }

    @Test
    void catchesUpAfterADrop() {
        FakeObject messages = twilio.object("list", "ES1", "CH1.messages", -1);
        FakeObject roster = twilio.object("map", "MP1", "CH1.roster", 4);
        Log log = live(messages);
        live(roster);
        messages.addLive("0", "{\"text\":\"a\"}");
        log.taken();
        twilio.drop();
        messages.add("1", "{\"text\":\"b\"}");
        messages.change("0", "{\"text\":\"a2\"}");
        messages.remove("1");
        assertThat(log.object.isLive()).isFalse();
        time.advance(Duration.ofSeconds(1));
        twilio.accept();

        assertThat(log.taken())
                .containsExactly(
                        "ADDED 1 1 {\"text\":\"b\"} true",
                        "UPDATED 2 0 {\"text\":\"a2\"} true",
                        "REMOVED 3 1 {\"text\":\"b\"} true");
        List<JsonNode> requests = subscriptionRequests();
        assertThat(requests.get(requests.size() - 1).get("requests").size()).isEqualTo(2);
        assertThat(requests.get(requests.size() - 1)
                        .at("/requests/0/last_event_id")
                        .longValue())
                .isZero();
        messages.addLive("2", "{}");
        assertThat(log.taken()).containsExactly("ADDED 4 2 {} false");
    }

    @Test
    void putsPushedEventsBehindReplayedOnes() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        log.taken();
        twilio.replays = false;
        twilio.verdicts = false;
        LoggedEvent first = object.add("0", "{\"n\":0}");
        LoggedEvent second = object.add("1", "{\"n\":1}");
        reconnect();
        long correlation = subscriptionRequests().get(1).get("correlation_id").longValue();
        LoggedEvent third = object.add("2", "{\"n\":2}");
        twilio.push(object, third);
        assertThat(log.taken()).isEmpty();
        replay(correlation, first);
        replay(correlation, second);

        assertThat(log.taken())
                .containsExactly("ADDED 0 0 {\"n\":0} true", "ADDED 1 1 {\"n\":1} true", "ADDED 2 2 {\"n\":2} true");
        establish(correlation, object, 2);
        replay(correlation, third);
        assertThat(log.taken()).isEmpty();
    }

    @Test
    void passesOnWhatWasPushedDuringAReplayThatDoesNotRepeatIt() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        log.taken();
        twilio.replays = false;
        twilio.verdicts = false;
        object.add("0", "{\"n\":0}");
        reconnect();
        long correlation = subscriptionRequests().get(1).get("correlation_id").longValue();
        twilio.push(object, object.add("1", "{\"n\":1}"));
        assertThat(log.taken()).isEmpty();
        establish(correlation, object, 1);

        assertThat(log.taken()).containsExactly("ADDED 1 1 {\"n\":1} false");
    }

    @Test
    void asksForWhatTheServerHasSkipped() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        log.taken();
        object.add("0", "{\"n\":0}");
        object.addLive("1", "{\"n\":1}");
        assertThat(log.taken()).isEmpty();
        settle();

        assertThat(log.taken()).containsExactly("ADDED 0 0 {\"n\":0} true", "ADDED 1 1 {\"n\":1} true");
        assertThat(subscriptionRequests()).hasSize(2);
    }

    @Test
    void asksOnlyOnceWhereNumbersAreLeftOutOnPurpose() {
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        Log log = live(object);
        log.taken();
        for (int i = 1; i <= 5; i++) {
            object.lastEventId += 10;
            object.updateLive("{\"n\":" + i + "}");
            settle();
        }

        assertThat(log.taken()).hasSize(5).allMatch(entry -> entry.startsWith("UPDATED"));
        assertThat(subscriptionRequests()).hasSize(2);
    }

    @Test
    void dropsDuplicates() {
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        Log log = live(object);
        LoggedEvent event = object.update("{}");
        log.taken();
        twilio.push(object, event);
        twilio.push(object, event);

        assertThat(log.taken()).hasSize(1);
    }

    @Test
    void asksAgainWhenNoVerdictComes() {
        twilio.verdicts = false;
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        Log log = live(object);
        twilio.verdicts = true;
        time.advance(Duration.ofSeconds(4));
        assertThat(subscriptionRequests()).hasSize(1);
        time.advance(Duration.ofSeconds(2));
        twilio.serve();

        assertThat(subscriptionRequests()).hasSize(2);
        assertThat(subscriptionRequests().get(1).get("retried_requests").intValue())
                .isEqualTo(1);
        assertThat(log.object.isLive()).isTrue();
    }

    @Test
    void asksAgainWhenAReplayWasInterrupted() {
        twilio.verdicts = false;
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        Log log = live(object);
        twilio.verdicts = true;
        twilio.verdict(
                twilio.channels.last(),
                subscriptionRequests().get(0).get("correlation_id").longValue(),
                "subscription_established",
                JsonNodeFactory.instance
                        .arrayNode()
                        .add(FakeTwilio.parse("{\"object_sid\":\"ET1\",\"replay_status\":\"interrupted\"}")));
        assertThat(log.object.isLive()).isFalse();
        time.advance(Duration.ofMillis(200));
        twilio.serve();

        assertThat(log.object.isLive()).isTrue();
    }

    @Test
    void ignoresVerdictsOfOtherRequests() {
        twilio.verdicts = false;
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        Log log = live(object);
        establish(7, object, 9);

        assertThat(log.object.isLive()).isFalse();
    }

    @Test
    void asksAgainWhenTheRequestFails() {
        int[] calls = new int[1];
        twilio.on("POST", "/v4/Subscriptions", request -> ++calls[0] < 4 ? new Answer(503, "{}") : null);
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        live(object);
        for (int i = 0; i < 3; i++) {
            time.advance(Duration.ofSeconds(1));
            twilio.serve();
        }

        assertThat(calls[0]).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void renewsSubscriptionsThatRunOut(boolean verdictsFirst) {
        twilio.ttl = 3600;
        twilio.verdictsFirst = verdictsFirst;
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        Log log = live(object);
        for (int minute = 0; minute < 60; minute++) {
            time.advance(Duration.ofSeconds(20));
            twilio.notify("ping", "{}");
            time.advance(Duration.ofSeconds(20));
            twilio.notify("ping", "{}");
            time.advance(Duration.ofSeconds(20));
            twilio.notify("ping", "{}");
        }
        twilio.serve();

        assertThat(subscriptionRequests()).hasSize(2);
        assertThat(subscriptionRequests().get(1).get("reason").textValue()).isEqualTo("ttl");
        assertThat(log.object.isLive()).isTrue();
    }

    @Test
    void learnsHowLargeABatchMayBeWhateverComesFirst() {
        twilio.verdictsFirst = true;
        twilio.maxBatchSize = 1000;
        for (int number = 0; number < 700; number++) {
            open(twilio.object("list", "ES" + number, "CH" + number + ".messages", -1));
        }
        settle();

        assertThat(subscriptionRequests().stream()
                        .map(request -> request.path("requests").size()))
                .as("the second goes out with the verdicts, before the answer says how large it may be")
                .containsExactly(100, 100, 500);
    }

    @Test
    void tellsThatAnObjectIsGone() {
        FakeObject missing = twilio.object("document", "ET1", "missing", 0);
        twilio.objects.clear();
        assertThat(live(missing).taken()).containsExactly("gone");

        FakeObject removed = twilio.object("map", "MP1", "removed", 0);
        Log log = live(removed);
        twilio.objects.remove("MP1");
        reconnect();
        assertThat(log.taken()).endsWith("gone");

        FakeObject deleted = twilio.object("list", "ES1", "deleted", 0);
        log = live(deleted);
        twilio.notify("com.twilio.rtd.cds.list", "{\"event_type\":\"list_removed\",\"event\":{\"list_sid\":\"ES1\"}}");
        assertThat(log.taken()).endsWith("gone");
        deleted.addLive("0", "{}");
        assertThat(log.taken()).isEmpty();
    }

    @Test
    void tellsThatAnObjectCannotBeOpenedAndTriesAgainWithTheNextConnection() {
        boolean[] allowed = new boolean[1];
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        twilio.on(
                "GET",
                "/v3/Documents/.*",
                request -> allowed[0]
                        ? Answer.ok("{\"sid\":\"ET1\",\"last_event_id\":0,\"data\":{}}")
                        : new Answer(403, "{\"code\":50430,\"message\":\"no member\"}"));
        Log log = live(object);
        assertThat(log.taken()).containsExactly("failed AccessDeniedException");
        time.advance(Duration.ofSeconds(20));
        allowed[0] = true;
        reconnect();

        assertThat(log.taken()).containsExactly("opened ET1 0 {} []");
    }

    @Test
    void triesAgainToOpenWhatFailsForTheMoment() {
        int[] calls = new int[1];
        twilio.on("GET", "/v3/Documents/.*", request -> switch (++calls[0]) {
            case 1 -> new Answer(503, "<html>");
            case 2 -> new Answer(429, "{}");
            case 3 -> Answer.ok("[]");
            default -> Answer.ok("{\"sid\":\"ET1\",\"last_event_id\":0,\"data\":{}}");
        });
        Log log = live(twilio.object("document", "ET1", "CH1.channel", 0));
        for (int i = 0; i < 3; i++) {
            time.advance(Duration.ofSeconds(3));
            twilio.serve();
        }

        assertThat(log.taken()).containsExactly("opened ET1 0 {} []");
    }

    @Test
    void tellsThatAnObjectCannotBeFollowedAndTriesAgain() {
        twilio.verdicts = false;
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        Log log = live(object);
        log.taken();
        verdict(0, "subscription_failed", "\"error\":{\"status\":429,\"code\":20429,\"message\":\"too many\"}");
        assertThat(log.taken()).containsExactly("failed RateLimitedException");
        twilio.verdicts = true;
        time.advance(Duration.ofMillis(200));
        twilio.serve();

        assertThat(log.object.isLive()).isTrue();
    }

    @Test
    void readsAnewWhatTheServerHasNotKeptTheEventsOf() {
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 3);
        Log log = live(object);
        log.taken();
        twilio.drop();
        object.update("{\"n\":1}");
        object.update("{\"n\":2}");
        object.forget();
        time.advance(Duration.ofSeconds(1));
        twilio.accept();
        settle();
        time.advance(Duration.ofMillis(200));
        settle();
        assertThat(log.taken()).containsExactly("failed NotFoundException", "reopened ET1 5 {\"n\":2}");
        assertThat(log.object.isLive()).isTrue();

        object.updateLive("{\"n\":3}");
        assertThat(log.taken()).containsExactly("UPDATED 6  {\"n\":3} false");
        assertThat(sync.progress()).isEqualTo(new SyncClient.Progress(0, 1, 1));
    }

    @Test
    void tellsThatEventsAreGoneThatThereWasNoRoomFor() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        log.taken();
        log.full = true;
        object.addLive("0", "{}");
        object.forget();
        time.advance(Duration.ofMillis(200));
        twilio.serve();
        assertThat(log.taken()).containsExactly("failed NotFoundException");
        time.advance(Duration.ofSeconds(1));
        settle();

        assertThat(log.taken()).containsExactly("reopened ES1 0 ");
        assertThat(log.object.isLive()).isTrue();
    }

    @Test
    void tellsThatAnObjectCannotBeFollowedThoughItWasInterruptedBefore() {
        twilio.verdicts = false;
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        Log log = live(object);
        log.taken();
        verdict(0, "subscription_established", "\"replay_status\":\"interrupted\"");
        time.advance(Duration.ofMillis(200));
        twilio.serve();
        verdict(1, "subscription_failed", "\"error\":{\"status\":429,\"code\":20429}");
        assertThat(log.taken()).containsExactly("failed RateLimitedException");
        time.advance(Duration.ofSeconds(1));
        twilio.serve();
        verdict(2, "subscription_failed", "\"error\":{\"status\":429,\"code\":20429}");

        assertThat(log.taken()).isEmpty();
    }

    private void verdict(int request, String type, String said) {
        twilio.verdict(
                twilio.channels.last(),
                subscriptionRequests().get(request).get("correlation_id").longValue(),
                type,
                JsonNodeFactory.instance.arrayNode().add(FakeTwilio.parse("{\"object_sid\":\"ET1\"," + said + "}")));
    }

    @Test
    void readsAnewWithGrowingPausesWhatTheServerRefuses() {
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 3);
        Log log = live(object);
        log.taken();
        twilio.drop();
        object.update("{}");
        object.forget();
        object.lastEventId--;
        time.advance(Duration.ofSeconds(1));
        twilio.accept();
        for (int i = 0; i < 100; i++) {
            time.advance(Duration.ofMillis(100));
            twilio.serve();
        }

        assertThat(subscriptionRequests().size()).as("requests in ten seconds").isBetween(6, 10);
        assertThat(log.taken())
                .as("what was told of it")
                .startsWith("failed NotFoundException")
                .filteredOn(entry -> entry.startsWith("failed"))
                .hasSize(1);
    }

    @Test
    void followsNoLongerWhatWasClosed() {
        FakeObject object = twilio.object("document", "ET1", "CH1.channel", 0);
        Log log = live(object);
        log.taken();
        context.exclusive().run(log.object::close);
        context.exclusive().run(log.object::close);
        object.updateLive("{}");
        settle();

        assertThat(log.taken()).isEmpty();
        assertThat(subscriptionRequests()).hasSize(2);
        assertThat(subscriptionRequests().get(1).get("action").textValue()).isEqualTo("cancel");
        assertThat(subscriptionRequests().get(1).at("/requests/0"))
                .hasToString("{\"object_sid\":\"ET1\",\"object_type\":\"document\"}");
        reconnect();
        assertThat(subscriptionRequests()).hasSize(2);
    }

    @Test
    void leavesToTheServerWhatThereIsNoRoomFor() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        log.taken();
        object.addLive("0", "{}");
        log.full = true;
        object.addLive("1", "{}");
        object.addLive("2", "{}");
        time.advance(Duration.ofSeconds(5));
        twilio.serve();
        object.addLive("3", "{}");
        log.full = false;
        assertThat(log.keys).containsExactly("0");
        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofSeconds(1));
            twilio.serve();
        }

        assertThat(log.keys).containsExactly("0", "1", "2", "3");
        assertThat(log.object.isLive()).isTrue();
    }

    @Test
    void takesNothingOfAReplayThatItHasGivenUp() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        object.lastEventId += 10;
        object.addLive("0", "{}");
        settle();
        long before = subscriptionRequests().get(1).get("correlation_id").longValue();
        log.full = true;
        object.addLive("1", "{}");
        object.addLive("2", "{}");
        object.lastEventId += 10;
        LoggedEvent last = object.add("3", "{}");
        log.full = false;
        context.exclusive().run(log.object::room);
        replay(before, last);
        time.advance(Duration.ofMillis(10));
        replay(before, last);
        assertThat(log.keys).containsExactly("0");
        twilio.serve();

        assertThat(log.keys).containsExactly("0", "1", "2", "3");
    }

    @Test
    void asksForWhatLargeEventsHadToGoAheadOf() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        object.add("0", "{}");
        object.addLive("1", "{\"text\":\"" + "x".repeat((int) SyncClient.MAX_HELD_WEIGHT) + "\"}");
        assertThat(log.keys).as("too large to wait").containsExactly("1");
        settle();

        assertThat(log.keys).containsExactly("1", "0");
        assertThat(log.object.isLive()).isTrue();
        assertThat(context.oddInput().count(Kind.SKIPPED)).isZero();
    }

    @Test
    void livesThroughRubbish() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", 0);
        Log log = live(object);
        log.taken();
        String[] payloads = {
            "[]",
            "{}",
            "{\"event_type\":7}",
            "{\"event_type\":\"list_item_added\"}",
            "{\"event_type\":\"list_item_added\",\"event\":[]}",
            "{\"event_type\":\"list_item_added\",\"event\":{\"list_sid\":\"ES1\"}}",
            "{\"event_type\":\"list_item_added\",\"event\":{\"list_sid\":\"ES1\",\"id\":\"x\",\"item_index\":1,\"item_data\":{}}}",
            "{\"event_type\":\"list_item_added\",\"event\":{\"list_sid\":\"ES1\",\"id\":1.5,\"item_index\":1,\"item_data\":{}}}",
            "{\"event_type\":\"list_item_added\",\"event\":{\"list_sid\":\"ES1\",\"id\":1,\"item_index\":{},\"item_data\":{}}}",
            "{\"event_type\":\"list_item_added\",\"event\":{\"list_sid\":\"ES1\",\"id\":1,\"item_index\":1,\"item_data\":[]}}",
            "{\"event_type\":\"list_item_exploded\",\"event\":{\"list_sid\":\"ES1\",\"id\":1,\"item_index\":1,\"item_data\":{}}}",
            "{\"event_type\":\"subscription_established\",\"events\":[{},7,null]}",
            "{\"event_type\":\"subscription_failed\",\"correlation_id\":\"x\",\"events\":{}}",
        };
        for (String payload : payloads) {
            twilio.notify("com.twilio.rtd.cds.list", payload);
            twilio.notify("twilio.sync.event", payload);
        }
        assertThat(log.taken()).isEmpty();
        assertThat(context.oddInput().count(Kind.UNREADABLE)).isEqualTo(14);
        assertThat(context.oddInput().count(Kind.UNKNOWN_TYPE)).isEqualTo(8);
        object.addLive("0", "{}");
        assertThat(log.taken()).hasSize(1);
    }

    @Test
    void countsNotificationsOfUnknownTypes() {
        twilio.notify("twilio.sync.weather", "{}");
        twilio.notify("twilio.sync.weather", "{}");
        twilio.notify("com.twilio.rtd.cds.list", "{\"event_type\":\"list_shuffled\",\"event\":{}}");
        assertThat(context.oddInput().count(Kind.UNKNOWN_TYPE)).isEqualTo(3);
    }

    @Test
    void countsEventsThatComeAgain() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        live(object);
        LoggedEvent event = object.add("0", "{}");
        twilio.push(object, event);
        assertThat(context.oddInput().count(Kind.REPEATED)).isZero();
        twilio.push(object, event);
        twilio.push(object, event);

        assertThat(context.oddInput().count(Kind.REPEATED)).isEqualTo(2);
    }

    @Test
    void countsNumbersThatWereAskedForInVainOnce() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        object.lastEventId += 2;
        object.addLive("0", "{}");
        assertThat(context.oddInput().count(Kind.SKIPPED)).as("not asked yet").isZero();
        settle();
        assertThat(log.keys).containsExactly("0");
        assertThat(context.oddInput().count(Kind.SKIPPED)).isEqualTo(2);
        reconnect();
        settle();

        assertThat(log.object.isLive()).isTrue();
        assertThat(context.oddInput().count(Kind.SKIPPED)).isEqualTo(2);
    }

    @Test
    void countsNoNumbersThatCameWhenTheyWereAskedFor() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        object.add("0", "{}");
        object.addLive("1", "{}");
        settle();
        assertThat(log.keys).containsExactly("0", "1");
        assertThat(context.oddInput().count(Kind.SKIPPED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 1, 1L << 60, Long.MIN_VALUE, -5})
    void believesNoNumberThatNothingCouldFollow(long number) {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", 0);
        twilio.verdicts = false;
        Log log = live(object);
        log.taken();
        establish(subscriptionRequests().get(0).path("correlation_id").asLong(), object, number);
        twilio.notify(
                "com.twilio.rtd.cds.list",
                "{\"event_type\":\"list_item_added\",\"event\":{\"list_sid\":\"ES1\",\"id\":" + number
                        + ",\"item_index\":9,\"item_data\":{}}}");
        object.addLive("0", "{}");

        assertThat(log.taken()).containsExactly("ADDED 1 0 {} false");
    }

    @Test
    void losesAndDoublesNothingThroughFiftyDrops() {
        long seed = 99;
        SplittableRandom random = new SplittableRandom(seed);
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        log.taken();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            String index = String.valueOf(i);
            LoggedEvent event = object.add(index, "{}");
            expected.add(index);
            switch (random.nextInt(100)) {
                case 0 -> reconnect();
                case 1, 2 -> {
                    // Pushed, and lost on the way.
                }
                case 3 -> {
                    twilio.push(object, event);
                    twilio.push(object, event);
                }
                default -> twilio.push(object, event);
            }
            if (random.nextInt(50) == 0) {
                settle();
            }
        }
        reconnect();

        assertThat(log.keys).as("seed %d", seed).isEqualTo(expected);
        assertThat(twilio.channels.dialled.size()).isGreaterThan(40);
    }

    private void replay(long correlation, LoggedEvent event) {
        twilio.notify(
                "twilio.sync.event",
                "{\"event_type\":\"%s\",\"correlation_id\":%d,\"event\":%s}"
                        .formatted(event.type(), correlation, event.body()));
    }

    private void establish(long correlation, FakeObject object, long lastEventId) {
        twilio.verdict(
                twilio.channels.last(),
                correlation,
                "subscription_established",
                JsonNodeFactory.instance
                        .arrayNode()
                        .add(FakeTwilio.parse(
                                "{\"object_sid\":\"%s\",\"replay_status\":\"completed\",\"last_event_id\":%d}"
                                        .formatted(object.sid, lastEventId))));
    }

    private static final class Log implements SyncWatcher {
        private final List<String> entries = new ArrayList<>();
        final List<String> keys = new ArrayList<>();
        SyncObject object;
        boolean full;

        List<String> taken() {
            List<String> taken = List.copyOf(entries);
            entries.clear();
            return taken;
        }

        @Override
        public void opened(SyncRoot root) {
            List<String> items = root.items().stream()
                    .map(item -> item.key() + "@" + item.lastEventId() + "=" + item.data())
                    .toList();
            entries.add("opened " + root.sid() + " " + root.lastEventId() + " " + root.data() + " " + items);
        }

        @Override
        public void reopened(SyncRoot root) {
            entries.add("reopened " + root.sid() + " " + root.lastEventId() + " " + root.data());
        }

        @Override
        public boolean changed(SyncChange change, boolean recovered) {
            if (full) {
                return false;
            }
            keys.add(change.key());
            entries.add(change.kind() + " " + change.id() + " " + change.key() + " " + change.data() + " " + recovered);
            return true;
        }

        @Override
        public void gone() {
            entries.add("gone");
        }

        @Override
        public void failed(ConversationsException why) {
            entries.add("failed " + why.getClass().getSimpleName());
        }
    }

    // ---- the session's side

    @Override
    public void stateChanged(ConnectionState state) {}

    @Override
    public void connected() {
        sync.connected();
    }

    @Override
    public void disconnected() {
        sync.disconnected();
    }

    @Override
    public void failed(Throwable cause, boolean terminal) {}

    @Override
    public void notified(String messageType, JsonNode payload) {
        sync.notified(messageType, payload);
    }

    @Override
    public CompletionStage<AccessToken> token() {
        return CompletableFuture.completedFuture(AccessToken.of("token"));
    }

    @Override
    public void aboutToExpire(AccessToken token) {}

    @Override
    public void expired(AccessToken token) {}

    @Override
    public void refused(AccessToken token, String reason) {}

    @Test
    void anEventThatIsTooHeavyToWaitForManyOthersLosesNone() {
        FakeObject object = twilio.object("list", "ES1", "CH1.messages", -1);
        Log log = live(object);
        for (int i = 0; i < 300; i++) {
            object.add("" + i, "{}");
        }
        object.addLive("300", "{\"text\":\"" + "x".repeat((int) SyncClient.MAX_HELD_WEIGHT) + "\"}");
        settle();
        assertThat(log.keys).as("it is not passed on").isEmpty();
        time.advance(Duration.ofMillis(200));
        settle();
        assertThat(log.keys).hasSize(301);
    }

    @Test
    void asksForManyWithFewRequests() {
        for (int number = 0; number < 700; number++) {
            open(twilio.object("list", "ES" + number, "CH" + number + ".messages", -1));
        }
        twilio.maxBatchSize = 1_000;
        settle();

        assertThat(subscriptionRequests().stream()
                        .map(request -> request.path("requests").size()))
                .as("the first as small as is safe, the rest when nothing more is being opened")
                .containsExactly(100, 600);
        assertThat(sync.progress()).isEqualTo(new SyncClient.Progress(0, 700, 700));
    }
}
