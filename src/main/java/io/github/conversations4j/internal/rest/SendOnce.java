package io.github.conversations4j.internal.rest;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The last thing before the wire: lets each {@link Attempt} pass once, whoever tries to send it again (OkHttp after a 503
 * with {@code Retry-After: 0}, an interceptor of the caller's own client). Stateless.
 *
 * <p>It also takes {@code Retry-After} out of the answer's head and keeps it in the attempt. OkHttp acts on that header by
 * itself, also for requests without a body such as DELETE, and dies of a number that does not fit an int.
 */
final class SendOnce implements Interceptor {
    private static final String RETRY_AFTER = "Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        @Nullable Attempt attempt = request.tag(Attempt.class);
        if (attempt == null || !attempt.begin()) {
            throw new IOException("not sent: the call was given up, or an interceptor tried to send it twice");
        }
        Response response = chain.proceed(request);
        attempt.retryAfter(response.header(RETRY_AFTER));
        return response.newBuilder().removeHeader(RETRY_AFTER).build();
    }
}
