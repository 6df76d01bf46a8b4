package io.github.conversations4j.internal.emulator.http;

import org.jspecify.annotations.Nullable;

/**
 * A part of what the emulator offers over HTTP. Called on the thread of the connection, by many at a time; it may wait.
 */
@FunctionalInterface
public interface Route {
    /**
     * Answers a request that is for this part.
     *
     * @param request the request
     * @return the answer, or null if the request is for somebody else
     */
    @Nullable
    Answer answer(Incoming request);
}
