package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollReport;
import io.github.conversations4j.source.PollTier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What polling costs with 1000 conversations of which five are active, and sweeping with 300; prints what it counts. */
class PollCostTest {
    private static final int CONVERSATIONS = 1000;
    private static final int ACTIVE = 5;
    private static final int SWEPT = 300;
    /** One page of the list for a hundred conversations, and one of messages for each. */
    private static final int PLAIN_LOOP = 1010;

    private static final Duration STEP = Duration.ofMillis(200);

    private static String seed(int conversations) {
        return IntStream.range(0, conversations)
                .mapToObj(i -> "{\"unique_name\": \"c" + i + "\", \"participants\": [{\"identity\": \"p" + i % 50
                        + "\"}], \"messages\": [{\"author\": \"p" + i % 50 + "\", \"body\": \"old\"}]}")
                .collect(Collectors.joining(", ", "{\"conversations\": [", "]}"));
    }

    private static List<ConversationSnapshot> active(ConversationsApi people) {
        return PollFixture.all(100, page -> people.conversations().list(page)).subList(0, ACTIVE);
    }

    private static void everyoneSays(String text, ConversationsApi people, List<ConversationSnapshot> active) {
        for (ConversationSnapshot conversation : active) {
            PollFixture.await(people.messages()
                    .send(
                            conversation.sid(),
                            NewMessage.builder().author("p0").body(text).build(),
                            text));
        }
    }

    private static void print(String title, PollReport report) {
        System.out.println(title);
        for (PollReport.Row row : report.rows()) {
            System.out.printf(
                    "  %-17s %-5s %5d %8.1f calls/min, at most %s late%n",
                    row.part(),
                    row.tier() == null ? "" : row.tier(),
                    row.read(),
                    row.callsPerMinute(),
                    row.atMostLate());
        }
        System.out.printf("  together %.1f calls/min%n", report.callsPerMinute());
    }

    @Test
    void newMessagesCostAtMost25CallsWithAnObserver() {
        try (PollFixture fixture = new PollFixture(1)) {
            fixture.twilio.seed(seed(CONVERSATIONS));
            fixture.time.advance(Duration.ofHours(2));
            ConversationsApi people = fixture.people();
            List<ConversationSnapshot> active = active(people);
            PollConnection poll =
                    fixture.started(PollOptions.builder().observer("observer").build());
            System.out.println(
                    "first pass with an observer that takes part nowhere yet: " + fixture.calls.size() + " calls");
            everyoneSays("warm up", people, active);
            fixture.pass(Duration.ofSeconds(30), STEP);
            fixture.sink.drain();
            fixture.calls.clear();

            for (int i = 0; i < 20; i++) {
                everyoneSays("message " + i, people, active);
                fixture.pass(Duration.ofSeconds(5), STEP);
            }

            List<Integer> cycles = new ArrayList<>();
            for (String call : fixture.calls) {
                if (call.startsWith("/Users/observer/Conversations") && !call.contains("PageToken")) {
                    cycles.add(0);
                }
                boolean counts = call.startsWith("/Users/observer/Conversations");
                boolean looks = call.contains("/Messages?") && !call.contains("PageSize=50");
                if (!cycles.isEmpty() && (counts || looks)) {
                    cycles.set(cycles.size() - 1, cycles.get(cycles.size() - 1) + 1);
                }
            }
            System.out.println("calls per cycle for new messages, with an observer: " + cycles);
            print("with an observer, while messages come:", poll.report());
            assertThat(cycles)
                    .hasSizeBetween(18, 24)
                    .allSatisfy(calls -> assertThat(calls).isBetween(20, 25));
            assertThat(fixture.sink.drain().stream().filter(MessageAdded.class::isInstance))
                    .hasSizeGreaterThanOrEqualTo(19 * ACTIVE);
            assertThat(fixture.mostUnderWay()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void newMessagesCostAnEighthOfThePlainLoopWithoutAnObserver() {
        try (PollFixture fixture = new PollFixture(1)) {
            fixture.twilio.seed(seed(CONVERSATIONS));
            fixture.time.advance(Duration.ofHours(2));
            ConversationsApi people = fixture.people();
            List<ConversationSnapshot> active = active(people);
            PollConnection poll = fixture.started(PollOptions.builder().build());
            System.out.println("first pass: " + fixture.calls.size() + " calls");
            everyoneSays("warm up", people, active);
            fixture.pass(Duration.ofMinutes(6), Duration.ofSeconds(1));
            fixture.calls.clear();

            int cycles = 3;
            Duration cycle = PollOptions.builder().build().conversationsEvery();
            List<Long> counted = new ArrayList<>();
            for (int i = 0; i < cycles; i++) {
                fixture.calls.clear();
                everyoneSays("message " + i, people, active);
                fixture.pass(cycle, STEP);
                counted.add(fixture.calls.stream()
                        .filter(call -> call.contains("/Messages?") || call.startsWith("/Conversations?"))
                        .count());
            }
            System.out.println("calls per cycle of " + cycle + " for new messages, without an observer: " + counted);
            print("without an observer:", poll.report());
            assertThat(counted).allSatisfy(calls -> assertThat(calls).isBetween(1L, PLAIN_LOOP / 8L));
            assertThat(poll.report().rows())
                    .filteredOn(row -> row.part() == PollReport.Part.NEW_MESSAGES && row.tier() == PollTier.HOT)
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.read()).isEqualTo(ACTIVE);
                        assertThat(row.atMostLate()).isLessThanOrEqualTo(Duration.ofSeconds(4));
                    });
        }
    }

    @Test
    void sweepingReadsEverythingOnceInItsPeriod() {
        try (PollFixture fixture = new PollFixture(1)) {
            fixture.twilio.seed(seed(SWEPT));
            fixture.time.advance(Duration.ofHours(2));
            ConversationsApi people = fixture.people();
            List<ConversationSnapshot> active = active(people);
            Duration period = Duration.ofMinutes(15);
            Sweep sweep = fixture.swept(period);
            System.out.println("first pass of the sweep: " + fixture.calls.size() + " calls");
            assertThat(fixture.sink.drain()).isEmpty();
            fixture.calls.clear();
            everyoneSays("lost", people, active);
            fixture.pass(period, Duration.ofMillis(500));

            System.out.println("calls of the sweep in " + period + ": " + fixture.calls.size());
            print("sweep:", sweep.report());
            assertThat(fixture.calls).hasSizeBetween(2 * SWEPT, 13 * SWEPT / 5);
            List<ConversationsEvent> found = fixture.sink.drain();
            assertThat(found)
                    .allSatisfy(event -> assertThat(event.meta().recovered()).isTrue());
            // What was told is offered again with each reading; whoever drops duplicates drops it.
            assertThat(found.stream().map(event -> event.meta().id()).distinct())
                    .hasSize(ACTIVE);
            assertThat(fixture.mostUnderWay()).isEqualTo(1);
        }
    }
}
