package io.github.conversations4j.internal.hooks;

import static io.github.conversations4j.internal.hooks.DispatcherFixture.SAME_THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Middleware;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MiddlewareTest {
    private final List<String> trace = new ArrayList<>();

    private Middleware tracing(String name) {
        return (event, next) -> {
            trace.add(name + " in");
            next.proceed();
            trace.add(name + " out");
        };
    }

    private DispatcherFixture with(Middleware... middleware) {
        DispatcherFixture fixture = new DispatcherFixture(SAME_THREAD, middleware);
        fixture.onMessage(event -> trace.add("hook"));
        return fixture;
    }

    @Test
    void it_runs_around_all_hooks_in_the_order_in_which_it_was_given() {
        DispatcherFixture fixture = with(tracing("a"), tracing("b"));
        fixture.onMessageIn(1, event -> trace.add("hook of the conversation"));
        fixture.message(1, 0);
        assertThat(trace).containsExactly("a in", "b in", "hook", "hook of the conversation", "b out", "a out");
    }

    @Test
    void it_sees_events_that_nobody_listens_to() {
        DispatcherFixture fixture = with(tracing("a"));
        fixture.dispatch(SampleEvents.typingStarted(1));
        assertThat(trace).containsExactly("a in", "a out");
    }

    @Test
    void not_proceeding_keeps_the_event_from_everything_behind() {
        Middleware noOddOnes = (event, next) -> {
            if (event instanceof MessageAdded added && added.message().index() % 2 == 0) {
                next.proceed();
            }
        };
        DispatcherFixture fixture = with(noOddOnes, tracing("behind"));
        fixture.message(1, 1);
        assertThat(trace).isEmpty();
        fixture.message(1, 2);
        assertThat(trace).containsExactly("behind in", "hook", "behind out");
    }

    @Test
    void proceeding_twice_is_refused_and_calls_nobody_twice() {
        DispatcherFixture fixture = with((event, next) -> {
            next.proceed();
            next.proceed();
        });
        fixture.message(1, 0);
        assertThat(trace).containsExactly("hook");
        assertThat(fixture.causes())
                .singleElement()
                .isInstanceOf(IllegalStateException.class)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
                .hasMessage("middleware called next.proceed() twice for one event");
    }

    @Test
    void proceeding_twice_does_not_get_round_a_filter_behind() {
        Middleware twice = (event, next) -> {
            next.proceed();
            next.proceed();
        };
        Middleware nothing = (event, next) -> trace.add("filtered");
        DispatcherFixture fixture = with(twice, nothing);
        fixture.message(1, 0);
        assertThat(trace).containsExactly("filtered");
        assertThat(fixture.reports).hasSize(1);
    }

    @Test
    void what_it_throws_is_reported_passes_those_before_it_and_stops_only_this_event() {
        IOException failure = new IOException("second");
        List<Throwable> passed = new ArrayList<>();
        Middleware first = (event, next) -> {
            try {
                next.proceed();
            } catch (IOException e) {
                passed.add(e);
                throw e;
            }
        };
        Middleware second = (event, next) -> {
            if (((MessageAdded) event).message().index() == 0) {
                throw failure;
            }
            next.proceed();
        };
        DispatcherFixture fixture = with(first, second);
        fixture.message(1, 0);
        assertThat(trace).isEmpty();
        assertThat(passed).containsExactly(failure);
        assertThat(fixture.causes()).containsExactly(failure);
        assertThat(fixture.reported()).containsExactly("middleware failed at messageAdded");
        fixture.message(1, 1);
        assertThat(trace).containsExactly("hook");
    }

    @Test
    void hooks_that_throw_do_not_come_back_to_it() {
        DispatcherFixture fixture = new DispatcherFixture(SAME_THREAD, tracing("a"));
        fixture.onMessage(event -> {
            throw new IOException("hook");
        });
        fixture.message(1, 0);
        assertThat(trace).containsExactly("a in", "a out");
        assertThat(fixture.reports).hasSize(1);
    }

    @Test
    void proceeding_later_or_on_another_thread_is_refused() throws Exception {
        AtomicReference<Middleware.Next> kept = new AtomicReference<>();
        List<Throwable> refusals = new ArrayList<>();
        DispatcherFixture fixture = with((event, next) -> {
            kept.set(next);
            Thread other = new Thread(() -> refusals.add(failureOf(next)));
            other.start();
            Patience.join(other);
        });
        fixture.message(1, 0);
        refusals.add(failureOf(kept.get()));
        assertThat(refusals)
                .hasSize(2)
                .allSatisfy(refusal -> assertThat(refusal)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("outside of Middleware.handle"));
        assertThat(trace).isEmpty();
    }

    private static Throwable failureOf(Middleware.Next next) {
        try {
            next.proceed();
            return new AssertionError("it went on");
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void asynchronous_hooks_hold_the_conversation_through_middleware_too() {
        DispatcherFixture fixture = with(tracing("a"));
        CompletableFuture<Void> stage = new CompletableFuture<>();
        fixture.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> stage);
        fixture.message(1, 0);
        fixture.message(1, 1);
        assertThat(trace).containsExactly("a in", "hook", "a out");
        stage.complete(null);
        assertThat(trace).hasSize(6);
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    @Test
    void a_sticky_event_passes_it_again_for_a_hook_that_comes_late() {
        DispatcherFixture fixture = with(tracing("a"));
        fixture.dispatch(SampleEvents.initialized());
        fixture.dispatcher.register(EventType.INITIALIZED, null, event -> trace.add("late"));
        assertThat(trace).containsExactly("a in", "a out", "a in", "late", "a out");
    }
}
