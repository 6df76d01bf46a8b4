package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.HookListener;
import io.github.conversations4j.tests.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import okhttp3.FormBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults of webhooks, as a receiver sees them. */
class WebhookFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final ConversationsEmulator twilio = start(1);
    private final HookListener receiver = new HookListener();

    WebhookFaultsTest() throws IOException {}

    @BeforeEach
    void listen() {
        twilio.user("bob").in("general").joins();
        twilio.sendWebhooksTo(receiver.url());
    }

    @AfterEach
    void end() {
        twilio.close();
        receiver.close();
    }

    @Test
    void the_next_two_are_dropped_and_the_log_says_so() {
        twilio.faults().webhooks().of("onMessageAdded").next(2).drop();

        SimulatedParticipant bob = says("one", "two", "three");
        bob.edits(bob.lastMessageSid(), "drei");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(receiver.bodies()).containsExactly("three");
        assertThat(receiver.of("onMessageUpdated")).hasSize(1);
        assertThat(twilio.webhookLog())
                .filteredOn(delivery -> delivery.event().equals("onMessageAdded") && delivery.url() != null)
                .extracting(delivery -> delivery.parameters().get("Body"), WebhookDelivery::outcome)
                .containsExactly(
                        tuple("one", "not sent: dropped on request"),
                        tuple("two", "not sent: dropped on request"),
                        tuple("three", "sent"));
        assertThat(twilio.faults().reports())
                .containsExactly(new Faults.Report("webhooks onMessageAdded (all, at most 2): dropped", 2, 2));
    }

    @Test
    void a_doubled_webhook_comes_twice_and_is_the_same() {
        twilio.faults().webhooks().of("onMessageAdded").duplicate();

        says("one", "two");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(receiver.bodies()).containsExactly("one", "one", "two", "two");
        List<String> tokens = receiver.of("onMessageAdded").stream()
                .map(received -> received.header("I-Twilio-Idempotency-Token"))
                .toList();
        assertThat(tokens.get(0)).isEqualTo(tokens.get(1)).isNotEqualTo(tokens.get(2));
        assertThat(twilio.webhookLog())
                .filteredOn(delivery -> "doubled on request".equals(delivery.fault()))
                .extracting(WebhookDelivery::idempotencyToken)
                .containsExactlyElementsOf(tokens);
    }

    @Test
    void a_late_webhook_is_overtaken_and_comes_when_it_is_time() {
        twilio.faults().webhooks().next(1).delay(Duration.ofMinutes(5));

        says("late", "early");

        Patience.until(() -> receiver.bodies().equals(List.of("early")));
        assertThat(twilio.awaitWebhooks(Duration.ZERO)).isFalse();
        time.advance(Duration.ofSeconds(299));
        assertThat(receiver.bodies()).containsExactly("early");
        time.advance(Duration.ofSeconds(1));
        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(receiver.bodies()).containsExactly("early", "late");
    }

    @Test
    void a_reordered_webhook_comes_after_the_next_one_of_its_conversation() {
        twilio.faults()
                .webhooks()
                .in(twilio.user("bob").in("general").conversationSid())
                .next(1)
                .reorder(PATIENCE);

        says("first");
        twilio.user("bob").in("other").says("elsewhere");
        says("second", "third");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(receiver.bodies())
                .containsSubsequence("second", "first", "third")
                .hasSize(4);
        assertThat(time.pending()).isZero();
    }

    @Test
    void when_all_are_reordered_each_pair_is_swapped() {
        twilio.faults().webhooks().of("onMessageAdded").reorder(PATIENCE);

        says("1", "2", "3", "4");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(receiver.bodies()).containsExactly("2", "1", "4", "3");
    }

    @Test
    void a_reordered_webhook_that_nothing_follows_comes_in_the_end() {
        twilio.faults().webhooks().reorder(Duration.ofSeconds(3));

        says("lonely");

        assertThat(twilio.awaitWebhooks(Duration.ZERO)).isFalse();
        time.advance(Duration.ofSeconds(3));
        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(receiver.bodies()).containsExactly("lonely");
    }

    @Test
    void only_what_a_fault_is_meant_for_meets_it() {
        String other = twilio.user("bob").in("other").conversationSid();
        twilio.faults().webhooks().in(other).drop();
        twilio.faults().webhooks().of("onMessageRemoved", "onUserUpdated").drop();

        says("here");
        twilio.user("bob").in("other").says("there");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(receiver.bodies()).containsExactly("here");
        assertThat(twilio.faults().reports()).extracting(Faults.Report::struck).containsExactly(1L, 0L);
    }

    @Test
    void a_webhook_that_asks_before_is_left_alone() {
        twilio.faults().webhooks().drop();

        says("asked");

        assertThat(receiver.of("onMessageAdd")).hasSize(1);
        assertThat(receiver.of("onMessageAdded")).isEmpty();
    }

    @Test
    void how_long_a_receiver_took_is_real_time() {
        receiver.answering(received -> new MockResponse.Builder()
                .headersDelay(20, TimeUnit.MILLISECONDS)
                .build());

        says("slowly");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(twilio.webhookLog())
                .filteredOn(delivery -> delivery.event().equals("onMessageAdded") && delivery.url() != null)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.took()).isGreaterThanOrEqualTo(Duration.ofMillis(20)));
    }

    @Test
    void closing_stops_the_timers_of_conversations() throws IOException {
        try (ControlClient http = new ControlClient().as(twilio.apiKey(), twilio.apiSecret())) {
            FormBody form = new FormBody.Builder()
                    .add("State", "active")
                    .add("Timers.Inactive", "PT1H")
                    .build();
            assertThat(http.call("POST", twilio.url() + "/v1/Conversations", form)
                            .status())
                    .isEqualTo(201);
        }
        assertThat(time.pending()).isEqualTo(1);

        twilio.close();

        assertThat(time.pending()).isZero();
    }

    @Test
    void after_clear_nothing_goes_wrong() {
        twilio.faults().webhooks().drop().clear();

        says("fine");

        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(receiver.bodies()).containsExactly("fine");
        assertThat(twilio.faults().reports()).isEmpty();
    }

    @Test
    void the_same_seed_strikes_the_same_ones() {
        List<String> kept = keptOf(42);

        assertThat(keptOf(42)).isEqualTo(kept).hasSizeBetween(60, 90);
        assertThat(keptOf(43)).isNotEqualTo(kept);
    }

    private List<String> keptOf(long seed) {
        receiver.all().clear();
        twilio.faults().seed(seed).webhooks().of("onMessageAdded").share(0.25).drop();
        assertThat(twilio.faults().seed()).isEqualTo(seed);
        for (int i = 0; i < 100; i++) {
            says(Integer.toString(i));
        }
        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        return new ArrayList<>(receiver.bodies());
    }

    @Test
    void the_seed_of_the_emulator_is_that_of_its_faults() {
        assertThat(twilio.faults().seed()).isEqualTo(1);
    }

    @Test
    void what_makes_no_sense_is_named() {
        WebhookFaults fault = twilio.faults().webhooks();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fault.of("onMessageAdd"))
                .withMessageContaining("onMessageAdd");
        assertThatIllegalArgumentException().isThrownBy(fault::of).withMessageContaining("names");
        assertThatIllegalArgumentException().isThrownBy(() -> fault.share(1.1)).withMessageContaining("share");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fault.share(Double.NaN))
                .withMessageContaining("share");
        assertThatIllegalArgumentException().isThrownBy(() -> fault.next(0)).withMessageContaining("next");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fault.delay(Duration.ofMillis(-1)))
                .withMessageContaining("by");
        assertThat(twilio.faults().reports()).isEmpty();
    }

    @Test
    void closing_forgets_what_is_held_back() {
        twilio.faults().webhooks().next(1).delay(PATIENCE).webhooks().reorder(PATIENCE);
        says("late", "held");
        assertThat(time.pending()).isEqualTo(2);

        twilio.close();

        assertThat(time.pending()).isZero();
    }

    private SimulatedParticipant says(String... texts) {
        SimulatedParticipant bob = twilio.user("bob").in("general");
        for (String text : texts) {
            bob.says(text);
        }
        return bob;
    }

    private ConversationsEmulator start(long seed) {
        return ConversationsEmulator.start(
                EmulatorOptions.builder().clock(time).scheduler(time).seed(seed).build());
    }
}
