package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.CallInterruptedException;
import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Waiting plainly, and where what depends on an answer runs. Unseen failures and small pools have classes of their own. */
class DeferredTest {
    private final ClientFixture fixture = new ClientFixture();
    private final HandDriven hooks = new HandDriven();
    private final ClientRuntime runtime =
            new ClientRuntime(fixture.options().hookExecutor(hooks).build());
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final Deferred<String> deferred = runtime.deferred("look for something", answer);

    @AfterEach
    void close() {
        hooks.runAll();
        assertThat(runtime.close(LONG)).isTrue();
    }

    @Nested
    class Waiting {
        @Test
        void await_get_and_join_give_the_answer_although_no_hook_thread_is_free() throws Exception {
            answer.complete("found");
            assertThat(deferred.await()).isEqualTo("found");
            assertThat(deferred.await(Duration.ZERO)).isEqualTo("found");
            assertThat(deferred.get()).isEqualTo("found");
            assertThat(deferred.get(1, TimeUnit.DAYS)).isEqualTo("found");
            assertThat(deferred.join()).isEqualTo("found");
            assertThat(deferred.getNow("absent")).isEqualTo("found");
            assertThat(deferred.isDone()).isTrue();
            assertThat(deferred.isCompletedExceptionally()).isFalse();
            assertThat(hooks.waiting()).as("handing over").isEqualTo(1);
        }

