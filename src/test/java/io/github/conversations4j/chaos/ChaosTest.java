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
import io.github.conversations4j.tests.CalmTime;
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

    /** So long Twilio's lists may lag behind its webhooks. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    /** How often a period may pass: once, and once more for the pauses of calls that are refused. */
    private static final int PERIODS = 2;

    /** By how much periods are longer at most while Twilio asks for fewer calls. */
    private static final int MOST_SLOWDOWN = 16;

    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(10);

    private enum Sources {
        WEBHOOK,
        POLL,
        BOTH
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"WEBHOOK, 1", "POLL, 2", "BOTH, 3"})
    void everything_is_told_once_and_in_order(Sources sources, long seed) {
        System.out.println("chaos over " + sources + ", seed " + seed);
        try (CalmTime calm = new CalmTime(EmulatorOptions.builder());
                ConversationsClient client = start(calm, sources)) {
            ConversationsEmulator twilio = calm.twilio();
            Told told = new Told(client);
            client.ready().await();
            breakThings(twilio.faults().seed(seed));
            Traffic traffic = new Traffic(twilio, seed);
            for (int number = 0; number < CONVERSATIONS; number++) {
                traffic.open("conversation-" + number);
            }
            Slowdown slowdown = new Slowdown(client);
            for (int round = 0; round < ROUNDS; round++) {
                traffic.talk(MESSAGES_A_ROUND, () -> {
                    calm.time.advance(BETWEEN_MESSAGES);
                    slowdown.note();
                });
                Duration taken = calm.until(latest(MOST_SLOWDOWN), () -> {
                    slowdown.note();
                    return told.isAll(traffic.truth());
                });
                double slower = slowdown.ofRound();
                System.out.printf("  round %d: %s, all after %s, slower by %.1f%n", round, told, taken, slower);
                told.requireAll(traffic.truth());
                assertThat(taken).as("within the stated period").isLessThanOrEqualTo(latest(slower));
            }
            requireFaults(twilio.faults(), sources);
            traffic.requireTruth();
        }
    }

    /** By how much Twilio's refusals make periods longer, those included that began a round before. */
    private static final class Slowdown {
        private final ConversationsClient client;
        private double before = 1;
        private double now = 1;

        Slowdown(ConversationsClient client) {
            this.client = client;
        }

        void note() {
            now = Math.max(now, client.polling().slowdown());
        }

        double ofRound() {
            double most = Math.max(before, now);
            before = now;
            now = 1;
            return most;
        }
    }

    private static Duration latest(double slowdown) {
        return SETTLING.plusMillis((long) (PERIOD.toMillis() * PERIODS * slowdown));
    }

    private static ConversationsClient start(CalmTime calm, Sources sources) {
        return ConversationsClient.start(calm.backendOptions()
                .source(source(calm.twilio(), sources))
                .sweepEvery(PERIOD)
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
