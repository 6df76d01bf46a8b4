package io.github.conversations4j.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.TokenException;
import io.github.conversations4j.internal.token.TokenKeeper.Surroundings;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.token.AccessToken;
import io.github.conversations4j.token.TokenMinter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What several threads do to a keeper, and it to them. Waits are for events, with the time limit only as a fuse. */
@Timeout(30)
class TokenKeeperThreadsTest {
    private static final int STEPS = 400;

    private final ManualTime time = new ManualTime();
    private final TokenMinter minter = TokenMinter.builder("AC1")
            .apiKey("SK1", "0123456789abcdef0123456789abcdef")
            .serviceSid("IS1")
            .clock(time)
            .build();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() throws InterruptedException {
        pool.shutdownNow();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Counts, and fails a test in which calls of the listener overlap or a token is announced twice. */
    private static class CountingListener implements TokenListener {
        final AtomicInteger inside = new AtomicInteger();
        final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        final Queue<AccessToken> warned = new ConcurrentLinkedQueue<>();
        final Queue<AccessToken> expired = new ConcurrentLinkedQueue<>();
        final Queue<AccessToken> renewed = new ConcurrentLinkedQueue<>();
        final Queue<TokenException> failures = new ConcurrentLinkedQueue<>();

        @Override
        public void aboutToExpire(AccessToken token) {
            take(warned, token);
        }

        @Override
        public void expired(AccessToken token) {
            take(expired, token);
        }

        @Override
        public void renewed(AccessToken token) {
            take(renewed, token);
        }

        @Override
        public void failed(TokenException cause) {
            take(failures, cause);
        }

        private <T> void take(Queue<T> queue, T what) {
            if (inside.incrementAndGet() != 1) {
                wrong.add("two calls at a time");
            }
            queue.add(what);
            inside.decrementAndGet();
        }
    }

    @Test
    void aSlowTokenFunctionHoldsUpNobodyWhoNeedNotWait() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        CountingListener listener = new CountingListener();
        TokenKeeper keeper = new TokenKeeper(
                () -> {
                    if (calls.incrementAndGet() == 2) {
                        entered.countDown();
                        gate.await();
                    }
                    return minter.mint("alice");
                },
                listener,
                RefreshPolicy.DEFAULT,
                new Surroundings(time, time, () -> 0, pool));
        AccessToken first = keeper.current().toCompletableFuture().join();
        time.advance(Duration.ofSeconds(3300));
        entered.await();
        assertThat(keeper.current().toCompletableFuture()).isCompletedWithValue(first);
        keeper.expired(first);
        CompletableFuture<AccessToken> waiting = keeper.current().toCompletableFuture();
        assertThat(waiting).isNotDone();
        gate.countDown();
        assertThat(waiting.join()).isNotEqualTo(first);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aListenerThatIsSlowHoldsNoLock() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        TokenKeeper keeper = new TokenKeeper(
                () -> minter.mint("alice"),
                new CountingListener() {
                    @Override
                    public void aboutToExpire(AccessToken token) {
                        entered.countDown();
                        try {
                            asked.await();
                        } catch (InterruptedException timeLimit) {
                            Thread.currentThread().interrupt();
                        }
                        super.aboutToExpire(token);
                    }
                },
                RefreshPolicy.DEFAULT,
                new Surroundings(time, time, () -> 0, Runnable::run));
        keeper.current();
        Thread refresh = new Thread(() -> time.advance(Duration.ofSeconds(3300)));
        refresh.start();
        entered.await();
        assertThat(keeper.current().toCompletableFuture()).isCompleted();
        asked.countDown();
        refresh.join();
    }

