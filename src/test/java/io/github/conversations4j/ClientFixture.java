package io.github.conversations4j;

import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Options for clients of tests whose credentials are always accepted, and what was reported to their error handler. */
final class ClientFixture {
    static final Duration LONG = Duration.ofSeconds(Patience.SECONDS);

    private static final String EMPTY_PAGE = "{\"conversations\": [], \"meta\": {\"key\": \"conversations\"}}";

    final ManualTime time = new ManualTime();
    final List<ErrorReport> reports = new CopyOnWriteArrayList<>();

    ClientOptions.Builder options() {
        return ClientOptions.backend(Credentials.builder(SampleEvents.sid("AC", 1))
                        .authToken("0123456789abcdef0123456789abcdef")
                        .build())
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(ClientFixture::accept)
                        .build())
                .clock(time)
                .scheduler(time)
                .errorHandler(reports::add);
    }

    private static Response accept(Interceptor.Chain chain) {
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(EMPTY_PAGE, MediaType.get("application/json")))
                .build();
    }

    ClientOptions.Builder options(EventSource source) {
        return options().source(source);
    }

    /** Options with which hooks run on the thread that fires, at once. */
    ClientOptions.Builder onTheSpot(EventSource source) {
        return options(source).hookExecutor(Runnable::run);
    }

    /** Starts a client and waits until it is initialized, hooks that run on the spot included. */
    static ConversationsClient ready(ClientOptions.Builder options, Consumer<ConversationsClient> wiring) {
        ConversationsClient client = ConversationsClient.start(options.build(), wiring);
        client.ready().await(LONG);
        return client;
    }

    List<String> reported() {
        return reports.stream().map(ErrorReport::what).toList();
    }
}
