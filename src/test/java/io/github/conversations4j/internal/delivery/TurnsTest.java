package io.github.conversations4j.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Only so many questions are open at once, and every one has its turn. */
class TurnsTest {
    private final Turns turns = new Turns(2);
    private final List<CompletableFuture<String>> asked = new ArrayList<>();

    private CompletionStage<String> ask() {
        return turns.take(this::question);
    }

    private CompletionStage<String> question() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    @Test
    void the_next_has_its_turn_when_one_was_answered_or_failed() {
        List<CompletionStage<String>> answers = List.of(ask(), ask(), ask(), ask());
        assertThat(asked).hasSize(2);
        asked.get(1).complete("second");
        assertThat(asked).hasSize(3);
        asked.get(0).completeExceptionally(new IllegalStateException("Twilio is in trouble"));
        assertThat(asked).hasSize(4);
        assertThat(answers.get(0).toCompletableFuture()).isCompletedExceptionally();
        assertThat(answers.get(1).toCompletableFuture()).isCompletedWithValue("second");
        assertThat(answers.get(2).toCompletableFuture()).isNotDone();
    }

    @Test
    void many_that_fail_at_once_end_all() {
        ask();
        ask();
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            answers.add(turns.take(() -> {
                throw new IllegalStateException("there is no connection");
            }));
        }
        asked.get(0).complete("first");
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.toCompletableFuture()).isCompletedExceptionally());
    }
}
