package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PageWalkTest {
    private final List<String> asked = new ArrayList<>();

    /** Pages that hold their own name, by the link that leads on. */
    private Optional<String> find(String wanted, Map<String, String> links) {
        return PageWalk.find(
                        page -> read(page, links),
                        PageRequest.first(7),
                        slice -> slice.items().stream().filter(wanted::equals).findFirst())
                .toCompletableFuture()
                .join();
    }

    private CompletionStage<Slice<String>> read(PageRequest page, Map<String, String> links) {
        assertThat(page.size()).isEqualTo(7);
        String name = page.next() == null ? "first" : page.next();
        asked.add(name);
        return CompletableFuture.completedFuture(new Slice<>(List.of(name), links.get(name)));
    }

    @Test
    void ends_with_what_is_found() {
        assertThat(find("b", Map.of("first", "a", "a", "b", "b", "c"))).hasValue("b");
        assertThat(asked).containsExactly("first", "a", "b");
    }

    @Test
    void ends_with_the_list() {
        assertThat(find("x", Map.of("first", "a", "a", "b"))).isEmpty();
        assertThat(asked).containsExactly("first", "a", "b");
    }

    @Test
    void ends_where_it_was_before() {
        assertThat(find("x", Map.of("first", "a", "a", "b", "b", "a"))).isEmpty();
        assertThat(asked).containsExactly("first", "a", "b");
    }
}