        @Test
        void await_throws_what_went_wrong_itself_and_get_and_join_wrap_it_once() {
            ClientClosedException cause = new ClientClosedException("ask");
            answer.completeExceptionally(new CompletionException(new ExecutionException(cause)));
            assertThatThrownBy(deferred::await).isSameAs(cause);
            assertThatThrownBy(deferred::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(cause);
            assertThatThrownBy(() -> deferred.get(1, TimeUnit.DAYS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(cause);
            assertThatThrownBy(deferred::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCause(cause);
            assertThat(deferred.isCompletedExceptionally()).isTrue();
        }

        @Test
        void await_wraps_checked_exceptions_only_and_lets_errors_pass() {
            IOException checked = new IOException("no route");
            answer.completeExceptionally(checked);
            assertThatThrownBy(deferred::await)
                    .isExactlyInstanceOf(ConversationsException.class)
                    .hasMessage("look for something failed: no route")
                    .hasCause(checked);
            AssertionError error = new AssertionError("bug");
            Deferred<String> other = runtime.deferred("other", CompletableFuture.failedFuture(error));
            assertThatThrownBy(other::await).isSameAs(error);
        }

        @Test
        void await_ends_at_the_limit_and_says_that_the_outcome_is_unknown() {
            assertThatThrownBy(() -> deferred.await(Duration.ofMillis(1)))
                    .isInstanceOf(CallTimeoutException.class)
                    .hasMessage("look for something: no answer within PT0.001S; the outcome is unknown. Look again, or"
                            + " raise ClientOptions.timeLimit");
            assertThatThrownBy(() -> deferred.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> deferred.await(Duration.ofSeconds(-5))).isInstanceOf(CallTimeoutException.class);
            answer.complete("late");
            assertThat(deferred.await()).isEqualTo("late");
        }

        @Test
        void the_limit_of_the_client_holds_where_none_is_given() {
            ClientRuntime hasty = new ClientRuntime(fixture.options()
                    .hookExecutor(Runnable::run)
                    .timeLimit(Duration.ofMillis(1))
                    .build());
            Deferred<String> unanswered = hasty.deferred("ask", new CompletableFuture<>());
            assertThatThrownBy(unanswered::await).hasMessageContaining("within PT0.001S");
            assertThatThrownBy(() -> unanswered
                            .thenApply(String::length)
                            .toCompletableFuture()
                            .get(1, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            hasty.close(LONG);
        }

        @Test
        void limits_too_long_to_count_are_taken() throws Exception {
            answer.complete("found");
            assertThat(deferred.await(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo("found");
            assertThat(deferred.get(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo("found");
        }

        @Test
        void an_interrupt_ends_it_and_stays_set() {
            Thread.currentThread().interrupt();
            assertThatThrownBy(deferred::await)
                    .isInstanceOf(CallInterruptedException.class)
                    .hasMessageContaining("interrupted while waiting");
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void an_interrupt_ends_waiting_for_what_depends_on_it_too() {
            Thread.currentThread().interrupt();
            Deferred<Integer> length = (Deferred<Integer>) deferred.thenApply(String::length);
            assertThatThrownBy(length::await).isInstanceOf(CallInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            Thread.currentThread().interrupt();
            answer.complete("four");
            assertThat(length.join()).as("join does not care").isEqualTo(4);
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void null_is_an_answer() {
            answer.complete(null);
            assertThat(deferred.await()).isNull();
        }
    }

    @Nested
    class Depending {
        private final AtomicReference<Thread> ranOn = new AtomicReference<>();

        @Test
        void stages_run_on_the_hook_executor_and_never_on_the_thread_that_answers() {
            CompletableFuture<Integer> length = deferred.thenApply(text -> {
                ranOn.set(Thread.currentThread());
                return text.length();
            });
            Thread reading = new Thread(() -> answer.complete("found"));
            reading.start();
            Patience.join(reading);
            assertThat(ranOn).hasValue(null);
            assertThat(length.isDone()).isFalse();
            assertThat(deferred.isDone()).as("the answer itself is there").isTrue();
            hooks.runAll();
            assertThat(ranOn).hasValue(Thread.currentThread());
            assertThat(length.join()).isEqualTo(5);
        }

        @Test
        void stages_of_stages_stay_away_from_that_thread_too() {
            Deferred<String> second = runtime.deferred("second", new CompletableFuture<>());
            CompletableFuture<String> chain = deferred.thenCompose(text -> second)
                    .thenApply(text -> {
                        ranOn.set(Thread.currentThread());
                        return text + "!";
                    });
            Thread reading = new Thread(() -> {
                answer.complete("one");
                second.complete("two");
            });
            reading.start();
            Patience.join(reading);
            assertThat(ranOn).hasValue(null);
            hooks.runAll();
            assertThat(chain.join()).isEqualTo("two!");
            assertThat(ranOn).hasValue(Thread.currentThread());
        }

        @Test
        void stages_can_be_waited_for_like_answers() {
            Deferred<Integer> length = (Deferred<Integer>) deferred.thenApply(String::length);
            answer.complete("found");
            hooks.runAll();
            assertThat(length.await()).isEqualTo(5);
            IllegalStateException cause = new IllegalStateException("stage");
            Deferred<Object> failing = (Deferred<Object>) deferred.<Object>thenApply(text -> {
                throw cause;
            });
            assertThatThrownBy(failing::await).isSameAs(cause);
        }

        @Test
        void asynchronous_stages_use_the_hook_executor() {
            answer.complete("found");
            hooks.runAll();
            CompletableFuture<Void> ran = deferred.thenRunAsync(() -> {});
            assertThat(ran.isDone()).isFalse();
            assertThat(hooks.waiting()).isEqualTo(1);
        }

        @Test
        void after_the_client_is_closed_answers_still_arrive() {
            ClientRuntime other = new ClientRuntime(fixture.options().build());
            CompletableFuture<String> late = new CompletableFuture<>();
            Deferred<String> waiting = other.deferred("ask", late);
            List<String> seen = new CopyOnWriteArrayList<>();
            waiting.thenAccept(seen::add);
            assertThat(other.close(LONG)).isTrue();
            late.complete("late");
            assertThat(waiting.await()).isEqualTo("late");
            assertThat(seen).containsExactly("late");
        }
    }

    @Nested
    class ByHand {
        private void endsWaiting(Runnable byHand, Class<? extends Throwable> expected) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<String> given = new AtomicReference<>();
            Thread waiting = new Thread(() -> {
                try {
                    given.set(deferred.await(LONG));
                } catch (RuntimeException e) {
                    thrown.set(e);
                }
            });
            waiting.start();
            Patience.untilBlocked(waiting);
            byHand.run();
            Patience.join(waiting);
            if (expected == null) {
                assertThat(given).hasValue("by hand");
            } else {
                assertThat(thrown.get()).isInstanceOf(expected);
            }
            assertThat(deferred.isDone()).isTrue();
        }

        @Test
        void completing_it_ends_the_waiting_and_the_answer_changes_nothing() {
            endsWaiting(() -> assertThat(deferred.complete("by hand")).isTrue(), null);
            answer.complete("answer");
            hooks.runAll();
            assertThat(deferred.await()).isEqualTo("by hand");
            assertThat(deferred.complete("again")).isFalse();
        }

        @Test
        void failing_it_ends_the_waiting() {
            endsWaiting(
                    () -> assertThat(deferred.completeExceptionally(new IllegalStateException("by hand")))
                            .isTrue(),
                    IllegalStateException.class);
        }

        @Test
        void cancelling_it_ends_the_waiting() {
            endsWaiting(() -> assertThat(deferred.cancel(true)).isTrue(), CancellationException.class);
            assertThat(deferred.isCancelled()).isTrue();
            assertThat(deferred.cancel(true)).as("again").isTrue();
            assertThat(answer.isDone()).as("what was sent is not taken back").isFalse();
        }

        @Test
        void it_comes_too_late_once_the_answer_is_there_even_if_nobody_has_been_told() {
            answer.complete("answer");
            assertThat(deferred.complete("by hand")).isFalse();
            assertThat(deferred.completeExceptionally(new IllegalStateException()))
                    .isFalse();
            assertThat(deferred.cancel(true)).isFalse();
            assertThat(deferred.isCancelled()).isFalse();
            assertThat(deferred.join()).isEqualTo("answer");
        }

        @Test
        void stages_can_be_completed_by_hand_too() {
            Deferred<Integer> length = (Deferred<Integer>) deferred.thenApply(String::length);
            assertThat(length.complete(42)).isTrue();
            assertThat(length.await()).isEqualTo(42);
            assertThat(length.isDone()).isTrue();
            answer.complete("found");
            hooks.runAll();
            assertThat(length.join()).isEqualTo(42);
        }
    }
}
