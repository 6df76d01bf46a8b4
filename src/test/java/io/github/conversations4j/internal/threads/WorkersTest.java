package io.github.conversations4j.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    private static final Duration LONG = Duration.ofSeconds(Patience.SECONDS);

    private static Workers workers(boolean platform, int cap) {
        return platform ? Workers.platform("conversations4j-test", cap) : Workers.create("conversations4j-test", cap);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void threads_are_named_daemons_known_while_they_live_and_gone_after_close(boolean platform) {
        Workers workers = workers(platform, 4);
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicBoolean contained = new AtomicBoolean();
        CountDownLatch ran = new CountDownLatch(1);
        workers.execute(() -> {
            thread.set(Thread.currentThread());
            contained.set(workers.contains(Thread.currentThread()));
            ran.countDown();
        });
        Patience.await(ran);
        assertThat(thread.get().getName()).matches("conversations4j-test-\\d+");
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(contained).isTrue();
        assertThat(workers.contains(Thread.currentThread())).isFalse();
        assertThat(workers.close(LONG)).isTrue();
        Patience.join(thread.get());
        Patience.until(() -> workers.alive() == 0);
        assertThatThrownBy(() -> workers.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void close_lets_tasks_end_within_the_limit_and_interrupts_them_after_it(boolean platform) {
        Workers workers = workers(platform, 4);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        workers.execute(() -> {
            begun.countDown();
            try {
                Patience.blockForEver();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        Patience.await(begun);
        assertThat(workers.close(Duration.ofMillis(1))).isFalse();
        Patience.await(interrupted);
        assertThat(workers.close(LONG)).isTrue();
    }

    @Test
    void a_pool_grows_to_its_cap_and_then_queues() {
        Workers workers = Workers.platform("conversations4j-test", 3);
        CountDownLatch full = new CountDownLatch(3);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(50);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int task = 0; task < 50; task++) {
            workers.execute(() -> {
                used.add(Thread.currentThread());
                full.countDown();
                Patience.await(release);
                all.countDown();
            });
        }
        Patience.await(full);
        assertThat(workers.alive()).isEqualTo(3);
        release.countDown();
        Patience.await(all);
        assertThat(used).hasSize(3);
        assertThat(workers.close(LONG)).isTrue();
    }

    @Test
    void a_pool_takes_an_idle_thread_before_a_new_one() {
        Workers workers = Workers.platform("conversations4j-test", 10);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int task = 0; task < 20; task++) {
            CountDownLatch ran = new CountDownLatch(1);
            workers.execute(() -> {
                used.add(Thread.currentThread());
                ran.countDown();
            });
            Patience.await(ran);
            used.forEach(Patience::untilBlocked);
        }
        assertThat(used).hasSize(1);
        assertThat(workers.close(LONG)).isTrue();
    }

    @Test
    void what_a_full_pool_queued_is_done_before_it_ends() {
        Workers workers = Workers.platform("conversations4j-test", 1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(100);
        workers.execute(() -> Patience.await(release));
        for (int task = 0; task < 100; task++) {
            workers.execute(all::countDown);
        }
        AtomicBoolean ended = new AtomicBoolean();
        Thread closer = new Thread(() -> ended.set(workers.close(LONG)));
        closer.start();
        Patience.untilBlocked(closer);
        release.countDown();
        Patience.join(closer);
        assertThat(ended).isTrue();
        assertThat(all.getCount()).isZero();
    }

    @Test
    void a_task_that_throws_does_not_take_the_pool_with_it() {
        Workers workers = Workers.platform("conversations4j-test", 1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        CountDownLatch next = new CountDownLatch(1);
        workers.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((where, what) -> {});
            thread.set(Thread.currentThread());
            known.countDown();
            throw new IllegalStateException("task");
        });
        Patience.await(known);
        workers.execute(next::countDown);
        Patience.await(next);
        Patience.join(thread.get());
        assertThat(workers.close(LONG)).isTrue();
        Patience.until(() -> workers.alive() == 0);
    }

    /** An idle thread ends at any moment here, so that some task comes just when one does. */
    @Test
    void a_task_does_not_wait_for_a_thread_that_hangs_when_an_idle_one_ends() throws InterruptedException {
        GrowingPool pool = new GrowingPool("conversations4j-test", 2, task -> {
            Thread thread = new Thread(task, "conversations4j-test");
            thread.setDaemon(true);
            return thread;
        });
        pool.setKeepAliveTime(1, TimeUnit.NANOSECONDS);
        CountDownLatch release = new CountDownLatch(1);
        pool.execute(() -> Patience.await(release));
        try {
            for (int task = 0; task < 100_000; task++) {
                CountDownLatch ran = new CountDownLatch(1);
                pool.execute(ran::countDown);
                Patience.await(ran);
            }
        } finally {
            release.countDown();
            pool.shutdown();
        }
        assertThat(pool.awaitTermination(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
