package io.github.conversations4j.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmTest {
    private final List<Runnable> scheduled = new ArrayList<>();
    private final List<String> done = new ArrayList<>();

    /** With a scheduler whose cancelling always comes too late. */
    private Alarm alarm() {
        return new Alarm(
                new Turns(),
                (task, delay) -> {
                    scheduled.add(task);
                    return () -> done.add("cancelled");
                },
                Duration.ofSeconds(1),
                () -> done.add("rang"));
    }

    @Test
    void ringsOnce() {
        alarm();
        scheduled.get(0).run();
        scheduled.get(0).run();
        assertThat(done).containsExactly("rang");
    }

    @Test
    void doesNothingOnceItWasStoppedEvenIfTheSchedulerRunsIt() {
        alarm().stop();
        scheduled.get(0).run();
        assertThat(done).containsExactly("cancelled");
    }
}
