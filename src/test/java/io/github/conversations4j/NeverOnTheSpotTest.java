package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class NeverOnTheSpotTest {
    private final List<Runnable> ours = new ArrayList<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void handsOverWhatWouldRunOnTheSpot() {
        new NeverOnTheSpot(Runnable::run, ours::add).execute(() -> done.add("work"));
        assertThat(done).isEmpty();
        ours.forEach(Runnable::run);

        assertThat(done).containsExactly("work");
    }

    @Test
    void leavesWhatRunsLaterToTheExecutorThoughItIsOnTheSameThread() {
        Queue<Runnable> later = new ArrayDeque<>();
        new NeverOnTheSpot(later::add, ours::add).execute(() -> done.add("work"));
        later.remove().run();

        assertThat(done).containsExactly("work");
        assertThat(ours).isEmpty();
    }

    @Test
    void leavesWhatRunsOnAnotherThreadToTheExecutor() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        new NeverOnTheSpot(task -> threads.add(new Thread(task)), ours::add).execute(() -> done.add("work"));
        threads.get(0).start();
        threads.get(0).join();

        assertThat(done).containsExactly("work");
        assertThat(ours).isEmpty();
    }

    @Test
    void refusesWhatIsRefused() {
        RejectedExecutionException refusal = new RejectedExecutionException("full");
        NeverOnTheSpot refusing = new NeverOnTheSpot(
                task -> {
                    throw refusal;
                },
                ours::add);
        assertThatThrownBy(() -> refusing.execute(() -> done.add("work"))).isSameAs(refusal);
    }

    @Test
    void takesWhatWasGivenBeforeOffTheSpotToo() {
        Queue<Runnable> queue = new ArrayDeque<>();
        NeverOnTheSpot runsTheOldestWhenFull = new NeverOnTheSpot(
                task -> {
                    queue.add(task);
                    if (queue.size() > 1) {
                        queue.remove().run();
                    }
                },
                ours::add);
        runsTheOldestWhenFull.execute(() -> done.add("first"));
        runsTheOldestWhenFull.execute(() -> done.add("second"));
        assertThat(done).isEmpty();
        ours.forEach(Runnable::run);
        assertThat(done).containsExactly("first");
    }

    @Test
    void takesOffTheSpotWhatAnExecutorDrainsThoughOneOfItsTasksHandsOverMore() {
        Queue<Runnable> queue = new ArrayDeque<>();
        AtomicBoolean draining = new AtomicBoolean();
        Executor drainsWhenFull = task -> {
            queue.add(task);
            if (queue.size() == 2 && !draining.getAndSet(true)) {
                while (!queue.isEmpty()) {
                    queue.remove().run();
                }
            }
        };
        NeverOnTheSpot guarded = new NeverOnTheSpot(drainsWhenFull, ours::add);
        drainsWhenFull.execute(() -> guarded.execute(() -> done.add("nested")));
        guarded.execute(() -> done.add("handed over"));
        assertThat(done).isEmpty();
    }
}
