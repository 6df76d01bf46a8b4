package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.threads.Causes;
import org.jspecify.annotations.Nullable;

/** What went wrong in a stage, as it is told. Stateless. */
final class Failures {
    private Failures() {}

    /** The failure itself; something that says so if none was given. */
    static Throwable unwrap(@Nullable Throwable failure) {
        if (failure == null) {
            return new ConversationsException("it failed for no known reason");
        }
        return Causes.of(failure);
    }

    /** The failure as users shall see it. */
    static Throwable typed(String action, Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof MalformedResourceException
                ? new ConnectionFailedException(action + ": " + cause.getMessage(), cause)
                : cause;
    }
}
