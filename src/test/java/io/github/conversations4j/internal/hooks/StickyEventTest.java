package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Hook;
import io.github.conversations4j.Subscription;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.InitFailed;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.internal.threads.Workers;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** {@code onInit} fires for everybody who ever registers, once. */
class StickyEventTest {
    private final HandDriven executor = new HandDriven();
    private final DispatcherFixture fixture = new DispatcherFixture(executor);

    private Subscription onInit(Hook<Initialized> hook) {
        return fixture.dispatcher.register(EventType.INITIALIZED, null, hook);
    }

    @Test
    void a_hook_that_comes_early_is_called_once() {
        List<Initialized> seen = new ArrayList<>();
        onInit(seen::add);
        fixture.dispatch(SampleEvents.initialized());
        executor.runAll();
        assertThat(seen).containsExactly(SampleEvents.initialized());
    }

    @Test
    void a_hook_that_comes_late_is_called_once_and_scheduled() {
        fixture.dispatch(SampleEvents.initialized());
        executor.runAll();
        List<Initialized> seen = new ArrayList<>();
        onInit(seen::add);
        assertThat(seen).as("not in the registering thread").isEmpty();
        executor.runAll();
        assertThat(seen).containsExactly(SampleEvents.initialized());
    }

    @Test
    void a_hook_that_comes_while_the_event_waits_is_called_once() {
        List<Initialized> seen = new ArrayList<>();
        fixture.dispatch(SampleEvents.initialized());
        onInit(seen::add);
        executor.runAll();
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_second_event_calls_nobody_again() {
        List<Initialized> seen = new ArrayList<>();
        onInit(seen::add);
        fixture.dispatch(SampleEvents.initialized());
        fixture.dispatch(SampleEvents.initialized());
        executor.runAll();
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_late_hook_that_was_stopped_before_its_turn_is_not_called() {
        fixture.dispatch(SampleEvents.initialized());
        executor.runAll();
        List<Initialized> seen = new ArrayList<>();
        onInit(seen::add).unsubscribe();
        executor.runAll();
        assertThat(seen).isEmpty();
    }

    @Test
    void failing_to_start_is_sticky_too_and_a_thing_of_its_own() {
        fixture.dispatch(SampleEvents.initFailed());
        executor.runAll();
        List<InitFailed> failed = new ArrayList<>();
        List<Initialized> initialized = new ArrayList<>();
        fixture.dispatcher.register(EventType.INIT_FAILED, null, failed::add);
        onInit(initialized::add);
        executor.runAll();
        assertThat(failed).hasSize(1);
        assertThat(initialized).isEmpty();
    }

    @Test
    void a_start_that_works_after_all_takes_the_place_of_one_that_failed() {
        fixture.dispatch(SampleEvents.initFailed());
        executor.runAll();
        fixture.dispatcher.register(EventType.INIT_FAILED, null, event -> {});
        fixture.dispatch(SampleEvents.initialized());
        executor.runAll();
        List<InitFailed> failed = new ArrayList<>();
        List<Initialized> initialized = new ArrayList<>();
        fixture.dispatcher.register(EventType.INIT_FAILED, null, failed::add);
        onInit(initialized::add);
        executor.runAll();
        assertThat(failed).isEmpty();
        assertThat(initialized).hasSize(1);
    }

    @Test
    void other_events_are_not_sticky() {
        fixture.message(1, 0);
        executor.runAll();
        List<Integer> seen = fixture.indexesSeen();
        executor.runAll();
        assertThat(seen).isEmpty();
    }

    @Test
    void a_late_hook_is_called_however_full_the_queue_is() {
        DispatcherFixture full = new DispatcherFixture(executor, new QueueLimits(1, 1));
        full.dispatch(SampleEvents.initialized());
        executor.runAll();
        full.message(1, 0);
        assertThat(full.message(2, 0)).as("full").isFalse();
        List<Initialized> seen = new ArrayList<>();
        full.dispatcher.register(EventType.INITIALIZED, null, seen::add);
        executor.runAll();
        assertThat(seen).hasSize(1);
    }

    @Test
    void hooks_that_are_registered_at_the_very_moment_are_called_once_each() throws Exception {
        long seed = System.nanoTime();
        System.out.println("StickyEventTest: seed " + seed);
        Random random = new Random(seed);
        Workers workers = Workers.create("conversations4j-test", 4);
        for (int round = 0; round < 300; round++) {
            raceOnce(workers, random.nextInt(200), random.nextInt(200), "seed " + seed + ", round " + round);
        }
        assertThat(workers.close(Duration.ofSeconds(Patience.SECONDS))).isTrue();
    }

    private static void raceOnce(Workers workers, int firstSpin, int secondSpin, String what) throws Exception {
        int hooks = 8;
        DispatcherFixture fixture = new DispatcherFixture(workers);
        AtomicIntegerArray calls = new AtomicIntegerArray(hooks);
        CountDownLatch all = new CountDownLatch(hooks);
        CyclicBarrier start = new CyclicBarrier(2);
        Thread registering = new Thread(() -> {
            meet(start);
            for (int hook = 0; hook < hooks; hook++) {
                int number = hook;
                spin(firstSpin);
                fixture.dispatcher.register(EventType.INITIALIZED, null, event -> {
                    calls.incrementAndGet(number);
                    all.countDown();
                });
            }
        });
        registering.start();
        meet(start);
        spin(secondSpin * hooks / 2);
        fixture.dispatcher.dispatchAlways(SampleEvents.initialized());
        Patience.join(registering);
        assertThat(all.await(Patience.SECONDS, TimeUnit.SECONDS)).as(what).isTrue();
        assertThat(fixture.dispatcher.close(Duration.ofSeconds(Patience.SECONDS)))
                .isTrue();
        for (int hook = 0; hook < hooks; hook++) {
            assertThat(calls.get(hook)).as("%s, hook %d", what, hook).isEqualTo(1);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(Patience.SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
