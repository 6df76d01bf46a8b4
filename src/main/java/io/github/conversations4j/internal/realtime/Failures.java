package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.json.MalformedResourceException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What stages of the JDK wrap failures in. Stateless. */
final class Failures {
    private Failures() {}

    /** The failure itself. */
    static Throwable unwrap(@Nullable Throwable failure) {
        if (failure == null) {
            return new ConversationsException("it failed for no known reason");
        }
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** The failure as users shall see it. */
    static Throwable typed(String action, Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof MalformedResourceException
                ? new ConnectionFailedException(action + ": " + cause.getMessage(), cause)
                : cause;
    }
}
