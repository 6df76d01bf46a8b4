package io.github.conversations4j.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.tests.SampleEvents;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;

class SlowSendersTest {
    /** More than requests are read side by side on a JVM without virtual threads. */
    private static final int SENDERS = 80;

    private static ConversationsClient start() {
        ConversationsClient client =
                ConversationsClient.start(ClientOptions.backend(Credentials.builder(SampleEvents.sid("AC", 1))
                                .authToken("token")
                                .build())
                        .httpClient(new OkHttpClient.Builder()
                                .addInterceptor(SlowSendersTest::emptyPage)
                                .build())
                        .source(EventSources.webhook("http://127.0.0.1:0/twilio")
                                .bindAddress("127.0.0.1")
                                .readTimeout(Duration.ofHours(1)))
                        .build());
        client.ready().await();
        return client;
    }

    private static Response emptyPage(Interceptor.Chain chain) {
        String page = "{\"conversations\": [], \"meta\": {\"key\": \"conversations\"}}";
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(page, MediaType.get("application/json")))
                .build();
    }

    @Test
    void holdUpNoAnswerFromTwilio() throws Exception {
        List<WebhookSender> senders = new ArrayList<>();
        try (ConversationsClient client = start()) {
            int port = URI.create(client.webhooks().publicUrl()).getPort();
            for (int i = 0; i < SENDERS; i++) {
                WebhookSender sender = new WebhookSender(port);
                senders.add(sender);
                sender.send("POST");
                assertThat(client.findConversations().await().items()).isEmpty();
            }
        }
        for (WebhookSender sender : senders) {
            assertThat(sender.isClosedByPeer()).isTrue();
            sender.close();
        }
    }
}
