package io.github.conversations4j.internal.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns();
    private final List<String> begun = new ArrayList<>();

    private CompletableFuture<String> take(String thing, String name, CompletableFuture<String> work) {
        return turns.take(thing, () -> {
                    begun.add(name);
                    return work;
                })
                .toCompletableFuture();
    }

    @Test
    void work_on_one_thing_takes_turns_in_the_order_asked_and_on_another_it_does_not_wait() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();

        take("a", "first", first);
        CompletableFuture<String> result = take("a", "second", second);
        take("a", "third", new CompletableFuture<>());
        take("b", "other", new CompletableFuture<>());

        assertThat(begun).containsExactly("first", "other");
        first.complete("done");
        assertThat(begun).containsExactly("first", "other", "second");
        assertThat(result).isNotDone();
        second.complete("done too");
        assertThat(result).isCompletedWithValue("done too");
        assertThat(begun).endsWith("third");
    }

    @Test
    void what_fails_or_throws_gives_the_turn_on() {
        CompletableFuture<String> failing = new CompletableFuture<>();
        CompletableFuture<String> failed = take("a", "failing", failing);
        CompletableFuture<Object> thrown = turns.take("a", () -> {
                    throw new IllegalStateException("did not start");
                })
                .toCompletableFuture();
        take("a", "last", new CompletableFuture<>());

        failing.completeExceptionally(new IllegalArgumentException("no"));

        assertThatThrownBy(failed::join).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(thrown::join).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(begun).containsExactly("failing", "last");
    }
}
