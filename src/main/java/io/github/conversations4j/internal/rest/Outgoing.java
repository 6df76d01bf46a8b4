package io.github.conversations4j.internal.rest;

import java.time.Duration;
import okhttp3.Request;

/**
 * A request that is ready for the wire.
 *
 * @param action what it does, the beginning of every message about it
 * @param request where to, with what; without credentials
 * @param limit how long the call may take with everything
 */
record Outgoing(String action, Request request, Duration limit) {
    /** Whether it changes nothing, so that sending it again is harmless. */
    boolean isRead() {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    String origin() {
        return Endpoints.origin(request.url());
    }
}
