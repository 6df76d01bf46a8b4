package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.api.Slice;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages of lists that servers give, well-behaved and not. */
class PageTest {
    private final ClientRuntime runtime =
            new ClientRuntime(ClientOptions.participant(() -> "unused").build());
    private final AtomicInteger reads = new AtomicInteger();

    @AfterEach
    void close() {
        runtime.close(ConversationsClient.CLOSE_LIMIT);
    }

    private Page<String> page(Slice<String> slice, Function<String, CompletionStage<Slice<String>>> list) {
        return new Page<>(slice, token -> {
            reads.incrementAndGet();
            return runtime.deferred("list", list.apply(token).thenApply(next -> page(next, list)));
        });
    }

    private static CompletionStage<Slice<String>> slice(@Nullable String next, String... items) {
        return CompletableFuture.completedFuture(new Slice<>(List.of(items), next));
    }

    private Page<String> first(Function<String, CompletionStage<Slice<String>>> list) {
        return page(new Slice<>(List.of("a"), "2"), list);
    }

    @Test
    void an_empty_page_in_the_middle_does_not_end_the_list() {
        Page<String> first = first(token -> token.equals("2") ? slice("3") : slice(null, "b", "c"));

        assertThat(first.stream()).containsExactly("a", "b", "c");
    }

    @Test
    void pages_are_read_when_they_are_needed_and_again_by_each_stream() {
        Page<String> first = first(token -> slice(null, "b"));

        assertThat(first.stream().limit(1)).containsExactly("a");
        assertThat(reads).hasValue(0);
        assertThat(first.stream()).containsExactly("a", "b");
        assertThat(first.stream()).containsExactly("a", "b");
        assertThat(reads).hasValue(2);
    }

    @Test
    void a_list_whose_pages_lead_in_a_circle_ends() {
        Page<String> first = first(token -> token.equals("2") ? slice("3", "b") : slice("2", "c"));

        assertThat(first.stream()).containsExactly("a", "b", "c");
    }

    @Test
    void a_list_without_end_fails_after_a_bound() {
        Page<String> first = first(token -> slice(String.valueOf(Integer.parseInt(token) + 1)));

        assertThatExceptionOfType(ConversationsException.class)
                .isThrownBy(() -> first.stream().toList())
                .withMessageContaining(String.valueOf(Page.MOST_PAGES));
        assertThat(reads.get()).isLessThan(Page.MOST_PAGES);
    }

    @Test
    void there_is_nothing_behind_the_last_page() {
        Page<String> last = page(new Slice<>(List.of("a"), null), token -> slice(null));

        assertThat(last.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(last::next);
    }
}
