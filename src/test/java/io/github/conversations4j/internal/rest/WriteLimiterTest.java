package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.WriteLimits;
import io.github.conversations4j.error.TooManyWritesException;
import io.github.conversations4j.internal.rest.WriteLimiter.Entry;
import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteLimiterTest {
    private static final WriteKey CH1 = new WriteKey(false, "/CH1");
    private static final WriteKey CH2 = new WriteKey(false, "/CH2");
    private static final WriteKey SERVICE = new WriteKey(true, "");

    private final ManualTime time = new ManualTime();
    private final Instant start = time.instant();
    private final CallTally tally = new CallTally();
    private final List<String> started = new ArrayList<>();

    private WriteLimiter limiter(int perConversation, int perService, int maxWaiting) {
        return new WriteLimiter(new WriteLimits(perConversation, perService, maxWaiting), time, time, tally);
    }

    private Cancellable write(WriteLimiter limiter, WriteKey key, String name) {
        return limiter.line(entry(key, false, Duration.ofSeconds(30)), () -> started.add(name));
    }

    private Entry entry(WriteKey key, boolean repeat, Duration limit) {
        return new Entry("write", key, repeat, time.instant().plus(limit));
    }

    private List<String> startedNow() {
        List<String> now = List.copyOf(started);
        started.clear();
        return now;
    }

    @Test
    void soManyAtOnceAndTheRestInOrderASecondLater() {
        WriteLimiter limiter = limiter(3, 3, 100);
        IntStream.range(0, 7).forEach(i -> write(limiter, CH1, "w" + i));

        assertThat(startedNow()).containsExactly("w0", "w1", "w2");
        assertThat(limiter.waiting()).isEqualTo(4);
        time.advance(Duration.ofMillis(999));
        assertThat(startedNow()).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(startedNow()).containsExactly("w3", "w4", "w5");
        time.advance(Duration.ofSeconds(1));
        assertThat(startedNow()).containsExactly("w6");
        assertThat(tally.counts(limiter.waiting()).delayedWrites()).isEqualTo(4);
        assertThat(time.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverMoreInAnySecondAndNeverIdleWhileSomebodyWaits(long seed) {
        WriteLimiter limiter = limiter(5, 5, 1_000);
        SplittableRandom random = new SplittableRandom(seed);
        List<Instant> starts = new ArrayList<>();
        int asked = 0;
        for (int step = 0; step < 400; step++) {
            for (int i = random.nextInt(3); i > 0; i--) {
                asked++;
                limiter.line(entry(CH1, false, Duration.ofHours(1)), () -> starts.add(time.instant()));
            }
            time.advance(Duration.ofMillis(random.nextInt(300)));
        }
        time.advance(Duration.ofMinutes(10));

        assertThat(starts).as("seed %s", seed).hasSize(asked).isSorted();
        for (int i = 5; i < starts.size(); i++) {
            assertThat(Duration.between(starts.get(i - 5), starts.get(i)))
                    .as("seed %s, start %s", seed, i)
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
        assertThat(limiter.waiting()).isZero();
    }

    @Test
    void conversationsAndServiceDoNotWaitForEachOther() {
        WriteLimiter limiter = limiter(1, 2, 100);
        write(limiter, CH1, "a");
        write(limiter, CH1, "b");
        write(limiter, CH2, "c");
        write(limiter, SERVICE, "d");
        write(limiter, SERVICE, "e");
        write(limiter, SERVICE, "f");

        assertThat(startedNow()).containsExactly("a", "c", "d", "e");
    }

    @Test
    void whatIsNotLimitedGoesThrough() {
        WriteLimiter limiter = limiter(0, 1, 0);
        IntStream.range(0, 100).forEach(i -> write(limiter, CH1, "w"));
        limiter.line(new Entry("write", null, false, start), () -> started.add("none"));

        assertThat(startedNow()).hasSize(101);
        assertThat(limiter.lines()).isZero();
    }

    @Test
    void whoGivesUpLeavesTheLine() {
        WriteLimiter limiter = limiter(1, 1, 100);
        Cancellable gone = write(limiter, CH1, "a");
        Cancellable second = write(limiter, CH1, "b");
        write(limiter, CH1, "c");
        gone.cancel();
        second.cancel();
        second.cancel();

        assertThat(limiter.waiting()).isOne();
        time.advance(Duration.ofSeconds(1));
        assertThat(startedNow()).containsExactly("a", "c");
        Cancellable last = write(limiter, CH1, "d");
        last.cancel();
        assertThat(time.pending()).isZero();
        assertThat(limiter.waiting()).isZero();
    }

    @Test
    void refusesWhenTooManyWait() {
        WriteLimiter limiter = limiter(1, 1, 2);
        write(limiter, CH1, "a");
        write(limiter, CH1, "b");
        write(limiter, CH2, "c");
        write(limiter, CH2, "d");

        assertThatExceptionOfType(TooManyWritesException.class)
                .isThrownBy(() -> write(limiter, CH1, "e"))
                .withMessageContaining("2 writes wait for their turn already")
                .withMessageContaining("Nothing was sent");
        assertThat(tally.counts(limiter.waiting()).refusedWrites()).isOne();
    }

    @Test
    void refusesAtOnceWhatWouldComeTooLate() {
        WriteLimiter limiter = limiter(10, 10, 1_000);
        IntStream.range(0, 40).forEach(i -> write(limiter, CH1, "w" + i));

        assertThatExceptionOfType(TooManyWritesException.class)
                .isThrownBy(() -> limiter.line(entry(CH1, false, Duration.ofSeconds(4)), () -> {}))
                .withMessageContaining("behind 30 others");
        limiter.line(entry(CH1, false, Duration.ofMillis(4_001)), () -> started.add("just"));
        time.advance(Duration.ofSeconds(4));
        assertThat(startedNow()).hasSize(41).endsWith("just");
    }

    @Test
    void repeatsGoFirstAndAreNeverRefused() {
        WriteLimiter limiter = limiter(1, 1, 1);
        write(limiter, CH1, "a");
        write(limiter, CH1, "b");
        limiter.line(entry(CH1, true, Duration.ofMillis(1)), () -> started.add("again"));

        time.advance(Duration.ofSeconds(1));
        assertThat(startedNow()).containsExactly("a", "again");
        time.advance(Duration.ofSeconds(1));
        assertThat(startedNow()).containsExactly("b");
    }

    @Test
    void aLineThatTwilioRefusedStandsStillButForTheRepeat() {
        WriteLimiter limiter = limiter(2, 2, 10);
        write(limiter, CH1, "a");
        limiter.pause(CH1, Duration.ofSeconds(7));
        limiter.pause(CH1, Duration.ofSeconds(3));
        limiter.pause(CH2, Duration.ofSeconds(9));
        limiter.pause(null, Duration.ofSeconds(9));
        write(limiter, CH1, "b");
        write(limiter, CH2, "c");

        time.advance(Duration.ofSeconds(5));
        assertThat(startedNow()).containsExactly("a", "c");
        limiter.line(entry(CH1, true, Duration.ofSeconds(1)), () -> started.add("again"));
        assertThat(startedNow()).containsExactly("again");
        time.advance(Duration.ofSeconds(2));
        assertThat(startedNow()).containsExactly("b");
    }

    @Test
    void aRepeatDoesNotWaitForTheTimerOfThoseThatPause() {
        WriteLimiter limiter = limiter(1, 1, 10);
        write(limiter, CH1, "a");
        limiter.pause(CH1, Duration.ofSeconds(7));
        write(limiter, CH1, "b");
        limiter.line(entry(CH1, true, Duration.ofSeconds(1)), () -> started.add("again"));

        time.advance(Duration.ofSeconds(1));
        assertThat(startedNow()).containsExactly("a", "again");
        time.advance(Duration.ofSeconds(6));
        assertThat(startedNow()).containsExactly("b");
    }

    @Test
    void quietLinesAreForgotten() {
        WriteLimiter limiter = limiter(1, 1, 10);
        for (int i = 0; i < 10_000; i++) {
            write(limiter, new WriteKey(false, "/CH" + i), "w");
            time.advance(Duration.ofMillis(100));
        }

        assertThat(startedNow()).hasSize(10_000);
        assertThat(limiter.lines()).isLessThanOrEqualTo(64);
        assertThat(time.pending()).isZero();
    }

    @Test
    void aClockThatIsSetBackHoldsNobodyUp() {
        List<Instant> clock = new ArrayList<>(List.of(start.plusSeconds(3_600)));
        WriteLimiter limiter = new WriteLimiter(new WriteLimits(1, 1, 10), () -> clock.get(0), time, tally);
        write(limiter, CH1, "a");
        clock.set(0, start);
        write(limiter, CH1, "b");

        assertThat(startedNow()).containsExactly("a", "b");
    }
}
