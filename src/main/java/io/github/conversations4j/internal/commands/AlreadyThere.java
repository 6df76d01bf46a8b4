package io.github.conversations4j.internal.commands;

import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.internal.threads.Causes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the creation of something that exists already give what exists. Immutable.
 *
 * @param codes the Twilio error codes that say so
 */
public record AlreadyThere(Set<Integer> codes) {
    /** Somebody takes part already; 50404 is the older twin of 50433. */
    public static final AlreadyThere PARTICIPANT = new AlreadyThere(Set.of(50433, 50404));

    /** An address is in use with the same proxy address, here or elsewhere. */
    public static final AlreadyThere ADDRESS = new AlreadyThere(Set.of(50416));

    /** A conversation has the unique name already; 50307 is the older twin of 50353. */
    public static final AlreadyThere UNIQUE_NAME = new AlreadyThere(Set.of(50353, 50307));

    /** A user has the identity already. */
    public static final AlreadyThere USER = new AlreadyThere(Set.of(50201));

    /**
     * Gives what was created, or what was there.
     *
     * @param creation the creation
     * @param reading reads what is there
     * @param <T> what was created
     * @return one of both
     */
    public <T> CompletionStage<T> or(CompletionStage<T> creation, Supplier<? extends CompletionStage<T>> reading) {
        return or(creation, failure -> reading.get());
    }

    /**
     * Gives what was created, or what was there; fails as the creation did if there is nothing.
     *
     * @param creation the creation
     * @param search looks for what is there
     * @param <T> what was created
     * @return one of both
     */
    public <T> CompletionStage<T> orIfFound(
            CompletionStage<T> creation, Supplier<? extends CompletionStage<Optional<T>>> search) {
        return or(
                creation,
                failure -> search.get()
                        .thenCompose(found -> found.<CompletionStage<T>>map(CompletableFuture::completedFuture)
                                .orElseGet(() -> CompletableFuture.failedFuture(failure))));
    }

    private <T> CompletionStage<T> or(CompletionStage<T> creation, Function<Throwable, CompletionStage<T>> otherwise) {
        return creation.<CompletionStage<T>>handle((created, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(created);
                    }
                    return is(failure) ? otherwise.apply(failure) : CompletableFuture.failedFuture(failure);
                })
                .thenCompose(Function.identity());
    }

    private boolean is(Throwable failure) {
        Throwable cause = Causes.of(failure);
        return cause instanceof ConflictException conflict
                && conflict.code().isPresent()
                && codes.contains(conflict.code().getAsInt());
    }
}
