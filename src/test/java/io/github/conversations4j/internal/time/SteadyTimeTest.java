package io.github.conversations4j.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
    private final ManualTime time = new ManualTime();
    private final SettableClock clock = new SettableClock(time);
    private final SteadyTime steady = new SteadyTime(clock);

    @Test
    void goesAsTheClockDoes() {
        assertThat(steady.instant()).isEqualTo(clock.instant());
        time.advance(Duration.ofSeconds(7));
        assertThat(steady.instant()).isEqualTo(clock.instant());
    }

    @Test
    void goesOnWhenTheClockIsSetBack() {
        Instant before = steady.instant();
        clock.setBack(Duration.ofHours(1));
        assertThat(steady.instant()).isEqualTo(before);
        time.advance(Duration.ofSeconds(7));
        assertThat(steady.instant()).isEqualTo(before.plusSeconds(7));
        clock.setBack(Duration.ofDays(1));
        time.advance(Duration.ofSeconds(7));
        assertThat(steady.instant())
                .as("what passed since the last look is not known")
                .isEqualTo(before.plusSeconds(7));
        time.advance(Duration.ofSeconds(7));
        assertThat(steady.instant()).isEqualTo(before.plusSeconds(14));
    }
}
