package io.github.conversations4j.internal.hooks;

/**
 * An event that stands in the queue of its lane. Whoever queues under a lock starts when the lock is free, since an
 * executor may run hooks on the spot.
 */
public interface Queued {
    /** The lane runs already, or somebody else is about to start it. */
    Queued RUNNING = () -> true;

    /**
     * Has the lane run. To be called once, soon, by whoever queued.
     *
     * @return whether it does; if not, the executor takes no work, and the event is not in the queue any more
     */
    boolean start();
}
