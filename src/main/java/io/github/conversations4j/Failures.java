package io.github.conversations4j;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Finds what really went wrong inside what futures wrap around it. */
final class Failures {
    private Failures() {}

    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
