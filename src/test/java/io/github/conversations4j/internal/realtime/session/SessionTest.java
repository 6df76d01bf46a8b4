package io.github.conversations4j.internal.realtime.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.OutcomeUnknownException;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.internal.realtime.channel.ScriptedChannels;
import io.github.conversations4j.internal.realtime.channel.ScriptedChannels.Line;
import io.github.conversations4j.internal.realtime.session.OddInput.Kind;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.internal.wire.ReadBudget;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SettableClock;
import io.github.conversations4j.token.AccessToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private static final TunnelRequest SIGN_OF_LIFE = TunnelRequest.get("https://aim.example/Configuration");
    private static final TunnelRequest READ =
            TunnelRequest.get("https://aim.example/Conversations/CH1?PageSize=2&A=b%20c&A=d");
    private static final TunnelRequest WRITE =
            TunnelRequest.write("POST", "https://aim.example/Conversations/CH1/Messages", "{\"body\":\"grüß\"}", false);

    private final ManualTime time = new ManualTime();
    private final SettableClock clock = new SettableClock(time);
    private final ScriptedChannels channels = new ScriptedChannels();
    private final Tokens tokens = new Tokens();
    private final Log log = new Log();
    private final SessionSettings settings = new SessionSettings(
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(120), 0),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            3,
            4);
    private final SessionContext context = new SessionContext(clock, time, new SplittableRandom(1));
    private final Session session = new Session(settings, context, channels, tokens, log, SIGN_OF_LIFE);

    @AfterEach
    void leavesNothing() {
        session.close();
        time.advance(Duration.ofSeconds(3));
        assertThat(time.pending()).as("timers after the end").isZero();
        assertThat(channels.closed).isTrue();
    }

    private Line connect() {
        session.open();
        channels.last().accept();
        return channels.last();
    }

    // ---- connecting

    @Test
    void introducesItselfAndConnects() {
        session.open();
        assertThat(log.taken()).containsExactly("state CONNECTING");
        Line line = channels.last();
        assertThat(line.sent()).isEmpty();

        line.open();
        Packet init = line.onlySent();

        assertThat(init.method()).isEqualTo("init");
        assertThat(init.id()).matches("TM[0-9a-f]{32}");
        assertThat(init.header().get("token").textValue()).isEqualTo("token-1");
        assertThat(init.header().get("continuation_token").isNull()).isTrue();
        assertThat(init.header().at("/registrations/0/message_types"))
                .extracting(JsonNode::textValue)
                .containsExactlyInAnyOrder(
                        "twilio.ipmsg.typing_indicator",
                        "twilio.sync.event",
                        "com.twilio.rtd.cds.document",
                        "com.twilio.rtd.cds.list",
                        "com.twilio.rtd.cds.map");
        assertThat(init.header().get("capabilities"))
                .extracting(JsonNode::textValue)
                .doesNotContain("telemetry.v1");
        assertThat(log.taken()).isEmpty();

        line.reply(init, 200);
        assertThat(log.taken()).containsExactly("state CONNECTED", "connected");
    }

    @Test
    void showsItsContinuationTokenOnTheNextConnection() {
        session.open();
        Line line = channels.last();
        line.open();
        line.reply(line.onlySent(), 200, JsonNodeFactory.instance.objectNode().put("continuation_token", "opaque"), "");
        line.end(null);
        time.advance(Duration.ofSeconds(1));
        channels.last().open();

        assertThat(channels.last().onlySent().header().get("continuation_token").textValue())
                .isEqualTo("opaque");
    }

    @Test
    void acknowledgesWhateverItIsSent() {
        Line line = connect();

        line.packet("{\"method\":\"ping\",\"id\":\"TM7\"}");
        line.packet("{\"method\":\"something_new\",\"id\":\"TM8\"}");
        line.packet("{\"method\":\"notification\",\"id\":\"TM9\",\"message_type\":\"t\"}", "{\"a\":1}");

        assertThat(line.receipts()).extracting(Packet::id).containsExactly("TM7", "TM8", "TM9");
        assertThat(log.taken()).endsWith("notified t {\"a\":1}");
    }

    @Test
    void triesAgainWithGrowingPausesWhenItCannotConnect() {
        session.open();
        for (int pause : new int[] {1, 2, 4, 8}) {
            int before = channels.dialled.size();
            channels.last().end(new IOException("refused"));
            time.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(channels.dialled).hasSize(before);
            time.advance(Duration.ofMillis(1));
            assertThat(channels.dialled).hasSize(before + 1);
        }
        assertThat(log.taken())
                .containsExactly(
                        "state CONNECTING",
                        "failed ConnectionFailedException false",
                        "failed ConnectionFailedException false",
                        "failed ConnectionFailedException false",
                        "failed ConnectionFailedException false");
    }

    @Test
    void beginsAgainWithShortPausesOnceAConnectionHasLasted() {
        session.open();
        channels.last().end(null);
        time.advance(Duration.ofSeconds(1));
        channels.last().end(null);
        time.advance(Duration.ofSeconds(2));
        channels.last().accept();
        time.advance(Duration.ofSeconds(2).plusMillis(1));
        channels.last().end(null);
        time.advance(Duration.ofSeconds(1));

        assertThat(channels.dialled).hasSize(4);
    }

    @Test
    void doesNotRunDownAServerThatTakesConnectionsAndDropsThem() {
        session.open();
        for (int pause : new int[] {1, 2, 4, 8}) {
            channels.last().accept();
            channels.last().end(null);
            int before = channels.dialled.size();
            time.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(channels.dialled).hasSize(before);
            time.advance(Duration.ofMillis(1));
        }
        assertThat(channels.dialled).hasSize(5);
    }

    @Test
    void givesUpAWebsocketThatDoesNotOpenOrDoesNotAnswer() {
        session.open();
        time.advance(Duration.ofSeconds(30));
        assertThat(channels.dialled.get(0).cancelled).isTrue();
        time.advance(Duration.ofSeconds(1));
        channels.last().open();
        time.advance(Duration.ofSeconds(30));

        assertThat(channels.dialled.get(1).cancelled).isTrue();
        assertThat(log.taken()).filteredOn(entry -> entry.startsWith("failed")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"429,2000,2250", "503,0,1000", "429,-5,1000", "429,99999999999,3600250"})
    void waitsAsLongAsTheServerAsks(int code, long asked, long pause) {
        session.open();
        Line line = channels.last();
        line.open();
        line.reply(
                line.onlySent(),
                code,
                JsonNodeFactory.instance.objectNode(),
                "{\"backoff_policy\":{\"reconnect_min_ms\":" + asked + "}}");

        time.advance(Duration.ofMillis(pause - 1));
        assertThat(channels.dialled).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(channels.dialled).hasSize(2);
    }

    @Test
    void hearsNothingMoreOfAConnectionItHasGivenUp() {
        Line first = connect();
        first.end(null);
        time.advance(Duration.ofSeconds(1));
        Line second = channels.last();
        log.taken();

        first.open();
        first.packet("{\"method\":\"notification\",\"id\":\"TM9\",\"message_type\":\"t\"}", "{}");
        first.packet("{\"method\":\"close\",\"id\":\"TM9\",\"status\":{\"code\":410}}");
        first.end(new IOException("late"));

        assertThat(log.taken()).isEmpty();
        second.accept();
        assertThat(channels.dialled).hasSize(2);
    }

    // ---- silence

    @Test
    void asksForASignOfLifeAndThenGivesASilentServerUp() {
        Line line = connect();
        time.advance(Duration.ofSeconds(30));
        assertThat(line.onlySent().header().at("/http_request/path").textValue())
                .isEqualTo("/Configuration");

        time.advance(Duration.ofSeconds(15).minusMillis(1));
        assertThat(line.cancelled).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(line.cancelled).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(channels.dialled).hasSize(2);
    }

    @Test
    void noticesSilenceThoughTheClockIsSetBack() {
        Line line = connect();
        clock.setBack(Duration.ofDays(1));
        time.advance(Duration.ofSeconds(60));
        assertThat(line.sent()).as("a sign of life is asked for").hasSize(1);
        clock.setBack(Duration.ofDays(1));
        time.advance(Duration.ofSeconds(60));

        assertThat(log.taken()).contains("state CONNECTING");
    }

    @Test
    void givesUpWhatIsNotAnsweredThoughTheClockIsSetBack() {
        connect();
        CompletionStage<TunnelResponse> read = session.request(READ);
        clock.setBack(Duration.ofDays(1));
        for (int i = 0; i < 6; i++) {
            time.advance(Duration.ofSeconds(10));
            channels.last().packet("{\"method\":\"ping\",\"id\":\"TM7\"}");
        }

        assertThat(failureOf(read)).isInstanceOf(CallTimeoutException.class);
    }

    @Test
    void takesAnyPacketForASignOfLife() {
        Line line = connect();
        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofSeconds(29));
            line.packet("{\"method\":\"ping\",\"id\":\"TM7\"}");
        }
        assertThat(line.sent()).isEmpty();

        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofSeconds(31));
            line.respond(line.onlySent(), 200, "{}");
        }
        assertThat(line.cancelled).isFalse();
    }

    // ---- tokens

    @Test
    void sendsANewTokenOnTheOpenConnection() {
        Line line = connect();
        session.updateToken(AccessToken.of("token-2"));
        Packet update = line.onlySent();
        assertThat(update.method()).isEqualTo("update");
        assertThat(update.header().get("token").textValue()).isEqualTo("token-2");
        line.reply(update, 200);

        session.updateToken(AccessToken.of("token-2"));
        assertThat(line.sent()).isEmpty();
        assertThat(log.taken()).containsExactly("state CONNECTING", "state CONNECTED", "connected");
    }

    @Test
    void sendsOnlyTheNewestTokenAfterAnotherIsAccepted() {
        Line line = connect();
        session.updateToken(AccessToken.of("token-2"));
        session.updateToken(AccessToken.of("token-3"));
        session.updateToken(AccessToken.of("token-4"));
        line.reply(line.onlySent(), 200);

        assertThat(line.onlySent().header().get("token").textValue()).isEqualTo("token-4");
    }

    @Test
    void sendsATokenThatCameDuringInit() {
        session.open();
        Line line = channels.last();
        line.open();
        Packet init = line.onlySent();
        session.updateToken(AccessToken.of("token-2"));
        assertThat(line.sent()).isEmpty();
        line.reply(init, 200);

        assertThat(line.onlySent().header().get("token").textValue()).isEqualTo("token-2");
    }

    @Test
    void carriesRequestsWhileATokenIsOnItsWay() {
        Line line = connect();
        session.updateToken(AccessToken.of("token-2"));
        line.onlySent();
        session.request(READ);

        assertThat(line.onlySent().method()).isEqualTo("message");
    }

    @Test
    void connectsAgainWhenAnUpdateIsNotAnswered() {
        Line line = connect();
        session.updateToken(AccessToken.of("token-2"));
        time.advance(Duration.ofSeconds(29));
        line.packet("{\"method\":\"ping\",\"id\":\"TM7\"}");
        time.advance(Duration.ofSeconds(1));
        assertThat(line.cancelled).isTrue();
        tokens.next = "token-2";
        time.advance(Duration.ofSeconds(1));
        channels.last().open();

        assertThat(channels.last().onlySent().header().get("token").textValue()).isEqualTo("token-2");
    }

    @Test
    void connectsAtOnceWithATokenThatComesDuringAPause() {
        Line line = connect();
        line.end(null);
        tokens.next = "token-2";
        session.updateToken(AccessToken.of("token-2"));

        assertThat(channels.dialled).hasSize(2);
    }

    @Test
    void asksForAnotherTokenOnceBeforeItIsDenied() {
        session.open();
        channels.last().open();
        Packet init = channels.last().onlySent();
        tokens.next = "token-2";
        refuse(channels.last(), init, 20101, "Invalid Access Token");
        assertThat(tokens.told).containsExactly("refused token-1 HTTP 401, error 20101: Invalid Access Token");
        time.advance(Duration.ZERO);
        assertThat(channels.dialled).hasSize(2);
        channels.last().open();
        refuse(channels.last(), channels.last().onlySent(), 20101, "Invalid Access Token");

        assertThat(log.taken())
                .containsExactly("state CONNECTING", "state DENIED", "failed AccessDeniedException true");
        assertThat(log.lastFailure).hasMessageContaining("20101").hasMessageContaining("Invalid Access Token");
        assertThat(log.lastFailure.getMessage()).doesNotContain("token-");
        assertThat(failureOf(session.request(READ)))
                .isInstanceOfSatisfying(
                        AccessDeniedException.class, e -> assertThat(e.code()).hasValue(20101));
        time.advance(Duration.ofHours(1));
        assertThat(channels.dialled).hasSize(2);

        tokens.next = "token-3";
        session.updateToken(AccessToken.of("token-3"));
        channels.last().accept();
        assertThat(log.taken()).containsExactly("state CONNECTING", "state CONNECTED", "connected");
        session.request(READ);
        assertThat(channels.last().sent()).hasSize(1);
    }

    @Test
    void saysThatARefusedTokenHasExpired() {
        session.open();
        channels.last().open();
        refuse(channels.last(), channels.last().onlySent(), 20104, "Access Token expired");

        assertThat(log.taken()).containsExactly("state CONNECTING");
        assertThat(tokens.told).containsExactly("expired token-1");
    }

    @Test
    void tellsOfAnExpiryAhead() {
        Line line = connect();
        line.packet("{\"method\":\"client_update\",\"id\":\"TM1\",\"client_update_type\":\"token_about_to_expire\","
                + "\"client_update_message\":\"Time left: less than 240000 ms\"}");

        assertThat(tokens.told).containsExactly("about to expire token-1");
        assertThat(line.receipts()).hasSize(1);
    }

    @Test
    void comesBackAtOnceWithAnotherTokenWhenTheOldOneHasExpired() {
        Line line = connect();
        CompletionStage<TunnelResponse> read = session.request(READ);
        time.advance(Duration.ofSeconds(5));
        log.taken();
        tokens.next = "token-2";
        line.packet(
                "{\"method\":\"close\",\"id\":\"TM1\",\"status\":{\"code\":410,\"status\":\"TOKEN_EXPIRED\",\"errorCode\":51207}}");
        assertThat(tokens.told).containsExactly("expired token-1");
        assertThat(line.receipts()).hasSize(1);
        time.advance(Duration.ZERO);
        channels.last().open();
        Packet init = channels.last().onlySent();
        channels.last().reply(init, 200);

        assertThat(init.header().get("token").textValue()).isEqualTo("token-2");
        assertThat(log.taken()).containsExactly("disconnected", "state CONNECTING", "state CONNECTED", "connected");
        channels.last().respond(channels.last().onlySent(), 200, "{}");
        assertThat(read).isCompleted();
    }

    @Test
    void slowsDownWhenEveryTokenExpiresAtOnce() {
        session.open();
        int dials = 1;
        for (int pause : new int[] {1, 2, 4}) {
            channels.last().accept();
            channels.last().packet("{\"method\":\"close\",\"id\":\"TM1\",\"status\":{\"code\":410}}");
            time.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(channels.dialled).hasSize(dials);
            time.advance(Duration.ofMillis(1));
            assertThat(channels.dialled).hasSize(++dials);
        }
    }

    @Test
    void triesAgainWhenThereIsNoToken() {
        tokens.pending = new CompletableFuture<>();
        session.open();
        time.advance(Duration.ofMinutes(5));
        assertThat(channels.dialled).isEmpty();
        tokens.pending.completeExceptionally(new IllegalStateException("token server down"));
        tokens.pending = null;
        assertThat(channels.dialled).isEmpty();
        time.advance(Duration.ofSeconds(1));

        assertThat(channels.dialled).hasSize(1);
        assertThat(log.taken()).containsExactly("state CONNECTING");
    }

    // ---- the server ends it

    @ParameterizedTest
    @ValueSource(ints = {308, 406, 417, 500, 0})
    void movesOnWhenItIsSentAway(int code) {
        Line line = connect();
        line.packet("{\"method\":\"close\",\"id\":\"TM1\",\"status\":{\"code\":" + code + "}}");
        assertThat(line.cancelled).isTrue();
        assertThat(log.taken()).endsWith("disconnected", "state CONNECTING", "failed TwilioApiException false");
        time.advance(Duration.ofSeconds(1));
        channels.last().accept();

        assertThat(log.taken()).containsExactly("state CONNECTED", "connected");
    }

    @Test
    void waitsBeforeItMovesOnIfItIsAskedTo() {
        Line line = connect();
        line.packet(
                "{\"method\":\"close\",\"id\":\"TM1\",\"payload_type\":\"application/json\",\"status\":{\"code\":308}}",
                "{\"backoff_policy\":{\"reconnect_min_ms\":2000}}");
        time.advance(Duration.ofMillis(2249));
        assertThat(channels.dialled).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(channels.dialled).hasSize(2);
    }

    // ---- requests

    @Test
    void carriesARequest() {
        Line line = connect();
        CompletionStage<TunnelResponse> answer = session.request(WRITE.with("X-Twilio-Mutation-Id", "m1"));
        Packet packet = line.onlySent();

        ObjectNode header = packet.header();
        assertThat(header.get("active_grant").textValue()).isEqualTo("ip_messaging");
        assertThat(header.get("payload_type").textValue()).isEqualTo("application/json; charset=utf-8");
        JsonNode http = header.get("http_request");
        assertThat(http.get("host").textValue()).isEqualTo("aim.example");
        assertThat(http.get("path").textValue()).isEqualTo("/Conversations/CH1/Messages");
        assertThat(http.get("method").textValue()).isEqualTo("POST");
        assertThat(http.get("params")).isEmpty();
        assertThat(http.at("/headers/X-Twilio-Mutation-Id").textValue()).isEqualTo("m1");
        assertThat(packet.payloadText()).isEqualTo("{\"body\":\"grüß\"}");

        line.respond(packet, 201, "{\"index\":7}");
        assertThat(answer)
                .isCompletedWithValueMatching(response -> response.status() == 201
                        && response.isSuccess()
                        && response.body().get("index").intValue() == 7);
    }

    @Test
    void sendsTheQueryAsItIsAndRepeatedNamesAsAnArray() {
        Line line = connect();
        session.request(READ);

        assertThat(line.onlySent().header().at("/http_request/params"))
                .hasToString("{\"PageSize\":\"2\",\"A\":[\"b%20c\",\"d\"]}");
    }

    @Test
    void takesAnswersInAnyOrder() {
        Line line = connect();
        List<CompletionStage<TunnelResponse>> answers =
                IntStream.range(0, 3).mapToObj(i -> session.request(READ)).toList();
        List<Packet> packets = line.sent();
        for (int i : new int[] {2, 0, 1}) {
            line.respond(packets.get(i), 200 + i, "{}");
        }

        assertThat(answers)
                .extracting(answer -> answer.toCompletableFuture().join().status())
                .containsExactly(200, 201, 202);
    }

    @Test
    void givesTheVerdictOfTheTunnelWhereTheServiceWasNotReached() {
        Line line = connect();
        CompletionStage<TunnelResponse> answer = session.request(READ);
        line.reply(line.onlySent(), 429);

        assertThat(answer.toCompletableFuture().join().status()).isEqualTo(429);
    }

    @Test
    void ignoresAnswersToNothing() {
        Line line = connect();
        line.packet("{\"method\":\"reply\",\"id\":\"TM0\",\"status\":{\"code\":200}}");
        line.packet("{\"method\":\"reply\",\"id\":\"TM0\"}");

        assertThat(log.taken()).endsWith("connected");
        assertThat(line.cancelled).isFalse();
    }

    @Test
    void answersARequestWhoseAnswerCannotBeRead() {
        Line line = connect();
        CompletionStage<TunnelResponse> answer = session.request(WRITE);
        line.respond(line.onlySent(), 201, "{");

        assertThat(answer.toCompletableFuture().join().status()).isEqualTo(201);
        assertThat(answer.toCompletableFuture().join().body().isMissingNode()).isTrue();
        assertThat(context.oddInput().count(Kind.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void sendsWhatWaitedForTheConnectionInOrder() {
        session.open();
        session.request(READ);
        session.request(WRITE);
        assertThat(channels.last().sent()).isEmpty();
        channels.last().accept();

        assertThat(channels.last().sent())
                .extracting(packet -> packet.header().at("/http_request/method").textValue())
                .containsExactly("GET", "POST");
    }

    @Test
    void failsWhatWaitedTooLong() {
        session.open();
        CompletionStage<TunnelResponse> write = session.request(WRITE);
        time.advance(Duration.ofSeconds(20));

        assertThat(failureOf(write)).isInstanceOf(CallTimeoutException.class).hasMessageContaining("Nothing was sent");
        channels.last().accept();
        assertThat(channels.last().sent()).isEmpty();
    }

    @Test
    void limitsHowManyRequestsAreUnderWayAndHowManyWait() {
        Line line = connect();
        List<CompletionStage<TunnelResponse>> answers =
                IntStream.range(0, 8).mapToObj(i -> session.request(WRITE)).toList();
        List<Packet> sent = line.sent();

        assertThat(sent).hasSize(3);
        assertThat(failureOf(answers.get(7)))
                .isInstanceOf(ConversationsException.class)
                .hasMessageContaining("4 requests are waiting");
        line.respond(sent.get(1), 200, "{}");
        assertThat(line.sent()).hasSize(1);
    }

    @Test
    void failsAnUnansweredWriteWithAnOutcomeThatIsUnknown() {
        Line line = connect();
        CompletionStage<TunnelResponse> write = session.request(WRITE);
        CompletionStage<TunnelResponse> read = session.request(READ);
        time.advance(Duration.ofSeconds(29));
        line.packet("{\"method\":\"ping\",\"id\":\"TM7\"}");
        assertThat(write.toCompletableFuture()).isNotDone();
        time.advance(Duration.ofSeconds(1));

        assertThat(failureOf(write)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(failureOf(read)).isInstanceOf(CallTimeoutException.class);
        assertThat(failureOf(write)).hasMessageContaining("POST /Conversations/CH1/Messages");
        assertThat(failureOf(write).getMessage()).doesNotContain("grüß");
    }

    @Test
    void repeatsReadsAfterADropAndFailsWritesThatMayHaveBeenCarriedOut() {
        Line line = connect();
        CompletionStage<TunnelResponse> write = session.request(WRITE);
        CompletionStage<TunnelResponse> read = session.request(READ);
        CompletionStage<TunnelResponse> third = session.request(TunnelRequest.get("https://aim.example/third"));
        CompletionStage<TunnelResponse> waiting = session.request(TunnelRequest.get("https://aim.example/waiting"));
        line.end(new IOException("reset"));

        assertThat(failureOf(write)).isInstanceOf(OutcomeUnknownException.class).hasRootCauseMessage("reset");
        time.advance(Duration.ofSeconds(1));
        channels.last().accept();
        List<Packet> again = channels.last().sent();
        assertThat(again)
                .extracting(packet -> packet.header().at("/http_request/path").textValue())
                .containsExactly("/Conversations/CH1", "/third", "/waiting");
        again.forEach(packet -> channels.last().respond(packet, 200, "{}"));
        assertThat(List.of(read, third, waiting))
                .allSatisfy(answer -> assertThat(answer).isCompleted());
    }

    @Test
    void keepsWhatAChokedChannelDidNotTake() {
        Line line = connect();
        line.choked = true;
        CompletionStage<TunnelResponse> write = session.request(WRITE);
        line.end(new IOException("choked"));
        time.advance(Duration.ofSeconds(1));
        channels.last().accept();
        channels.last().respond(channels.last().onlySent(), 201, "{}");

        assertThat(write).isCompleted();
    }

    // ---- bad input

    @Test
    void livesThroughRubbish() {
        Line line = connect();
        line.bytes(new byte[0]);
        line.bytes("GET / HTTP/1.1".getBytes(UTF_8));
        line.packet("{\"method\":\"notification\",\"id\":\"TM1\"}", "{]");
        line.packet("{\"method\":\"notification\",\"id\":\"TM2\",\"message_type\":{}}", "[]");
        line.packet("{\"method\":\"close\",\"id\":\"TM3\",\"status\":\"oops\"}");
        assertThat(context.oddInput().count(Kind.UNREADABLE)).isEqualTo(3);
        time.advance(Duration.ofSeconds(1));
        channels.last().accept();

        assertThat(log.taken()).endsWith("state CONNECTED", "connected");
    }

    @Test
    void countsWhatItDoesNotKnow() {
        Line line = connect();
        line.packet("{\"method\":\"ping\",\"id\":\"TM1\"}");
        assertThat(context.oddInput().count(Kind.UNKNOWN_METHOD)).isZero();
        line.packet("{\"method\":\"sing\",\"id\":\"TM2\"}");
        line.packet("{\"method\":\"sing\",\"id\":\"TM3\"}");
        line.packet("{\"method\":\"client_update\",\"id\":\"TM4\",\"client_update_type\":\"token_about_to_expire\"}");
        assertThat(context.oddInput().count(Kind.UNKNOWN_TYPE)).isZero();
        line.packet("{\"method\":\"client_update\",\"id\":\"TM5\",\"client_update_type\":\"tea_is_ready\"}");

        assertThat(context.oddInput().count(Kind.UNKNOWN_METHOD)).isEqualTo(2);
        assertThat(context.oddInput().count(Kind.UNKNOWN_TYPE)).isEqualTo(1);
        assertThat(line.receipts()).hasSize(5);
        assertThat(line.cancelled).isFalse();
    }

    @Test
    void countsWhatIsTooLarge() {
        Line line = connect();
        line.bytes("TWILSOCK V3.0 99999999\r\n".getBytes(UTF_8));
        line.packet("{\"method\":\"notification\",\"id\":\"TM1\"}", " ".repeat(9 * 1024 * 1024));
        assertThat(context.oddInput().count(Kind.OVERSIZED)).isEqualTo(2);
        line.end(new IOException(tooManyBytes()));

        assertThat(context.oddInput().count(Kind.OVERSIZED)).isEqualTo(3);
        assertThat(context.oddInput().count(Kind.UNREADABLE)).isZero();
        time.advance(Duration.ofSeconds(1));
        channels.last().accept();
        assertThat(log.taken()).endsWith("state CONNECTED", "connected");
    }

    private static IOException tooManyBytes() {
        ReadBudget budget = new ReadBudget();
        budget.renew(0);
        try {
            budget.count(new ByteArrayInputStream(new byte[1])).read();
        } catch (IOException e) {
            return e;
        }
        throw new AssertionError("there was no limit");
    }

    @Test
    void countsTextMessages() {
        Line line = connect();
        line.text();

        assertThat(context.oddInput().count(Kind.UNREADABLE)).isEqualTo(1);
        assertThat(log.taken()).endsWith("state CONNECTED", "connected");
    }

    @Test
    void livesOrReconnectsWhateverItIsSent() {
        long seed = 4242;
        SplittableRandom random = new SplittableRandom(seed);
        connect();
        String[] headers = {
            "{\"method\":\"reply\",\"id\":\"TM0\",\"status\":{\"code\":200,\"status\":\"OK\"},\"http_status\":{\"code\":200}}",
            "{\"method\":\"notification\",\"id\":\"TM1\",\"message_type\":\"twilio.sync.event\"}",
            "{\"method\":\"client_update\",\"id\":\"TM2\",\"client_update_type\":\"token_about_to_expire\"}",
            "{\"method\":\"close\",\"id\":\"TM3\",\"status\":{\"code\":308,\"errorCode\":51232}}"
        };
        for (int round = 0; round < 8_000; round++) {
            if (channels.last().cancelled || round % 1000 == 999) {
                channels.last().end(null);
                awaitNextDial();
                channels.last().accept();
            }
            byte[] packet = ("TWILSOCK V3.0 " + headers[round % 4].length() + "\r\n" + headers[round % 4] + "\r\n")
                    .getBytes(UTF_8);
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(32, 127);
            }
            Line line = channels.last();
            try {
                line.bytes(packet);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + new String(packet, UTF_8), e);
            }
            line.sent();
        }
        channels.last().end(null);
        awaitNextDial();
        channels.last().accept();
        session.request(READ);
        assertThat(channels.last().sent()).hasSize(1);
    }

    private void awaitNextDial() {
        int before = channels.dialled.size();
        while (channels.dialled.size() == before) {
            time.advance(time.untilNext().orElseThrow());
        }
    }

    // ---- the end

    @Test
    void saysGoodbye() {
        Line line = connect();
        CompletionStage<TunnelResponse> write = session.request(WRITE);
        line.sent();
        CompletionStage<Void> closed = session.close();
        assertThat(line.onlySent().method()).isEqualTo("close");
        assertThat(line.closed).isTrue();
        assertThat(closed.toCompletableFuture()).isNotDone();
        line.end(null);

        assertThat(closed).isCompleted();
        assertThat(failureOf(write)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(failureOf(session.request(READ))).isInstanceOf(ClientClosedException.class);
        assertThat(log.taken()).endsWith("state DISCONNECTING", "state DISCONNECTED");
        assertThat(session.close()).isCompleted();
    }

    @Test
    void endsThoughTheServerDoesNot() {
        Line line = connect();
        CompletionStage<Void> closed = session.close();
        time.advance(Duration.ofSeconds(3));

        assertThat(closed).isCompleted();
        assertThat(line.cancelled).isTrue();
    }

    @Test
    void endsDuringAPauseAndBeforeTheBeginning() {
        Line line = connect();
        line.end(null);
        CompletionStage<TunnelResponse> waiting = session.request(READ);

        assertThat(session.close()).isCompleted();
        assertThat(failureOf(waiting)).isInstanceOf(ClientClosedException.class);
        time.advance(Duration.ofHours(1));
        session.updateToken(AccessToken.of("late"));
        assertThat(channels.dialled).hasSize(1);
    }

    @Test
    void endsWhileATokenIsBeingFetched() {
        tokens.pending = new CompletableFuture<>();
        session.open();
        assertThat(session.close()).isCompleted();
        tokens.pending.complete(AccessToken.of("token-1"));

        assertThat(channels.dialled).isEmpty();
    }

    private static void refuse(Line line, Packet init, int errorCode, String description) {
        line.packet(
                "{\"method\":\"reply\",\"id\":\"%s\",\"status\":{\"code\":401,\"status\":\"UNAUTHORIZED\",\"description\":\"%s\",\"errorCode\":%d}}"
                        .formatted(init.id(), description, errorCode));
    }

    private static Throwable failureOf(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("completed");
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private static final class Tokens implements SessionTokens {
        final List<String> told = new ArrayList<>();
        String next = "token-1";
        CompletableFuture<AccessToken> pending;

        @Override
        public CompletionStage<AccessToken> token() {
            return pending != null ? pending : CompletableFuture.completedFuture(AccessToken.of(next));
        }

        @Override
        public void aboutToExpire(AccessToken token) {
            told.add("about to expire " + token.text());
        }

        @Override
        public void expired(AccessToken token) {
            told.add("expired " + token.text());
        }

        @Override
        public void refused(AccessToken token, String reason) {
            told.add("refused " + token.text() + " " + reason);
        }
    }

    private static final class Log implements SessionListener {
        private final Deque<String> entries = new ArrayDeque<>();
        Throwable lastFailure = new ConnectionFailedException("none", null);

        List<String> taken() {
            List<String> taken = List.copyOf(entries);
            entries.clear();
            return taken;
        }

        @Override
        public void stateChanged(ConnectionState state) {
            entries.add("state " + state);
        }

        @Override
        public void connected() {
            entries.add("connected");
        }

        @Override
        public void disconnected() {
            entries.add("disconnected");
        }

        @Override
        public void failed(Throwable cause, boolean terminal) {
            lastFailure = cause;
            entries.add("failed " + cause.getClass().getSimpleName() + " " + terminal);
        }

        @Override
        public void notified(String messageType, JsonNode payload) {
            entries.add("notified " + messageType + " " + payload);
        }
    }
}
