package io.github.conversations4j.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollTier;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * Conversations begin, are full of traffic while everything breaks, and end, for an hour: all of it is told, and neither heap
 * nor threads nor open files grow. Part of {@code mvn -Plong verify} only. On a machine where an hour is too short to see
 * whether the heap is flat it goes on until it can be seen. If less than three quarters of an hour are asked for the heap is
 * only held to its bound, and that is said.
 */
class Soak {
    private static final long SEED = 20261124;
    private static final Duration LENGTH = Duration.parse(System.getProperty("conversations4j.soak", "PT1H"));
    private static final int CONVERSATIONS = 20;
    private static final int MESSAGES = 1_000;
    private static final Duration LATEST = Duration.ofMinutes(1);

    /** From here on it is seen whether the heap is flat, however long that takes. */
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(45);

    /** So many turns fill what is remembered of the past: 50 000 resources, and 10 000 webhooks of the emulator. */
    private static final int FULL_AFTER = 60;

    private static final boolean IS_LONG = LENGTH.compareTo(LONG_ENOUGH) >= 0;

    /** Two thirds are compared, and the first one fills. */
    private static final int LEAST_TURNS = IS_LONG ? 3 * FULL_AFTER : 3;

    /** What all that takes. */
    private static final long FULL = 200_000_000;

    /** What the process uses. */
    private record Use(long heap, long threads, long files) {
        static Use now() {
            System.gc();
            long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
            return new Use(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    files);
        }
    }

    @Test
    void nothing_grows() {
        System.out.println("soak of " + LENGTH + ", seed " + SEED);
        List<Use> uses = new ArrayList<>();
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                ConversationsClient client = start(twilio)) {
            Told told = new Told(client);
            client.ready().await();
            ChaosTest.breakThings(twilio.faults().seed(SEED));
            long start = System.nanoTime();
            for (int turn = 0; System.nanoTime() - start < LENGTH.toNanos() || turn < LEAST_TURNS; turn++) {
                live(twilio, client, told, turn);
                uses.add(Use.now());
                System.out.println("  turn " + turn + ", " + Duration.ofNanos(System.nanoTime() - start) + ": "
                        + uses.get(turn) + ", " + told);
            }
        }
        assertThat(uses).as("heap").allSatisfy(use -> assertThat(use.heap()).isLessThan(FULL));
        if (IS_LONG) {
            requireFlat("heap", uses, Use::heap);
        } else {
            System.out.println("  too short to see whether the heap is flat, which takes " + LONG_ENOUGH);
        }
        requireFlat("threads", uses, Use::threads);
        requireFlat("open files", uses, Use::files);
    }

    private static ConversationsClient start(ConversationsEmulator twilio) {
        PollOptions.Builder poll = PollOptions.builder().window(100).conversationsEvery(Duration.ofSeconds(1));
        for (PollTier tier : PollTier.values()) {
            poll.messagesEvery(tier, Duration.ofSeconds(1))
                    .editsEvery(tier, Duration.ofSeconds(3))
                    .participantsEvery(tier, Duration.ofSeconds(3));
        }
        return ConversationsClient.start(twilio.backendOptions()
                .source(EventSources.webhook("http://127.0.0.1:0/twilio")
                        .bindAddress("127.0.0.1")
                        .onListening(twilio::sendWebhooksTo)
                        .and(EventSources.poll(poll.build())))
                .build());
    }

    /** Some conversations from their beginning to their end. */
    private static void live(ConversationsEmulator twilio, ConversationsClient client, Told told, int turn) {
        Traffic traffic = new Traffic(twilio, SEED + turn);
        for (int number = 0; number < CONVERSATIONS; number++) {
            traffic.open("conversation-" + turn + "-" + number);
        }
        traffic.talk(MESSAGES, () -> {});
        Waiting.atMost(LATEST, () -> told.isAll(traffic.truth()));
        told.requireAll(traffic.truth());
        traffic.close(client);
        assertThat(Waiting.atMost(LATEST, told::isOver)).as("all ends told").isTrue();
        told.forget();
    }

    /** Compares the lowest of the second third with the lowest of the last: what is left when all is quiet. */
    private static void requireFlat(String what, List<Use> uses, ToLongFunction<Use> of) {
        int third = uses.size() / 3;
        assertThat(third).as("turns").isPositive();
        long before =
                uses.subList(third, 2 * third).stream().mapToLong(of).min().orElseThrow();
        long after = uses.subList(2 * third, uses.size()).stream()
                .mapToLong(of)
                .min()
                .orElseThrow();
        System.out.println("  " + what + ": " + before + " in the second third, " + after + " in the last");
        assertThat(after).as(what).isLessThanOrEqualTo(before + before / 10 + 2);
    }
}
