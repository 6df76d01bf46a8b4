package io.github.conversations4j.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static List<Duration> delays(Backoff backoff, RandomGenerator random, int count) {
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Backoff.Step step = backoff.next(random);
            delays.add(step.delay());
            backoff = step.then();
        }
        return delays;
    }

    @Test
    void doublesUpToTheLimitAndStaysThere() {
        Backoff backoff = new Backoff(SECOND, Duration.ofSeconds(10), 0);
        assertThat(delays(backoff, new Random(1), 7))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 10L, 10L, 10L);
    }

    @Test
    void isAValueSoThatStartingOverIsUsingTheFirstOneAgain() {
        Backoff first = new Backoff(SECOND, Duration.ofMinutes(1), 0);
        delays(first, new Random(1), 5);
        assertThat(first.next(new Random(1)).delay()).isEqualTo(SECOND);
    }

    @Test
    void spreadsDelaysAroundTheBaseButNeverOverTheLimit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Backoff steady = new Backoff(SECOND, SECOND, 0.5);
        List<Duration> delays = delays(steady, random, 1000);
        assertThat(delays)
                .as("seed %d", seed)
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ofMillis(500), SECOND));
        assertThat(delays.stream().distinct().count()).as("seed %d", seed).isGreaterThan(100);
        assertThat(new Backoff(SECOND, Duration.ofSeconds(9), 0.25)
                        .next(() -> 0)
                        .delay())
                .isEqualTo(Duration.ofMillis(750));
        assertThat(new Backoff(SECOND, Duration.ofSeconds(9), 0.25)
                        .next(() -> -1L)
                        .delay())
                .isBetween(Duration.ofMillis(1249), Duration.ofMillis(1250));
    }

    @Test
    void neverOverflowsNorGivesZero() {
        Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
        assertThat(delays(new Backoff(Duration.ofNanos(1), huge, 0.9), new Random(7), 500))
                .allSatisfy(delay -> assertThat(delay).isPositive());
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, SECOND, 0)).hasMessageContaining("base");
        assertThatThrownBy(() -> new Backoff(SECOND, Duration.ofMillis(1), 0)).hasMessageContaining("max (PT0.001S)");
        assertThatThrownBy(() -> new Backoff(SECOND, SECOND, 1)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> new Backoff(SECOND, SECOND, Double.NaN)).hasMessageContaining("NaN");
    }
}
