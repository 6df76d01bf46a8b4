package io.github.conversations4j.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timers of a client on a scheduler that outlives it. */
class TimersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runWhenTheirTimeHasCome() {
        timers.schedule(() -> ran.add("one"), SECOND);
        timers.schedule(() -> ran.add("cancelled"), SECOND).cancel();
        Cancellable late = timers.schedule(() -> ran.add("two"), SECOND.multipliedBy(2));
        time.advance(SECOND.multipliedBy(3));
        late.cancel();
        assertThat(ran).containsExactly("one", "two");
    }

    @Test
    void areTakenOffTheSchedulerAtTheEndAndNoneComesAfterIt() {
        timers.schedule(() -> ran.add("one"), SECOND);
        timers.close();
        assertThat(time.pending()).isZero();
        timers.schedule(() -> ran.add("two"), SECOND).cancel();
        assertThat(time.pending()).isZero();
        time.advance(SECOND.multipliedBy(2));
        assertThat(ran).isEmpty();
    }

    @Test
    void runNoMoreEvenIfTheSchedulerCannotCancel() {
        Timers failing = new Timers((task, delay) -> {
            time.schedule(task, delay);
            return () -> {
                throw new IllegalStateException("shut down");
            };
        });
        failing.schedule(() -> ran.add("one"), SECOND);
        failing.schedule(() -> ran.add("two"), SECOND);
        assertThatIllegalStateException().isThrownBy(failing::close);
        time.advance(SECOND.multipliedBy(2));
        assertThat(ran).isEmpty();
    }
}
