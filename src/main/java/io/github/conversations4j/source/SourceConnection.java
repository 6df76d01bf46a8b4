package io.github.conversations4j.source;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A source that runs. Thread-safe. */
public interface SourceConnection {
    /**
     * Completes when the source is initialised as its documentation defines it, or fails when it never will be.
     * A source that goes on trying leaves the stage open and offers {@code ConnectionError} events.
     *
     * @return the same stage each time
     */
    CompletionStage<Void> ready();

    /**
     * Stops offering events and lets go of every thread and socket. Does not block; idempotent.
     *
     * @param limit how long the source may take to end politely
     * @return completes when nothing of the source is left
     */
    CompletionStage<Void> close(Duration limit);
}
