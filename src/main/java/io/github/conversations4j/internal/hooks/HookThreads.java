package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.Surroundings;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Where hooks run, and what waits while there is no thread for them. Immutable.
 *
 * @param executor runs hooks; may refuse work
 * @param surroundings waits until the executor is asked again
 */
public record HookThreads(Executor executor, Surroundings surroundings) {
    /** The pauses before an executor that refused is asked again, and before a hook that failed is called again. */
    static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), 0.2);
}
