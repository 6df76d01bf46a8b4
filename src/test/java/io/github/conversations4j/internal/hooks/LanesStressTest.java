package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.threads.Workers;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lanes are made and retire all the time while several threads submit to few conversations: nothing lost, nothing
 * doubled, in order per submitting thread, one at a time.
 */
class LanesStressTest {
    private static final int CONVERSATIONS = 3;
    private static final int SENDERS = 3;
    private static final int MESSAGES = 20_000;

    /** What hooks run on. */
    enum Kind {
        OWN,
        POOL_OF_ONE,
        ON_THE_SPOT
    }

    // By conversation and sender: the last message seen. Plain, because a lane orders the accesses to its own.
    private final int[][] last = new int[CONVERSATIONS][SENDERS];
    private final AtomicIntegerArray inside = new AtomicIntegerArray(CONVERSATIONS);
    private final AtomicInteger violations = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothing_is_lost_doubled_or_out_of_order(Kind kind) {
        long seed = System.nanoTime();
        System.out.println("LanesStressTest: seed " + seed);
        Workers workers = kind == Kind.POOL_OF_ONE
                ? Workers.platform("conversations4j-test", 1)
                : Workers.create("conversations4j-test", 4);
        Executor executor = kind == Kind.ON_THE_SPOT ? Runnable::run : workers;
        DispatcherFixture fixture = new DispatcherFixture(executor, new QueueLimits(200, 100));
        Random random = new Random(seed);
        fixture.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> {
            int number = event.message().index();
            return arrived(conversationOf(event.conversationSid()), number % SENDERS, number / SENDERS, workers);
        });
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            int number = sender;
            Random own = new Random(random.nextLong());
            senders.add(new Thread(() -> send(fixture, number, own)));
        }
        senders.forEach(Thread::start);
        senders.forEach(Patience::join);
        assertThat(fixture.dispatcher.close(Duration.ofSeconds(Patience.SECONDS)))
                .as("seed %d", seed)
                .isTrue();
        assertThat(workers.close(Duration.ofSeconds(Patience.SECONDS))).isTrue();
        assertThat(violations).as("seed %d", seed).hasValue(0);
        assertThat(done).as("seed %d, %d refused", seed, refused.get()).hasValue(SENDERS * MESSAGES);
        assertThat(fixture.dispatcher.pending()).isZero();
        assertThat(fixture.reports).isEmpty();
    }

    private static int conversationOf(String sid) {
        return Integer.parseInt(sid.substring(2), 16);
    }

    private CompletableFuture<Void> arrived(int conversation, int sender, int message, Executor elsewhere) {
        if (inside.incrementAndGet(conversation) != 1 || message <= last[conversation][sender] - 1) {
            violations.incrementAndGet();
        }
        last[conversation][sender] = message + 1;
        if (message % 7 != 0) {
            inside.decrementAndGet(conversation);
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> stage = new CompletableFuture<>();
        elsewhere.execute(() -> {
            inside.decrementAndGet(conversation);
            stage.complete(null);
        });
        return stage;
    }

    private void send(DispatcherFixture fixture, int sender, Random random) {
        for (int message = 0; message < MESSAGES; message++) {
            var event = SampleEvents.messageAdded(random.nextInt(CONVERSATIONS), message * SENDERS + sender);
            while (!fixture.dispatcher.dispatch(event, done::incrementAndGet)) {
                refused.incrementAndGet();
                Thread.yield();
            }
            for (int pause = random.nextInt(100); pause > 90; pause--) {
                Thread.onSpinWait();
            }
        }
    }
}
