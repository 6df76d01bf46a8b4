package io.github.conversations4j.internal.rest;

import java.time.Duration;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request that is ready for the wire.
 *
 * @param action what it does, the beginning of every message about it
 * @param request where to, with what; without credentials
 * @param limit how long the call may take with everything
 * @param isRead whether it changes nothing, so that sending it again is harmless
 * @param repeatedAfter429 whether it is sent again after it was refused for its rate
 */
record Outgoing(String action, Request request, Duration limit, boolean isRead, boolean repeatedAfter429) {
    Outgoing(String action, Request request, Duration limit, boolean repeatedAfter429) {
        this(
                action,
                request,
                limit,
                request.method().equals("GET") || request.method().equals("HEAD"),
                repeatedAfter429);
    }

    /** The rate that it counts for; null if none. */
    @Nullable
    WriteKey writeKey() {
        return isRead ? null : WriteKey.of(request.method(), request.url());
    }

    /** Whether it goes out with the credentials of the client. */
    boolean needsCredentials() {
        com.twilio.http.@Nullable Request asked = request.tag(com.twilio.http.Request.class);
        return asked != null && asked.requiresAuthentication();
    }

    String origin() {
        return Endpoints.origin(request.url());
    }
}
