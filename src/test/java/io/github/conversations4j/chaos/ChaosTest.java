package io.github.conversations4j.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.EmulatorOptions;
import io.github.conversations4j.emulator.Faults;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollTier;
import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Webhooks that are dropped (30 %), doubled (20 %), delayed and shuffled (the rest), calls that are refused (5 %), indexes
 * that are skipped: what there is reaches hooks once and in order, what cannot be had is told to be missed, and in the end
 * an application that adds up what it was told holds what Twilio holds.
 *
 * <p>Edits and removals are among the newest messages of their conversations, and everybody pauses before so much was
 * written that nobody looks so far back.
 */
class ChaosTest {
    private static final int CONVERSATIONS = Form.of(5, 20);
    private static final int ROUNDS = Form.of(2, 10);
    private static final int MESSAGES_A_ROUND = 50 * CONVERSATIONS;

    /** Everything is read once in this time, if Twilio answers. */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /**
     * The end of the period in which Twilio's lists may lag behind its webhooks, the period, and the pauses of calls that
     * were refused; times ten, since this time goes fast and machines do not.
     */
    private static final Duration LATEST = Duration.ofSeconds(10).plus(PERIOD).multipliedBy(Form.of(10, 30));

    private enum Sources {
        WEBHOOK,
        POLL,
        BOTH
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"WEBHOOK, 1", "POLL, 2", "BOTH, 3"})
    void everything_is_told_once_and_in_order(Sources sources, long seed) {
        System.out.println("chaos over " + sources + ", seed " + seed);
        try (FastTime fast = new FastTime();
                ConversationsEmulator twilio = ConversationsEmulator.start(EmulatorOptions.builder()
                        .clock(fast.time)
                        .scheduler(fast.time)
                        .build());
                ConversationsClient client = start(twilio, sources, fast.time)) {
            Told told = new Told(client);
            client.ready().await();
            breakThings(twilio.faults().seed(seed));
            Traffic traffic = new Traffic(twilio, seed);
            for (int number = 0; number < CONVERSATIONS; number++) {
                traffic.open("conversation-" + number);
            }
            for (int round = 0; round < ROUNDS; round++) {
                traffic.talk(MESSAGES_A_ROUND);
                Duration taken = fast.waitFor(LATEST, () -> told.isAll(traffic.truth()));
                System.out.println("  round " + round + ": " + told + ", all after " + taken);
                told.requireAll(traffic.truth());
            }
            requireFaults(twilio.faults(), sources);
            traffic.requireTruth();
        }
    }

    private static ConversationsClient start(ConversationsEmulator twilio, Sources sources, ManualTime time) {
        return ConversationsClient.start(twilio.backendOptions()
                .source(source(twilio, sources))
                .sweepEvery(PERIOD)
                .clock(time)
                .scheduler(time)
                .build());
    }

    private static EventSource source(ConversationsEmulator twilio, Sources sources) {
        EventSource webhook = EventSources.webhook("http://127.0.0.1:0/twilio")
                .bindAddress("127.0.0.1")
                .onListening(twilio::sendWebhooksTo);
        PollOptions.Builder options = PollOptions.builder().window(100).conversationsEvery(PERIOD.dividedBy(3));
        for (PollTier tier : PollTier.values()) {
            options.messagesEvery(tier, PERIOD.dividedBy(5))
                    .editsEvery(tier, PERIOD)
                    .participantsEvery(tier, PERIOD);
        }
        EventSource poll = EventSources.poll(options.build());
        return switch (sources) {
            case WEBHOOK -> webhook;
            case POLL -> poll;
            case BOTH -> webhook.and(poll);
        };
    }

    /** The first fault that strikes decides, so that shares of what is left are larger than those of all. */
    static void breakThings(Faults faults) {
        faults.webhooks()
                .share(0.3)
                .drop()
                .webhooks()
                .share(0.2 / 0.7)
                .duplicate()
                .webhooks()
                .share(0.5)
                .delay(Duration.ofMillis(300))
                .webhooks()
                .reorder(Duration.ofMillis(500))
                .rest()
                .method("GET")
                .share(0.025)
                .tooManyRequests(Duration.ZERO)
                .rest()
                .method("GET")
                .share(0.025)
                .fail(503)
                .indexes()
                .share(0.02)
                .skip(2);
    }

    private static void requireFaults(Faults faults, Sources sources) {
        System.out.println("  " + faults.reports());
        boolean hasWebhooks = sources != Sources.POLL;
        assertThat(faults.reports())
                .filteredOn(report -> hasWebhooks || !report.description().startsWith("webhooks"))
                .allSatisfy(report -> assertThat(report.struck()).isPositive());
        faults.clear();
    }
}
