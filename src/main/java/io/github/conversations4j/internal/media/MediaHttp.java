package io.github.conversations4j.internal.media;

import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the media service, with the settings of the caller's client and threads of our own. No limit for a whole
 * call, since a large file takes its time; but bytes must move. Thread-safe.
 */
final class MediaHttp implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration STANDSTILL = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), MediaHttp::thread);
    private final @Nullable ConnectionPool ownConnections;
    private final @Nullable OkHttpClient given;

    /** Made with the first call, since most clients move no files and TLS takes its time to set up. Guarded by this. */
    private @Nullable OkHttpClient client;

    MediaHttp(@Nullable OkHttpClient given) {
        this.ownConnections = given == null ? new ConnectionPool() : null;
        this.given = given;
    }

    private synchronized OkHttpClient client() {
        if (client == null) {
            client = made();
        }
        return client;
    }

    private OkHttpClient made() {
        OkHttpClient.Builder builder = given == null ? new OkHttpClient.Builder() : given.newBuilder();
        if (ownConnections != null) {
            builder.connectionPool(ownConnections);
        }
        return builder.dispatcher(new Dispatcher(threads))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .callTimeout(Duration.ZERO)
                .readTimeout(STANDSTILL)
                .writeTimeout(STANDSTILL)
                .build();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "conversations4j-media");
        thread.setDaemon(true);
        return thread;
    }

    Call newCall(Request request) {
        return client().newCall(request);
    }

    @Override
    public void close() {
        threads.shutdown();
        evict();
    }

    boolean awaitClosed(Duration limit) throws InterruptedException {
        boolean gone = threads.awaitTermination(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        evict();
        return gone;
    }

    private void evict() {
        if (ownConnections != null) {
            ownConnections.evictAll();
        }
    }
}
