package io.github.conversations4j.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.WriteLimits;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.rest.RestClient;
import io.github.conversations4j.internal.rest.RestConversationsApi;
import io.github.conversations4j.internal.rest.RestOptions;
import io.github.conversations4j.internal.rest.RestRuntime;
import io.github.conversations4j.internal.threads.Workers;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is handed over of a long conversation, and by how many calls. */
class MessageReaderTest {
    private static final Duration LIMIT = Duration.ofSeconds(Patience.SECONDS);
    private static final int MESSAGES = 1_300;

    private final AtomicInteger calls = new AtomicInteger();
    /** Calls wait until it is open. */
    private final AtomicReference<CountDownLatch> door = new AtomicReference<>(new CountDownLatch(0));

    private final ManualTime time = new ManualTime();
    private final Workers threads = Workers.platform("conversations4j-reader-test", 4);
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final OkHttpClient http = new OkHttpClient.Builder()
            .addInterceptor(chain -> {
                calls.incrementAndGet();
                pass(door.get());
                return chain.proceed(chain.request());
            })
            .build();
    private final RestClient rest = new RestClient(
            twilio.credentials(),
            RestOptions.builder()
                    .baseUrl(twilio.url())
                    .httpClient(http)
                    .writeLimits(WriteLimits.none())
                    .build(),
            new RestRuntime(time, time, new Random(1), threads));
    private final ConversationsApi api = new RestConversationsApi(rest);
    private final MessageReader reader = new MessageReader(() -> api, "poll", () -> Instant.EPOCH);
    private final String conversation;

    MessageReaderTest() {
        SimulatedParticipant bob = twilio.user("bob").in("general").joins();
        IntStream.range(0, MESSAGES).forEach(index -> bob.says("message " + index));
        conversation = bob.conversationSid();
    }

    @AfterEach
    void close() throws InterruptedException {
        rest.close();
        assertThat(rest.awaitClosed(LIMIT)).isTrue();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        twilio.close();
        assertThat(threads.close(LIMIT)).isTrue();
    }

    private static void pass(CountDownLatch door) {
        try {
            assertThat(door.await(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reading await(CompletionStage<Reading> reading) throws Exception {
        return reading.toCompletableFuture().get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    private static List<Integer> indexes(Reading reading) {
        return reading.messages().stream().map(Message::index).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void of_too_many_the_oldest_are_handed_over_by_one_way_back() throws Exception {
        Reading reading = await(reader.read(conversation, 100, null));
        assertThat(indexes(reading)).isEqualTo(range(100, 1_099));
        assertThat(List.of(reading.from(), reading.to())).containsExactly(100, 1_099);
        assertThat(reading.isAll()).isFalse();
        assertThat(calls).as("a hundred by each").hasValue(12);
    }

    @Test
    void the_rest_is_handed_over_when_it_is_asked_for() throws Exception {
        Reading reading = await(reader.read(conversation, 1_100, null));
        assertThat(indexes(reading)).isEqualTo(range(1_100, MESSAGES - 1));
        assertThat(reading.to()).isEqualTo(MESSAGES - 1);
        assertThat(reading.isAll()).isTrue();
        assertThat(calls).hasValue(2);
    }

    @Test
    void so_is_what_is_no_history() throws Exception {
        Reading reading = await(reader.lookBack(conversation, null));
        assertThat(indexes(reading)).isEqualTo(range(0, 999));
        assertThat(reading.isAll()).isFalse();
        assertThat(calls).hasValue(13);
    }

    @Test
    void large_messages_are_handed_over_in_smaller_parts() throws Exception {
        SimulatedParticipant bob = twilio.user("bob").in("long-winded").joins();
        String text = "x".repeat(15_000);
        IntStream.range(0, 150).forEach(index -> bob.says(text));
        Reading first = await(reader.read(bob.conversationSid(), 0, null));
        assertThat(indexes(first)).isEqualTo(range(0, first.to())).hasSizeBetween(30, 35);
        assertThat(first.isAll()).isFalse();
        Reading rest = await(reader.read(bob.conversationSid(), first.to() + 1, null));
        assertThat(indexes(rest)).startsWith(first.to() + 1);
    }

    @Test
    void all_pages_that_a_question_takes_show_that_twilio_answers() throws Exception {
        assertThat(indexes(await(reader.read(conversation, 100, 105)))).isEqualTo(range(100, 105));
        assertThat(reader.pages())
                .as("also those for what is skipped")
                .isEqualTo(calls.get())
                .isEqualTo(12);
    }

    @Test
    void eight_lists_are_read_at_once_and_the_others_wait() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        MessageReader busy = new MessageReader(
                () -> {
                    asked.incrementAndGet();
                    return api;
                },
                "poll",
                () -> Instant.EPOCH);
        CountDownLatch open = new CountDownLatch(1);
        door.set(open);
        List<CompletionStage<Reading>> readings = IntStream.range(0, 20)
                .mapToObj(number -> busy.read(conversation, MESSAGES - 1, null))
                .toList();
        assertThat(asked).hasValue(8);
        open.countDown();
        for (CompletionStage<Reading> reading : readings) {
            assertThat(indexes(await(reading))).containsExactly(MESSAGES - 1);
        }
        assertThat(asked).hasValue(20);
    }
}
