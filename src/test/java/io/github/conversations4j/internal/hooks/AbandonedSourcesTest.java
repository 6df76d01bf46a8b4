package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.DeadLetter;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What sources told is given up when somebody else tells it, and what the client tells itself is not. */
class AbandonedSourcesTest {
    private final ManualTime time = new ManualTime();
    private final HandDriven executor = new HandDriven();
    private final List<Object> seen = new ArrayList<>();
    private final List<Object> done = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();

    private Dispatcher dispatcher(int times) {
        return new Dispatcher(
                new HookThreads(executor, new Surroundings(time, time, new Random(1))),
                QueueLimits.DEFAULT,
                List.of(),
                report -> seen.add(report.cause().getMessage()),
                new HookRetries(times, Duration.ofMinutes(1), deadLetters::add));
    }

    @Test
    void what_waits_calls_nobody_and_more_is_refused() {
        Dispatcher dispatcher = dispatcher(1);
        dispatcher.register(
                EventType.MESSAGE_ADDED, null, event -> seen.add(event.message().index()));
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0), () -> done.add(0));
        dispatcher.dispatch(SampleEvents.messageAdded(1, 1), () -> done.add(1));
        dispatcher.abandonSources();
        assertThat(dispatcher.dispatch(SampleEvents.messageAdded(1, 2))).isFalse();
        dispatcher.dispatchAlways(SampleEvents.messageAdded(1, 3));
        executor.runAll();
        assertThat(seen).as("only what the client tells itself").containsExactly(3);
        assertThat(done).isEmpty();
        assertThat(dispatcher.pending()).isZero();
        assertThat(dispatcher.close(Duration.ZERO)).isTrue();
    }

    @Test
    void a_hook_that_failed_is_called_again_only_with_what_the_client_tells_itself() {
        Dispatcher dispatcher = dispatcher(1);
        dispatcher.register(EventType.MESSAGE_ADDED, null, event -> {
            seen.add(event.message().index());
            throw new IllegalStateException("not " + event.message().index());
        });
        dispatcher.dispatch(SampleEvents.messageAdded(1, 0));
        dispatcher.dispatchAlways(SampleEvents.messageAdded(2, 1));
        executor.runAll();
        dispatcher.abandonSources();
        time.advance(Duration.ofSeconds(1));
        executor.runAll();
        assertThat(seen).containsExactlyInAnyOrder(0, 1, "not 0", 1, "not 1");
        assertThat(deadLetters).extracting(DeadLetter::event).containsExactly(SampleEvents.messageAdded(2, 1));
        assertThat(dispatcher.pending()).isZero();
    }
}
