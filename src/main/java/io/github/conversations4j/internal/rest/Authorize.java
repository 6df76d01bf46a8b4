package io.github.conversations4j.internal.rest;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Adds the credentials: the bearer token that was fetched for this attempt, or what the request itself says. It looks once
 * more where the request goes, since an interceptor of the caller's own client may have changed that. Immutable.
 */
final class Authorize implements Interceptor {
    private final Endpoints endpoints;

    Authorize(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!endpoints.trusts(request.url())) {
            throw new IOException("not sent: an interceptor turned the request to " + Endpoints.origin(request.url()));
        }
        com.twilio.http.@Nullable Request asked = request.tag(com.twilio.http.Request.class);
        if (asked == null || !asked.requiresAuthentication()) {
            return chain.proceed(request);
        }
        Attempt attempt = request.tag(Attempt.class);
        String bearer = attempt == null ? null : attempt.authorization();
        String authorization;
        try {
            authorization = bearer == null ? asked.getAuthString() : bearer;
        } catch (RuntimeException e) {
            throw new IOException("not sent: no credentials could be had: " + e.getMessage(), e);
        }
        return chain.proceed(
                request.newBuilder().header("Authorization", authorization).build());
    }
}
