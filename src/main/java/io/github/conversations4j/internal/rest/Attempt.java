package io.github.conversations4j.internal.rest;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether one sending of a request has reached the wire. Thread-safe. Three states, left in one direction only:
 *
 * <ul>
 *   <li>new: in OkHttp's queue, or connecting; no byte of the request was written
 *   <li>sent: the request is being or was written, so Twilio may have seen it
 *   <li>abandoned: given up while new; it will never be written
 * </ul>
 */
final class Attempt {
    private enum State {
        NEW,
        SENT,
        ABANDONED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    private final @Nullable String authorization;
    /** Written by the thread that reads the answer's head, read by the same thread later. */
    private volatile @Nullable String retryAfter;

    /**
     * A new attempt.
     *
     * @param authorization what to sign in with; null for what the request itself says
     */
    Attempt(@Nullable String authorization) {
        this.authorization = authorization;
    }

    @Nullable
    String authorization() {
        return authorization;
    }

    /** Called just before the first byte is written; false means that it must not be. */
    boolean begin() {
        return state.compareAndSet(State.NEW, State.SENT);
    }

    /** Gives up; true if nothing was sent and nothing will be. */
    boolean abandon() {
        return state.compareAndSet(State.NEW, State.ABANDONED) || state.get() == State.ABANDONED;
    }

    boolean wasSent() {
        return state.get() == State.SENT;
    }

    @Nullable
    String retryAfter() {
        return retryAfter;
    }

    void retryAfter(@Nullable String value) {
        this.retryAfter = value;
    }
}
