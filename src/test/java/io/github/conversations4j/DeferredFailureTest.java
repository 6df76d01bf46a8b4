package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure that nobody looks at is reported, once; one that somebody looks at is not. */
// What is looked at here is the looking itself, not what it gives.
@SuppressWarnings("CheckReturnValue")
class DeferredFailureTest {
    private static final String REPORT = "send a message failed and nobody looked at it";
    private static final Duration LATER = Duration.ofSeconds(10);

    private final ClientFixture fixture = new ClientFixture();
    private final ClientRuntime runtime =
            new ClientRuntime(fixture.options().hookExecutor(Runnable::run).build());
    private final IllegalStateException cause = new IllegalStateException("refused");

    @AfterEach
    void close() {
        assertThat(runtime.close(LONG)).isTrue();
    }

    private static Named<Consumer<Deferred<String>>> use(String name, Consumer<Deferred<String>> use) {
        return Named.of(name, use);
    }

    static Stream<Named<Consumer<Deferred<String>>>> looking() {
        return Stream.of(
                use("await", deferred -> catchThrowable(deferred::await)),
                use("get", deferred -> catchThrowable(deferred::get)),
                use("join", deferred -> catchThrowable(deferred::join)),
                use("getNow", deferred -> catchThrowable(() -> deferred.getNow("absent"))),
                use("isCompletedExceptionally", CompletableFuture::isCompletedExceptionally),
                use("whenComplete", deferred -> deferred.whenComplete((value, failure) -> {})),
                use("whenCompleteAsync", deferred -> deferred.whenCompleteAsync((value, failure) -> {})),
                use("handle", deferred -> deferred.handle((value, failure) -> "fine")),
                use(
                        "handle that throws",
                        deferred -> ((Deferred<?>) deferred.handle((value, failure) -> {
                                    throw new IllegalArgumentException("another", failure);
                                }))
                                .isCompletedExceptionally()),
                use("exceptionally", deferred -> deferred.exceptionally(failure -> "fine")),
                use("a stage that is waited for", deferred -> {
                    CompletableFuture<Integer> length = deferred.thenApply(String::length);
                    catchThrowable(length::join);
                }),
                use("one stage passes it on, another takes it", deferred -> {
                    deferred.thenAccept(value -> {});
                    deferred.exceptionally(failure -> "fine");
                }),
                use(
                        "a chain whose end takes it",
                        deferred -> deferred.thenApply(String::length)
                                .thenCompose(CompletableFuture::completedFuture)
                                .handle((value, failure) -> 0)));
    }

    static Stream<Named<Consumer<Deferred<String>>>> notLooking() {
        return Stream.of(
                use("nothing", deferred -> {}),
                use("isDone", CompletableFuture::isDone),
                use("thenAccept", deferred -> deferred.thenAccept(value -> {})),
                use(
                        "a chain",
                        deferred -> deferred.thenApply(String::length)
                                .thenCompose(CompletableFuture::completedFuture)
                                .thenRun(() -> {})),
                use("several stages", deferred -> {
                    deferred.thenAccept(value -> {});
                    deferred.thenRun(() -> {});
                    deferred.thenApplyAsync(String::length);
                }));
    }

    @ParameterizedTest
    @MethodSource("looking")
    void a_failure_that_is_looked_at_is_not_reported(Consumer<Deferred<String>> use) {
        use.accept(runtime.deferred("send a message", CompletableFuture.failedFuture(cause)));
        fixture.time.advance(LATER);
        assertThat(fixture.reports).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("looking")
    void one_that_comes_after_the_look_is_not_reported_either(Consumer<Deferred<String>> use) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Deferred<String> deferred = runtime.deferred("send a message", answer);
        Thread waiting = new Thread(() -> use.accept(deferred));
        waiting.start();
        Patience.until(() -> waiting.getState() == Thread.State.WAITING
                || waiting.getState() == Thread.State.TIMED_WAITING
                || waiting.getState() == Thread.State.TERMINATED);
        answer.completeExceptionally(cause);
        Patience.join(waiting);
        fixture.time.advance(LATER);
        assertThat(fixture.reports).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("notLooking")
    void a_failure_that_nobody_looks_at_is_reported_once(Consumer<Deferred<String>> use) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        use.accept(runtime.deferred("send a message", answer));
        answer.completeExceptionally(cause);
        assertThat(fixture.reports).as("whoever is about to look gets a moment").isEmpty();
        fixture.time.advance(LATER);
        assertThat(fixture.reported()).containsExactly(REPORT);
        assertThat(fixture.reports.get(0).cause()).isSameAs(cause);
    }

    @Test
    void what_a_stage_throws_is_reported_if_nobody_looks_at_that() {
        Deferred<String> deferred = runtime.deferred("send a message", CompletableFuture.completedFuture("sent"));
        deferred.thenAccept(value -> {
            throw cause;
        });
        fixture.time.advance(LATER);
        assertThat(fixture.reported()).containsExactly(REPORT);
        assertThat(fixture.reports.get(0).cause()).isSameAs(cause);
    }

    @Test
    void looking_within_a_moment_is_early_enough() {
        Deferred<String> deferred = runtime.deferred("send a message", CompletableFuture.failedFuture(cause));
        fixture.time.advance(Duration.ofMillis(900));
        catchThrowable(deferred::await);
        fixture.time.advance(LATER);
        assertThat(fixture.reports).isEmpty();
    }

    @Test
    void giving_up_by_hand_is_no_failure() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        runtime.deferred("send a message", answer).cancel(true);
        runtime.deferred("send a message", answer).completeExceptionally(cause);
        runtime.deferred("send a message", answer).thenApply(String::length).cancel(true);
        answer.complete("sent");
        fixture.time.advance(LATER);
        assertThat(fixture.reports).isEmpty();
    }

    @Test
    void one_failure_of_several_futures_is_reported_once() {
        CompletionStage<String> failed = CompletableFuture.failedFuture(cause);
        runtime.deferred("send a message", failed);
        runtime.deferred("send a message", failed);
        fixture.time.advance(LATER);
        assertThat(fixture.reported()).containsExactly(REPORT);
    }

    @Test
    void looking_at_what_combines_two_is_looking_at_both() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Deferred<String> second = runtime.deferred("send a message", answer);
        Deferred<String> first = runtime.deferred("send a message", CompletableFuture.completedFuture("sent"));
        CompletableFuture<String> both = first.thenCombine(second, String::concat);
        answer.completeExceptionally(cause);
        assertThat(both.isCompletedExceptionally()).isTrue();
        fixture.time.advance(LATER);
        assertThat(fixture.reports).isEmpty();
    }

    @Test
    void a_stage_that_takes_long_is_looked_at_when_it_has_ended() {
        Deferred<String> deferred = runtime.deferred("send a message", CompletableFuture.completedFuture("sent"));
        deferred.thenAccept(value -> {
            fixture.time.advance(LATER);
            throw cause;
        });
        assertThat(fixture.reports).isEmpty();
        fixture.time.advance(LATER);
        assertThat(fixture.reported()).containsExactly(REPORT);
    }
}
