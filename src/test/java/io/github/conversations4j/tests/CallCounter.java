package io.github.conversations4j.tests;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Counts the calls of a client, and how many were under way at once. */
public final class CallCounter implements Interceptor, AutoCloseable {
    private final OkHttpClient client =
            new OkHttpClient.Builder().addInterceptor(this).build();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /** An HTTP client whose calls are counted here. */
    public OkHttpClient client() {
        return client;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        count.incrementAndGet();
        mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            return chain.proceed(chain.request());
        } finally {
            underWay.decrementAndGet();
        }
    }

    public void reset() {
        count.set(0);
        mostAtOnce.set(0);
    }

    public int count() {
        return count.get();
    }

    public int underWay() {
        return underWay.get();
    }

    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
