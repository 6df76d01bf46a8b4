package io.github.conversations4j.internal.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, with what is needed to ask for the next. Immutable.
 *
 * @param items the items, in the order of the list
 * @param next names the next page to the method that gave this one; null at the end
 * @param <T> the items
 */
public record Slice<T>(List<T> items, @Nullable String next) {
    /** Copies the items. */
    public Slice {
        items = List.copyOf(items);
    }

    /**
     * The same page with other items.
     *
     * @param change applied to each item
     * @param <R> the new items
     * @return the new page
     */
    public <R> Slice<R> map(Function<? super T, ? extends R> change) {
        return new Slice<>(items.stream().<R>map(change).toList(), next);
    }
}
