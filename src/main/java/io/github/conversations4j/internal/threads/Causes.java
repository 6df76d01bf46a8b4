package io.github.conversations4j.internal.threads;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What really went wrong inside what the futures of the JDK wrap around it. Stateless. */
public final class Causes {
    private Causes() {}

    /**
     * Takes off every {@link CompletionException} and {@link ExecutionException} that has a cause.
     *
     * @param failure as a stage or a future gave it
     * @return the failure itself
     */
    public static Throwable of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
