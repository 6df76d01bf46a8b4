package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.internal.threads.Workers;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In order and one at a time in a conversation, side by side across conversations. */
class LaneOrderTest {
    private Workers workers = Workers.create("conversations4j-test", 4);

    @AfterEach
    void end() {
        assertThat(workers.close(Duration.ofSeconds(Patience.SECONDS))).isTrue();
    }

    @Test
    void events_of_a_conversation_come_in_order_and_one_at_a_time() {
        DispatcherFixture fixture = new DispatcherFixture(workers);
        int messages = 1_000;
        List<Integer> seen = new ArrayList<>(); // deliberately not thread-safe: the lane is what orders the accesses
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(messages);
        fixture.onMessage(event -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            seen.add(event.message().index());
            inside.decrementAndGet();
            all.countDown();
        });
        IntStream.range(0, messages)
                .forEach(index -> assertThat(fixture.message(1, index)).isTrue());
        Patience.await(all);
        assertThat(fixture.dispatcher.close(Duration.ofSeconds(Patience.SECONDS)))
                .isTrue();
        assertThat(seen).containsExactlyElementsOf(IntStream.range(0, messages).boxed()::iterator);
        assertThat(most).hasValue(1);
    }

    @Test
    void hooks_of_one_event_run_in_the_order_of_registration_those_for_all_conversations_first() {
        DispatcherFixture fixture = new DispatcherFixture(DispatcherFixture.SAME_THREAD);
        List<String> called = new ArrayList<>();
        fixture.onMessageIn(1, event -> called.add("one"));
        fixture.onMessage(event -> called.add("all, first"));
        fixture.onMessageIn(2, event -> called.add("two"));
        fixture.onMessage(event -> called.add("all, second"));
        fixture.message(1, 0);
        assertThat(called).containsExactly("all, first", "all, second", "one");
    }

    @Test
    void conversations_run_side_by_side() {
        DispatcherFixture fixture = new DispatcherFixture(workers);
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch met = new CountDownLatch(2);
        fixture.onMessage(event -> {
            both.countDown();
            Patience.await(both);
            met.countDown();
        });
        fixture.message(1, 0);
        fixture.message(2, 0);
        Patience.await(met);
    }

    @Test
    void events_of_the_client_have_a_lane_of_their_own() {
        DispatcherFixture fixture = new DispatcherFixture(workers);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch unknown = new CountDownLatch(1);
        fixture.onMessage(event -> Patience.await(release));
        fixture.dispatcher.register(
                io.github.conversations4j.event.EventType.UNKNOWN, null, event -> unknown.countDown());
        fixture.message(1, 0);
        fixture.dispatch(SampleEvents.unknown("onSomething"));
        Patience.await(unknown);
        release.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_slow_hook_holds_up_no_other_conversation(boolean poolOfTwo) {
        if (poolOfTwo) {
            end();
            workers = Workers.platform("conversations4j-test", 2);
        }
        DispatcherFixture fixture = new DispatcherFixture(workers);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(100 * 5);
        CountDownLatch last = new CountDownLatch(3);
        fixture.onMessageIn(0, event -> {
            blocked.countDown();
            Patience.await(release);
            last.countDown();
        });
        for (int conversation = 1; conversation <= 100; conversation++) {
            fixture.onMessageIn(conversation, event -> others.countDown());
        }
        IntStream.range(0, 3).forEach(index -> fixture.message(0, index));
        Patience.await(blocked);
        for (int index = 0; index < 5; index++) {
            for (int conversation = 1; conversation <= 100; conversation++) {
                assertThat(fixture.message(conversation, index)).isTrue();
            }
        }
        Patience.await(others);
        assertThat(last.getCount()).isEqualTo(3);
        release.countDown();
        Patience.await(last);
    }

    @Test
    void a_flood_in_one_conversation_gives_its_thread_back_after_a_turn() {
        HandDriven executor = new HandDriven();
        DispatcherFixture fixture = new DispatcherFixture(executor);
        List<Integer> seen = fixture.indexesSeen();
        IntStream.range(0, 2 * Lane.TURN).forEach(index -> fixture.message(1, index));
        fixture.message(2, 1_000_000);
        executor.runNext();
        assertThat(seen).hasSize(Lane.TURN);
        executor.runNext();
        assertThat(seen).hasSize(Lane.TURN + 1).endsWith(1_000_000);
        executor.runAll();
        assertThat(seen).hasSize(2 * Lane.TURN + 1).endsWith(2 * Lane.TURN - 1);
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    @Test
    void turns_on_an_executor_that_runs_tasks_on_the_spot_do_not_nest() {
        DispatcherFixture fixture = new DispatcherFixture(DispatcherFixture.SAME_THREAD);
        List<Integer> depths = new ArrayList<>();
        fixture.onMessage(event -> {
            int index = event.message().index();
            if (index % Lane.TURN == 1) {
                depths.add(new Throwable().getStackTrace().length);
            }
            if (index < 100 * Lane.TURN) {
                fixture.message(1, index + 1);
            }
        });
        fixture.message(1, 0);
        assertThat(depths).hasSize(100);
        assertThat(depths.stream().distinct()).hasSize(1);
    }

    @Test
    void what_waits_for_one_conversation_does_not_run_on_the_thread_that_dispatches() {
        HandDriven executor = new HandDriven();
        DispatcherFixture fixture = new DispatcherFixture(executor);
        List<Integer> seen = fixture.indexesSeen();
        fixture.message(1, 0);
        fixture.message(1, 1);
        assertThat(seen).isEmpty();
        assertThat(executor.waiting()).as("one task for both").isEqualTo(1);
        assertThat(fixture.dispatcher.pending()).isEqualTo(2);
        executor.runAll();
        assertThat(seen).containsExactly(0, 1);
        assertThat(fixture.dispatcher.pending()).isZero();
    }
}
