package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.AsyncHook;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Hooks that end later hold their conversation until they have, and no thread. */
class AsyncHookTest {
    private final HandDriven executor = new HandDriven();
    private final DispatcherFixture fixture = new DispatcherFixture(executor);
    private final List<Integer> seen = new ArrayList<>();
    private final List<CompletableFuture<Void>> stages = new ArrayList<>();

    private void registerPending() {
        fixture.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> {
            seen.add(event.message().index());
            stages.add(new CompletableFuture<>());
            return stages.get(stages.size() - 1);
        });
    }

    @Test
    void the_conversation_waits_for_the_stage_and_others_do_not() {
        registerPending();
        fixture.message(1, 0);
        fixture.message(1, 1);
        executor.runAll();
        assertThat(seen).containsExactly(0);
        fixture.message(2, 50);
        executor.runAll();
        assertThat(seen).containsExactly(0, 50);
        assertThat(fixture.dispatcher.pending()).isEqualTo(3);
        stages.get(0).complete(null);
        assertThat(seen).as("not on the thread that completes").containsExactly(0, 50);
        executor.runAll();
        assertThat(seen).containsExactly(0, 50, 1);
        stages.get(1).complete(null);
        stages.get(2).complete(null);
        executor.runAll();
        assertThat(fixture.dispatcher.pending()).isZero();
        assertThat(fixture.dispatcher.close(Duration.ZERO)).isTrue();
    }

    @Test
    void a_stage_that_fails_is_reported_unwrapped_and_the_conversation_goes_on() {
        registerPending();
        fixture.message(1, 0);
        fixture.message(1, 1);
        executor.runAll();
        IOException cause = new IOException("late");
        stages.get(0).completeExceptionally(new CompletionException(cause));
        executor.runAll();
        assertThat(seen).containsExactly(0, 1);
        assertThat(fixture.causes()).containsExactly(cause);
        assertThat(fixture.reports.get(0).event()).isEqualTo(SampleEvents.messageAdded(1, 0));
    }

    @Test
    void several_hooks_hold_the_conversation_until_the_last_has_ended() {
        registerPending();
        registerPending();
        List<String> order = new ArrayList<>();
        fixture.dispatcher.dispatch(SampleEvents.messageAdded(1, 0), () -> order.add("done"));
        executor.runAll();
        assertThat(stages).hasSize(2);
        stages.get(1).complete(null);
        executor.runAll();
        assertThat(order).isEmpty();
        stages.get(0).complete(null);
        executor.runAll();
        assertThat(order).containsExactly("done");
    }

    @Test
    void a_stage_that_is_complete_or_missing_holds_up_nothing() {
        fixture.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> {
            seen.add(event.message().index());
            return event.message().index() == 0 ? null : CompletableFuture.completedFuture("ended");
        });
        fixture.message(1, 0);
        fixture.message(1, 1);
        fixture.message(1, 2);
        executor.runNext();
        assertThat(seen).containsExactly(0, 1, 2);
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    @Test
    void a_hook_that_throws_instead_of_giving_a_stage_is_reported() {
        fixture.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> {
            throw new IOException("before the stage");
        });
        fixture.message(1, 0);
        executor.runAll();
        assertThat(fixture.causes()).singleElement().isInstanceOf(IOException.class);
        assertThat(fixture.dispatcher.pending()).isZero();
    }

    @Test
    void a_stage_need_not_be_convertible_to_a_completable_future() {
        CompletableFuture<Void> inner = new CompletableFuture<>();
        fixture.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> StageOfOthers.of(inner));
        fixture.message(1, 0);
        executor.runAll();
        assertThat(fixture.dispatcher.pending()).isEqualTo(1);
        inner.complete(null);
        executor.runAll();
        assertThat(fixture.dispatcher.pending()).isZero();
        assertThat(fixture.reports).isEmpty();
    }

    @Test
    void many_stages_that_complete_on_the_spot_do_not_nest() {
        DispatcherFixture spot = new DispatcherFixture(DispatcherFixture.SAME_THREAD);
        List<Integer> depths = new ArrayList<>();
        spot.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, event -> {
            depths.add(new Throwable().getStackTrace().length);
            if (event.message().index() < 5_000) {
                spot.message(1, event.message().index() + 1);
            }
            return CompletableFuture.completedFuture(null);
        });
        spot.message(1, 0);
        assertThat(depths).hasSize(5_001);
        assertThat(depths.stream().distinct().count()).isLessThanOrEqualTo(2);
    }

    @Test
    void close_waits_for_a_stage_and_names_one_that_does_not_end() {
        registerPending();
        fixture.message(1, 0);
        executor.runAll();
        assertThat(fixture.dispatcher.close(Duration.ofMillis(1))).isFalse();
        assertThat(fixture.reported())
                .containsExactly(
                        "the messageAdded hook registered in " + getClass().getName() + " is given up");
        assertThat(fixture.causes().get(0)).hasMessageContaining("the stage of an asynchronous hook");
    }

    @Test
    void of_several_asynchronous_hooks_only_those_that_do_not_end_are_named() {
        fixture.dispatcher.registerAsync(EventType.MESSAGE_ADDED, null, new Endless());
        registerPending();
        fixture.message(1, 0);
        executor.runAll();
        stages.get(0).complete(null);
        assertThat(fixture.dispatcher.close(Duration.ofMillis(1))).isFalse();
        assertThat(fixture.reported())
                .containsExactly("the messageAdded hook registered in " + Endless.class.getName() + " is given up");
    }

    /** Never completes. */
    private static final class Endless implements AsyncHook<MessageAdded> {
        @Override
        public CompletionStage<?> on(MessageAdded event) {
            return new CompletableFuture<>();
        }
    }

    @Test
    void a_stage_that_ends_in_time_lets_close_return() {
        registerPending();
        fixture.message(1, 0);
        executor.runAll();
        CountDownLatch closed = new CountDownLatch(1);
        Thread closer = new Thread(() -> {
            if (fixture.dispatcher.close(Duration.ofSeconds(Patience.SECONDS))) {
                closed.countDown();
            }
        });
        closer.start();
        Patience.untilBlocked(closer);
        stages.get(0).complete(null);
        Patience.await(closed);
        Patience.join(closer);
    }

    /** A stage as other libraries have them. */
    private static final class StageOfOthers {
        static CompletionStage<?> of(CompletableFuture<Void> inner) {
            return (CompletionStage<?>) java.lang.reflect.Proxy.newProxyInstance(
                    StageOfOthers.class.getClassLoader(),
                    new Class<?>[] {CompletionStage.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("toCompletableFuture")) {
                            throw new UnsupportedOperationException("not here");
                        }
                        return method.invoke(inner, arguments);
                    });
        }
    }
}
