package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.EmulatorOptions;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.store.MemoryCursorStore;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client does with its delivery options, and which of them contradict each other. */
class DeliveryOptionsTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();

    private ConversationsClient started(ConversationsEmulator twilio, DeliveryOptions.Builder options) {
        return started(twilio, UnaryOperator.identity(), options);
    }

    private ConversationsClient started(
            ConversationsEmulator twilio, UnaryOperator<ClientOptions.Builder> more, DeliveryOptions.Builder options) {
        ConversationsClient client = ConversationsClient.start(
                more.apply(twilio.backendOptions())
                        .errorHandler(report -> {})
                        .sweepEvery(Duration.ZERO) // so that only what the options are about recovers anything
                        .delivery(options.holdFor(Duration.ofSeconds(5)).build())
                        .build(),
                starting -> starting.onMessageAdded(event -> {
                    heard.add(event.message().body() + (event.meta().recovered() ? " (recovered)" : ""));
                    if ("a riddle".equals(event.message().body())) {
                        throw new IllegalStateException("nobody knows");
                    }
                }));
        client.ready().await();
        return client;
    }

    private void hears(String... words) {
        Patience.until(() -> heard.size() >= words.length);
        assertThat(heard).containsExactly(words);
        heard.clear();
    }

    @Test
    void a_client_with_cursors_goes_on_where_the_last_one_was() {
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                MemoryCursorStore store = new MemoryCursorStore()) {
            SimulatedParticipant bob = twilio.user("bob").in("general").joins();
            try (ConversationsClient first =
                    started(twilio, DeliveryOptions.builder().cursors(store))) {
                bob.says("one");
                hears("one");
                assertThat(first.supports(EventType.EVENTS_MISSED)).isTrue();
            }
            bob.says("two").says("three");
            twilio.awaitWebhooks(Duration.ofSeconds(Patience.SECONDS));
            twilio.user("eve").in("made meanwhile").joins().says("new here");
            twilio.awaitWebhooks(Duration.ofSeconds(Patience.SECONDS));
            try (ConversationsClient second =
                    started(twilio, DeliveryOptions.builder().cursors(store))) {
                Patience.until(() -> heard.size() == 3);
                assertThat(heard)
                        .containsExactlyInAnyOrder("two (recovered)", "three (recovered)", "new here (recovered)")
                        .containsSubsequence("two (recovered)", "three (recovered)");
                heard.clear();
                bob.says("four");
                Patience.until(() -> !heard.isEmpty());
                // Which it is depends on whether the comparison that follows a start reads it before its webhook comes.
                assertThat(heard).hasSize(1).isSubsetOf("four", "four (recovered)");
                assertThat(second.activeHooks()).isEqualTo(1);
            }
        }
    }

    @Test
    void a_first_start_looks_back_as_far_as_it_is_told() {
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            SimulatedParticipant bob = twilio.user("bob").in("general").joins();
            bob.says("one").says("two");
            try (ConversationsClient client =
                    started(twilio, DeliveryOptions.builder().lookBack(Duration.ofHours(1)))) {
                hears("one (recovered)", "two (recovered)");
                bob.says("three");
                hears("three");
                assertThat(client.activeHooks()).isEqualTo(1);
            }
        }
    }

    @Test
    void however_much_there_is_all_of_it_comes_in_order() {
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            SimulatedParticipant bob = twilio.user("bob").in("general").joins();
            List<String> words =
                    IntStream.range(0, 2_150).mapToObj(String::valueOf).toList();
            words.forEach(bob::says);
            try (ConversationsClient client =
                    started(twilio, DeliveryOptions.builder().lookBack(Duration.ofHours(1)))) {
                hears(words.stream().map(word -> word + " (recovered)").toArray(String[]::new));
                bob.says("and now");
                hears("and now");
                assertThat(client.activeHooks()).isEqualTo(1);
            }
        }
    }

    @Test
    void however_much_history_there_is_none_of_it_comes() {
        ManualTime time = new ManualTime();
        try (ConversationsEmulator twilio = ConversationsEmulator.start(
                EmulatorOptions.builder().clock(time).scheduler(time).build())) {
            SimulatedParticipant bob = twilio.user("bob").in("general").joins();
            IntStream.range(0, 1_100).forEach(number -> bob.says("old"));
            time.advance(Duration.ofHours(2));
            List<String> words =
                    IntStream.range(0, 1_150).mapToObj(String::valueOf).toList();
            words.forEach(bob::says);
            try (ConversationsClient client = started(
                    twilio,
                    options -> options.clock(time).scheduler(time),
                    DeliveryOptions.builder().lookBack(Duration.ofHours(1)))) {
                Patience.until(() -> {
                    time.advance(Duration.ZERO);
                    return heard.size() >= words.size();
                });
                hears(words.stream().map(word -> word + " (recovered)").toArray(String[]::new));
                assertThat(client.activeHooks()).isEqualTo(1);
            }
        }
    }

    @Test
    void what_a_hook_fails_on_is_a_dead_letter_in_the_end() {
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                ConversationsClient client = started(
                        twilio,
                        DeliveryOptions.builder()
                                .retryHooks(1, Duration.ofSeconds(10))
                                .deadLetters(deadLetters::add))) {
            twilio.user("bob").in("general").joins().says("a riddle").says("a joke");
            hears("a riddle", "a riddle", "a joke");
            assertThat(deadLetters).singleElement().satisfies(letter -> {
                assertThat(letter.calls()).isEqualTo(2);
                assertThat(letter).hasToString(letter.hook() + " failed 2 times: java.lang.IllegalStateException");
            });
            assertThat(client.activeHooks()).isEqualTo(1);
        }
    }

    @Test
    void settings_that_contradict_each_other_are_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeliveryOptions.builder()
                        .holdFor(Duration.ofSeconds(20))
                        .build())
                .withMessage("holdAtMost: PT10S is less than holdFor, PT20S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeliveryOptions.builder().maxHeldEvents(50).build())
                .withMessage("maxHeldEventsPerConversation: 100 is more than maxHeldEvents, 50");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeliveryOptions.builder().cursorScope("mine").build())
                .withMessage("cursorScope: has no effect without cursors; set both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeliveryOptions.builder().lookBack(Duration.ofSeconds(-1)))
                .withMessage("lookBack: must be zero or more, was PT-1S");
        try (MemoryCursorStore store = new MemoryCursorStore()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClientOptions.participant(() -> "token")
                            .delivery(DeliveryOptions.builder().cursors(store).build())
                            .build())
                    .withMessageStartingWith("cursorScope: must be set for a participant's client");
        }
    }
}
