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
 * nor threads nor open files grow. Part of {@code mvn -Plong verify} only.
 */
class Soak {
    private static final long SEED = 20261124;
    private static final Duration LENGTH = Duration.parse(System.getProperty("conversations4j.soak", "PT1H"));
    private static final int CONVERSATIONS = 5;
    private static final int MESSAGES = 250;
    private static final Duration LATEST = Duration.ofMinutes(1);

    /** The emulator's log of webhooks and what the library remembers of the past fill up until then. */
    private static final int WARM_UP = 5;

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
            for (int turn = 0; System.nanoTime() - start < LENGTH.toNanos(); turn++) {
                live(twilio, client, told, turn);
                uses.add(Use.now());
                System.out.println("  turn " + turn + ", " + Duration.ofNanos(System.nanoTime() - start) + ": "
                        + uses.get(turn) + ", " + told);
            }
        }
        requireFlat("heap", uses, Use::heap);
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
        traffic.talk(MESSAGES);
        Waiting.atMost(LATEST, () -> told.isAll(traffic.truth()));
        told.requireAll(traffic.truth());
        traffic.close(client);
        assertThat(Waiting.atMost(LATEST, told::isOver)).as("all ends told").isTrue();
        told.forget();
    }

    /** Compares the lowest of the first half with the lowest of the second: what is left when all is quiet. */
    private static void requireFlat(String what, List<Use> uses, ToLongFunction<Use> of) {
        assertThat(uses).as("turns").hasSizeGreaterThan(3 * WARM_UP);
        int middle = (uses.size() + WARM_UP) / 2;
        long before = uses.subList(WARM_UP, middle).stream().mapToLong(of).min().orElseThrow();
        long after =
                uses.subList(middle, uses.size()).stream().mapToLong(of).min().orElseThrow();
        System.out.println("  " + what + ": " + before + " in the first half, " + after + " in the second");
        assertThat(after).as(what).isLessThanOrEqualTo(before + before / 10 + 2);
    }
}
