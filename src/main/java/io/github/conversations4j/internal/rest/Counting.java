package io.github.conversations4j.internal.rest;

import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Counts a list by reading it: REST tells no number. Stateless. */
final class Counting {
    private static final int PAGE = 100;

    private Counting() {}

    static <T> CompletableFuture<Integer> count(Function<PageRequest, CompletableFuture<Slice<T>>> list) {
        return count(list, PageRequest.first(PAGE), 0);
    }

    private static <T> CompletableFuture<Integer> count(
            Function<PageRequest, CompletableFuture<Slice<T>>> list, PageRequest page, int before) {
        return list.apply(page).thenCompose(slice -> {
            int counted = before + slice.items().size();
            String next = slice.next();
            return next == null ? CompletableFuture.completedFuture(counted) : count(list, page.after(next), counted);
        });
    }
}
