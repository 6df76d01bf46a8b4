package io.github.conversations4j.internal.rest;

import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.PageWalk;
import io.github.conversations4j.internal.api.Slice;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Counts a list by reading it: REST tells no number. Stateless. */
final class Counting {
    private static final int PAGE = 100;

    private Counting() {}

    static <T> CompletableFuture<Integer> count(Function<PageRequest, CompletableFuture<Slice<T>>> list) {
        AtomicInteger counted = new AtomicInteger();
        return PageWalk.find(list, PageRequest.first(PAGE), slice -> {
                    counted.addAndGet(slice.items().size());
                    return Optional.empty();
                })
                .thenApply(end -> counted.get())
                .toCompletableFuture();
    }
}
