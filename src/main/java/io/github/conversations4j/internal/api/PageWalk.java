package io.github.conversations4j.internal.api;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Goes from page to page of a list until something is found, or the list ends. A link that comes again ends it, as links
 * may lead in a circle. For one walk; touched by one page's completion at a time.
 *
 * @param <T> the items of the list
 */
public final class PageWalk<T> {
    private final Function<PageRequest, ? extends CompletionStage<Slice<T>>> list;
    private final Set<String> followed = new HashSet<>();

    private PageWalk(Function<PageRequest, ? extends CompletionStage<Slice<T>>> list) {
        this.list = list;
    }

    /**
     * Walks.
     *
     * @param list reads a page
     * @param first the first page
     * @param look looks at a page; what it finds ends the walk
     * @param <T> the items of the list
     * @param <R> what may be found
     * @return what was found; empty at the end of the list
     */
    public static <T, R> CompletionStage<Optional<R>> find(
            Function<PageRequest, ? extends CompletionStage<Slice<T>>> list,
            PageRequest first,
            Function<Slice<T>, Optional<R>> look) {
        return new PageWalk<>(list).from(first, look);
    }

    private <R> CompletionStage<Optional<R>> from(PageRequest page, Function<Slice<T>, Optional<R>> look) {
        return list.apply(page).thenCompose(slice -> {
            Optional<R> found = look.apply(slice);
            String next = slice.next();
            return found.isPresent() || next == null || !followed.add(next)
                    ? CompletableFuture.completedFuture(found)
                    : from(page.after(next), look);
        });
    }
}
