package io.github.conversations4j.internal.poll;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls and waits for their answers, so that as many are under way as there are workers. Thread-safe.
 */
final class Calls {
    private final Health health;
    private final LongAdder made = new LongAdder();
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Calls(Health health) {
        this.health = health;
    }

    /**
     * Makes a call.
     *
     * @throws ConversationsException as the call failed
     * @throws StoppedException once this is closed
     */
    <T> T get(Supplier<CompletionStage<T>> call) {
        if (closed) {
            throw new StoppedException();
        }
        made.increment();
        CompletableFuture<T> answer = call.get().toCompletableFuture();
        underWay.add(answer);
        try {
            if (closed) {
                answer.cancel(true);
            }
            T value = answer.get();
            health.succeeded();
            return value;
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new StoppedException();
        } catch (CancellationException e) {
            throw new StoppedException();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            underWay.removeIf(one -> one == answer);
        }
    }

    private RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof ClientClosedException) {
            return new StoppedException();
        }
        if (cause instanceof NotFoundException gone) {
            // An answer like any other: whoever asked knows what it means.
            health.succeeded();
            return gone;
        }
        if (cause instanceof ConversationsException known) {
            health.failed(known);
            return known;
        }
        return new IllegalStateException("a call failed in an unknown way", cause);
    }

    /** Makes a call that may find nothing. */
    <T> @Nullable T find(Supplier<CompletionStage<T>> call) {
        try {
            return get(call);
        } catch (NotFoundException e) {
            return null;
        }
    }

    /**
     * Reads a list to its end.
     *
     * @param size of the pages
     * @param list reads a page
     * @param page takes each page's items
     * @return how many pages there were
     */
    <T> int readAll(int size, Function<PageRequest, CompletionStage<Slice<T>>> list, Consumer<? super Slice<T>> page) {
        PageRequest request = PageRequest.first(size);
        for (int pages = 1; ; pages++) {
            PageRequest asked = request;
            Slice<T> slice = get(() -> list.apply(asked));
            page.accept(slice);
            String next = slice.next();
            if (next == null) {
                return pages;
            }
            request = asked.after(next);
        }
    }

    long made() {
        return made.sum();
    }

    /** Gives up what is under way and makes no call any more. */
    void close() {
        closed = true;
        underWay.forEach(call -> call.cancel(true));
    }
}
