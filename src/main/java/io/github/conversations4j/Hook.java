package io.github.conversations4j;

/**
 * What an application does when an event arrives.
 *
 * @param <E> the event it is called with
 */
@FunctionalInterface
public interface Hook<E> {
    /**
     * Handles one event.
     *
     * @param event the event, never null
     * @throws Exception whatever went wrong; it is given to the client's error handler and stops no other hook
     */
    void on(E event) throws Exception;
}
