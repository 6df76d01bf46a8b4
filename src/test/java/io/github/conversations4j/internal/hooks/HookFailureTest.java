package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.SampleEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hook throws stops nobody. */
class HookFailureTest {
    private final ManualTime time = new ManualTime();
    private final DispatcherFixture fixture = new DispatcherFixture(DispatcherFixture.SAME_THREAD);

    static Stream<Throwable> failures() {
        return Stream.of(
                new IOException("checked"),
                new IllegalStateException("unchecked"),
                new StackOverflowError("error"),
                new AssertionError("error of a test"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_hook_that_throws_is_reported_and_the_others_go_on(Throwable failure) {
        fixture.onMessage(event -> sneak(failure));
        List<Integer> seen = fixture.indexesSeen();
        fixture.message(1, 0);
        fixture.message(1, 1);
        assertThat(seen).containsExactly(0, 1);
        assertThat(fixture.causes()).containsExactly(failure, failure);
        assertThat(fixture.reported())
                .containsOnly(
                        "the messageAdded hook registered in " + getClass().getName() + " failed");
        assertThat(fixture.reports.get(0).event()).isEqualTo(SampleEvents.messageAdded(1, 0));
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void an_error_handler_that_throws_stops_nobody(Throwable failure) {
        Dispatcher dispatcher = new Dispatcher(
                new HookThreads(DispatcherFixture.SAME_THREAD, new Surroundings(time, time, new Random(1))),
                QueueLimits.DEFAULT,
                List.of(),
                report -> sneak(failure));
        List<Integer> seen = new ArrayList<>();
        dispatcher.register(EventType.MESSAGE_ADDED, null, event -> {
            seen.add(event.message().index());
            throw new IOException("hook");
        });
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        dispatcher.dispatch(SampleEvents.messageAdded(1, 1));
        assertThat(seen).containsExactly(0, 1);
        assertThat(dispatcher.pending()).isZero();
    }

    @Test
    void what_runs_after_an_event_may_throw_too() {
        List<Integer> seen = fixture.indexesSeen();
        fixture.dispatcher.dispatch(SampleEvents.messageAdded(1, 0), () -> {
            throw new IllegalStateException("done failed");
        });
        fixture.message(1, 1);
        assertThat(seen).containsExactly(0, 1);
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    @Test
    void what_runs_after_an_event_runs_once_and_only_after_all_its_hooks() {
        HandDriven executor = new HandDriven();
        DispatcherFixture driven = new DispatcherFixture(executor);
        List<String> order = new ArrayList<>();
        driven.onMessage(event -> order.add("first hook"));
        driven.onMessage(event -> order.add("second hook"));
        driven.dispatcher.dispatch(SampleEvents.messageAdded(1, 0), () -> order.add("done"));
        assertThat(order).isEmpty();
        executor.runAll();
        assertThat(order).containsExactly("first hook", "second hook", "done");
    }

    @Test
    void an_interrupt_ends_one_hook_and_is_given_back_to_the_thread_in_the_end() {
        List<String> seen = new ArrayList<>();
        fixture.onMessage(event -> {
            Thread.currentThread().interrupt();
            throw new InterruptedException("first");
        });
        fixture.onMessage(event -> {
            seen.add("second, flag " + Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        });
        fixture.onMessageIn(1, event -> {
            seen.add("third, flag " + Thread.currentThread().isInterrupted());
            if (event.message().index() == 0) {
                fixture.message(1, 1);
            }
        });
        fixture.message(1, 0);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen)
                .containsExactly("second, flag false", "third, flag false", "second, flag false", "third, flag false");
    }

    // Past the compiler: hooks in other languages throw what they like.
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable failure) throws X {
        throw (X) failure;
    }
}
