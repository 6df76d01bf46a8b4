package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A number that changes, and hooks on it: positive changes add to it, negative ones stand for everything. */
class FollowingTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Throwable> reported = new ArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final Following<Integer, Integer> following = new Following<>(
            10,
            new Following.Changes<>((sum, change) -> change < 0 ? -change : sum + change, sum -> -sum),
            new Following.Surroundings(tasks::add, reported::add),
            closed::incrementAndGet);

    private void work() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void a_hook_gets_everything_first_and_then_each_change() {
        List<Integer> changes = new ArrayList<>();
        following.onChange(changes::add);
        following.changed(1);
        following.changed(2);
        work();

        assertThat(changes).containsExactly(-10, 1, 2);
        assertThat(following.current()).isEqualTo(13);
    }

    @Test
    void a_hook_that_is_far_behind_gets_everything_anew() {
        List<Integer> changes = new ArrayList<>();
        following.onChange(changes::add);
        for (int i = 0; i < Watchers.MOST_BEHIND + 5; i++) {
            following.changed(1);
        }
        work();

        assertThat(changes).hasSizeLessThan(10).startsWith(-(10 + Watchers.MOST_BEHIND));
        int sum = 0;
        for (int change : changes) {
            sum = change < 0 ? -change : sum + change;
        }
        assertThat(sum).isEqualTo(following.current()).isEqualTo(10 + Watchers.MOST_BEHIND + 5);
    }

    @Test
    void a_hook_that_throws_is_reported_and_goes_on() {
        List<Integer> changes = new ArrayList<>();
        following.onChange(change -> {
            changes.add(change);
            throw new IllegalStateException("hook");
        });
        following.changed(1);
        work();

        assertThat(changes).containsExactly(-10, 1);
        assertThat(reported).hasSize(2);
    }

    @Test
    void nothing_is_told_after_close_which_happens_once() {
        List<Integer> changes = new ArrayList<>();
        following.onChange(changes::add);
        following.close();
        following.close();
        following.changed(1);
        work();

        assertThat(changes).isEmpty();
        assertThat(closed).hasValue(1);
        assertThat(following.current()).isEqualTo(10);
        assertThat(following.onChange(changes::add).isActive()).isFalse();
    }
}
