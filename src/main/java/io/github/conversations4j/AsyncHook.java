package io.github.conversations4j;

import java.util.concurrent.CompletionStage;

/**
 * What an application does when an event arrives, finished elsewhere: the event counts as handled when the stage
 * completes.
 *
 * @param <E> the event it is called with
 */
@FunctionalInterface
public interface AsyncHook<E> {
    /**
     * Begins to handle one event.
     *
     * @param event the event, never null
     * @return completes when the event is handled; an exceptional completion counts as a throw
     * @throws Exception whatever went wrong; it is given to the client's error handler and stops no other hook
     */
    CompletionStage<?> on(E event) throws Exception;
}
