package io.github.conversations4j.internal.emulator.state;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. Immutable.
 *
 * @param items what is on it
 * @param previous where the page before is; null on the first
 * @param next where the page after is; null on the last
 * @param <T> the things
 */
public record ShelfPage<T>(List<T> items, PageAt.@Nullable Cursor previous, PageAt.@Nullable Cursor next) {
    /** Copies the list. */
    public ShelfPage {
        items = List.copyOf(items);
    }

    <R> ShelfPage<R> map(Function<? super T, ? extends R> change) {
        return new ShelfPage<>(items.stream().<R>map(change).toList(), previous, next);
    }
}
