package io.github.conversations4j;

/**
 * The handle of one registered hook. Thread-safe and idempotent; may be used inside the hook itself.
 *
 * <p>After {@link #unsubscribe()} has returned no new call of the hook starts. A call that had begun on another thread
 * may still be running.
 */
public interface Subscription extends AutoCloseable {
    /** Stops the hook. Never blocks and never throws. */
    void unsubscribe();

    /**
     * Whether the hook may still be called.
     *
     * @return false once {@link #unsubscribe()} was called or the client was closed
     */
    boolean isActive();

    /** The same as {@link #unsubscribe()}, for try-with-resources. */
    @Override
    default void close() {
        unsubscribe();
    }
}
