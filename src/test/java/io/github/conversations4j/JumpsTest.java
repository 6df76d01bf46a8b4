package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jumps into the middle of a long conversation over REST, and what they cost. */
class JumpsTest {
    private static final int NEWEST = 449;
    /** The eighth of every ten is removed, so that indexes skip numbers. */
    private static final List<Integer> THERE = IntStream.rangeClosed(0, NEWEST)
            .filter(index -> index % 10 != 8)
            .boxed()
            .toList();

    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final OkHttpClient HTTP = new OkHttpClient.Builder()
            .addInterceptor(chain -> {
                CALLS.incrementAndGet();
                return chain.proceed(chain.request());
            })
            .build();

    private static ConversationsEmulator twilio;
    private static ConversationsClient client;
    private static Messages messages;

    @BeforeAll
    static void start() {
        twilio = ConversationsEmulator.start();
        SimulatedParticipant alice = twilio.user("alice").in("room").joins();
        IntStream.rangeClosed(0, NEWEST).forEach(index -> alice.says("message " + index));
        client = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .httpClient(HTTP)
                .build());
        client.ready().await();
        messages = client.findConversation("room").await().messages();
        messages.oldest(100).await().stream()
                .filter(message -> message.index() % 10 == 8)
                .toList()
                .forEach(message -> messages.remove(message.sid()).await());
    }

    @AfterAll
    static void stop() {
        client.close();
        HTTP.dispatcher().executorService().shutdown();
        HTTP.connectionPool().evictAll();
        twilio.close();
    }

    private static List<Integer> indexes(List<Message> found) {
        return found.stream().map(Message::index).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "449, 5, 1",
        "400, 5, 1",
        "448, 50, 1",
        "300, 5, 2",
        "200, 5, 3",
        "50, 5, 2",
        "3, 5, 2",
        "0, 50, 2",
        "99, 1, 2"
    })
    void around_an_index_goes_one_way_from_the_nearer_end(int index, int each, int calls) {
        int before = CALLS.get();
        List<Message> found = messages.around(index, each).await();

        assertThat(CALLS.get() - before).as("calls").isEqualTo(calls);
        int upTo = (int) THERE.stream().filter(there -> there < index).count();
        int middle = THERE.contains(index) ? 1 : 0;
        assertThat(indexes(found))
                .isEqualTo(THERE.subList(Math.max(0, upTo - each), Math.min(THERE.size(), upTo + middle + each)));
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 1", "198, 40, 2", "444, 5, 5", "449, 5, 5", "205, 100, 2"})
    void after_an_index_skips_a_hundred_by_each_call(int index, int pageSize, int calls) {
        List<Integer> found = new ArrayList<>();
        int before = CALLS.get();
        Page<Message> page = messages.after(index, pageSize).await();

        assertThat(CALLS.get() - before).as("calls for the first page").isEqualTo(calls);
        assertThat(page.items()).hasSizeLessThanOrEqualTo(pageSize);
        page.stream().map(Message::index).forEach(found::add);
        assertThat(found)
                .isEqualTo(THERE.stream().filter(there -> there > index).toList());
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 0", "1, 5, 5", "449, 5, 1", "250, 7, 2", "250, 100, 2"})
    void before_an_index_skips_a_hundred_by_each_call(int index, int pageSize, int calls) {
        List<Integer> found = new ArrayList<>();
        int before = CALLS.get();
        Page<Message> page = messages.before(index, pageSize).await();

        assertThat(CALLS.get() - before).as("calls for the first page").isEqualTo(calls);
        assertThat(page.items()).hasSizeLessThanOrEqualTo(pageSize);
        page.stream().map(Message::index).forEach(there -> found.add(0, there));
        assertThat(found)
                .isEqualTo(THERE.stream().filter(there -> there < index).toList());
    }
}