    /** A keeper whose token function never returns by itself. */
    private TokenKeeper hanging(CountDownLatch entered, CountDownLatch interrupted) {
        return new TokenKeeper(
                () -> {
                    entered.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return "never";
                    } finally {
                        interrupted.countDown();
                    }
                },
                new CountingListener(),
                RefreshPolicy.DEFAULT,
                new Surroundings(time, time, () -> 0, pool));
    }

    @Test
    void anOverdueCallIsInterrupted() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        TokenKeeper keeper = hanging(entered, interrupted);
        CompletableFuture<AccessToken> waiting = keeper.current().toCompletableFuture();
        entered.await();
        time.advance(Duration.ofSeconds(30));
        assertThat(waiting).isCompletedExceptionally();
        interrupted.await();
        keeper.close();
    }

    @Test
    void closeInterruptsTheCallThatIsRunning() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        TokenKeeper keeper = hanging(entered, interrupted);
        keeper.current();
        entered.await();
        keeper.close();
        interrupted.await();
        assertThat(time.pending()).isZero();
    }

    @Test
    void callsThatIgnoreTheirInterruptDoNotPileUp() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Semaphore entered = new Semaphore(0);
        List<Thread> callers = new ArrayList<>();
        CountingListener listener = new CountingListener();
        TokenKeeper keeper = new TokenKeeper(
                () -> {
                    entered.release();
                    awaitWhatever(gate);
                    return minter.mint("alice");
                },
                listener,
                RefreshPolicy.DEFAULT,
                new Surroundings(time, time, () -> 0, task -> {
                    Thread caller = new Thread(task);
                    callers.add(caller);
                    caller.start();
                }));
        keeper.current();
        for (int call = 1; call <= 3; call++) {
            assertThat(callers).hasSize(call);
            entered.acquire();
            time.advance(Duration.ofSeconds(30));
            time.advance(time.untilNext().orElseThrow());
        }
        time.advance(Duration.ofHours(1));
        assertThat(callers).as("no fourth while three have not returned").hasSize(3);
        assertThat(listener.failures)
                .last()
                .satisfies(failure ->
                        assertThat(failure).hasMessageContaining("3 calls of the token function have not returned"));

        gate.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        CompletableFuture<AccessToken> waiting = keeper.current().toCompletableFuture();
        time.advance(time.untilNext().orElseThrow());
        assertThat(waiting.join().identity()).isEqualTo("alice");
        callers.get(3).join();
        keeper.close();
    }

    private static void awaitWhatever(CountDownLatch gate) {
        boolean interrupted = false;
        while (true) {
            try {
                gate.await();
                break;
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void keepsItsPromisesWhateverManyThreadsDo() throws Exception {
        long seed = System.nanoTime();
        System.out.println("TokenKeeperThreadsTest: seed " + seed);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        CountingListener listener = new CountingListener();
        Random weather = new Random(seed);
        TokenKeeper keeper = new TokenKeeper(
                () -> {
                    if (inside.incrementAndGet() != 1) {
                        listener.wrong.add("two calls of the token function at a time");
                    }
                    calls.incrementAndGet();
                    try {
                        if (weather.nextInt(4) == 0) {
                            throw new IOException("down");
                        }
                        return minter.mint("alice");
                    } finally {
                        inside.decrementAndGet();
                    }
                },
                listener,
                // No call is ever overdue here, so that not even an interrupted one may overlap with the next.
                new RefreshPolicy(Duration.ofMinutes(5), Duration.ofDays(100_000), RefreshPolicy.DEFAULT.backoff()),
                new Surroundings(time, time, new Random(seed), task -> {
                    underWay.incrementAndGet();
                    pool.execute(() -> {
                        task.run();
                        underWay.decrementAndGet();
                    });
                }));
        CyclicBarrier together = new CyclicBarrier(4);
        List<Thread> threads = new ArrayList<>();
        AtomicReference<AccessToken> latest = new AtomicReference<>(new AccessToken("none", null, null));
        for (int n = 0; n < 3; n++) {
            Random random = new Random(seed + n + 1);
            threads.add(new Thread(() -> {
                for (int step = 0; step < STEPS; step++) {
                    meet(together);
                    act(random, keeper, latest);
                }
            }));
        }
        threads.forEach(Thread::start);
        Random steps = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            meet(together);
            time.advance(Duration.ofMillis(steps.nextInt(120_000)));
            // Manual time must not outrun the calls by hours; now and then it passes while one is under way.
            while (underWay.get() > 0 && step % 4 != 0) {
                Thread.yield();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        CompletableFuture<AccessToken> last = keeper.current().toCompletableFuture();
        while (!last.isDone()) {
            time.advance(Duration.ofSeconds(1));
            last = last.isCompletedExceptionally() ? keeper.current().toCompletableFuture() : last;
        }
        keeper.close();
        assertThat(listener.wrong).as("seed %d", seed).isEmpty();
        assertThat(listener.warned).as("seed %d", seed).doesNotHaveDuplicates();
        assertThat(listener.expired).as("seed %d", seed).doesNotHaveDuplicates();
        assertThat(listener.renewed).as("seed %d", seed).doesNotHaveDuplicates().hasSizeGreaterThan(10);
        assertThat(listener.failures)
                .as("seed %d", seed)
                .extracting(TokenException::reason)
                .contains(TokenException.Reason.FETCH_FAILED, TokenException.Reason.REFUSED);
        // Some twenty thousand seconds, in which calls at the shortest possible distance would be that many.
        assertThat(calls.get()).as("seed %d", seed).isBetween(listener.renewed.size(), 1_000);
        assertThat(time.pending()).as("seed %d", seed).isZero();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void act(Random random, TokenKeeper keeper, AtomicReference<AccessToken> latest) {
        switch (random.nextInt(8)) {
            case 0 -> keeper.aboutToExpire(latest.get());
            case 1 -> keeper.expired(latest.get());
            case 2 -> keeper.refused(latest.get(), "chance");
            default -> keeper.current().thenAccept(latest::set);
        }
    }
}
