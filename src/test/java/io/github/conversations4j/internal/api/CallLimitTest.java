package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How many calls are under way at once. */
class CallLimitTest {
    private final CallLimit limit = new CallLimit(2);
    private final List<CompletableFuture<String>> begun = new ArrayList<>();

    private CompletionStage<String> call() {
        return limit.call(() -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            begun.add(answer);
            return answer;
        });
    }

    @Test
    void the_third_begins_when_one_of_the_first_two_has_ended_in_whatever_way() {
        call();
        call();
        CompletionStage<String> third = call();
        CompletionStage<String> fourth = call();
        assertThat(begun).hasSize(2);

        begun.get(1).completeExceptionally(new IllegalStateException("refused"));
        assertThat(begun).hasSize(3);
        begun.get(0).complete("first");
        assertThat(begun).hasSize(4);

        begun.get(2).complete("third");
        assertThat(third.toCompletableFuture()).isCompletedWithValue("third");
        assertThat(fourth.toCompletableFuture()).isNotDone();
    }

    @Test
    void a_call_that_cannot_be_made_fails_and_takes_no_room() {
        for (int i = 0; i < 5; i++) {
            assertThat(limit.<String>call(() -> {
                                throw new IllegalStateException("closed");
                            })
                            .toCompletableFuture())
                    .isCompletedExceptionally();
        }
        call();
        call();
        assertThat(begun).hasSize(2);
    }

    @Test
    void calls_that_end_at_once_pile_up_no_stack() {
        CompletableFuture<String> blocker = new CompletableFuture<>();
        limit.call(() -> blocker);
        limit.call(() -> blocker);
        List<CompletionStage<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int number = i;
            answers.add(limit.call(() -> CompletableFuture.completedFuture(number)));
        }
        blocker.complete("go");

        assertThat(answers.stream()
                        .filter(answer -> answer.toCompletableFuture().isDone()))
                .hasSize(100_000);
    }

    @Test
    void many_that_waited_and_cannot_be_made_all_fail() {
        call();
        call();
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            answers.add(limit.call(() -> {
                throw new IllegalStateException("there is no connection");
            }));
        }
        begun.get(0).complete("first");
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.toCompletableFuture()).isCompletedExceptionally());
    }
}
