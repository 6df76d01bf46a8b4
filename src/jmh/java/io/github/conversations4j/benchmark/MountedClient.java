package io.github.conversations4j.benchmark;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.ErrorReport;
import io.github.conversations4j.Webhooks;
import io.github.conversations4j.source.EventSources;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A backend with one hook that hands its client the requests of a server of its own. Hooks run on the thread that brings the
 * request; all else is as a client has it unless told otherwise, sweep included. Each round of messages gets a new client,
 * which has seen none of them: its start and end are part of what is measured, divided by 65 536.
 */
@State(Scope.Thread)
public class MountedClient {
    private final SignedMessages messages = new SignedMessages();
    private final Queue<ErrorReport> failures = new ConcurrentLinkedQueue<>();
    private final OkHttpClient twilio =
            new OkHttpClient.Builder().addInterceptor(MountedClient::answer).build();
    private long handled;
    private long called;
    private Blackhole blackhole;
    private ConversationsClient client;
    private Webhooks webhooks;

    /** A Twilio without conversations that accepts everybody, and sends what the hook needs. */
    private static Response answer(Interceptor.Chain chain) {
        String key =
                chain.request().url().pathSegments().get(chain.request().url().pathSize() - 1);
        String body = key.equals("Webhooks")
                ? "{\"post_webhook_url\": \"" + WebhookPayload.URL + "\", \"filters\": [\"onMessageAdded\"]}"
                : "{\"%1$s\": [], \"meta\": {\"key\": \"%1$s\"}}".formatted(key.toLowerCase(Locale.ROOT));
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(body, MediaType.get("application/json")))
                .build();
    }

    @Setup
    public void start(Blackhole consumer) {
        blackhole = consumer;
        begin();
    }

    private void begin() {
        messages.rewind();
        client = ConversationsClient.start(
                ClientOptions.backend(Credentials.builder(WebhookPayload.ACCOUNT_SID)
                                .authToken(WebhookPayload.AUTH_TOKEN)
                                .serviceSid(WebhookPayload.CHAT_SERVICE_SID)
                                .build())
                        .source(EventSources.webhook(WebhookPayload.URL).mountedElsewhere())
                        .httpClient(twilio)
                        .hookExecutor(Runnable::run)
                        .errorHandler(failures::add)
                        .build(),
                started -> {
                    started.onMessageAdded(event -> {
                        called++;
                        blackhole.consume(event);
                    });
                    started.onConnectionError(
                            event -> failures.add(new ErrorReport("asking Twilio", event, event.cause())));
                });
        client.ready().await();
        webhooks = client.webhooks();
    }

    int handle() {
        handled++;
        if (messages.isThrough()) {
            client.close();
            begin();
        }
        return webhooks.handle(messages.advance().request()).status();
    }

    /** Whoever drops events is fast, too, and so is whoever fails. */
    @TearDown
    public void check() {
        client.close();
        if (called != handled || !failures.isEmpty()) {
            throw new IllegalStateException("the hook was called for " + called + " of " + handled + "; " + failures);
        }
    }
}
