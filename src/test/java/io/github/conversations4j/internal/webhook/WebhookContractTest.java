package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.EventSourceContractTest;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.SourceConnection;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.source.WebhookSource;
import io.github.conversations4j.testing.SignedWebhooks;
import java.net.URI;
import java.time.Instant;
import java.util.List;

class WebhookContractTest extends EventSourceContractTest {
    private volatile String url = "";
    private int said;

    @Override
    protected EventSource source() {
        return EventSources.webhook("http://127.0.0.1:0/twilio")
                .port(0)
                .bindAddress("127.0.0.1")
                .onListening(publicUrl -> url = publicUrl);
    }

    @Override
    protected SourceConnection connect(EventSource source, SourceContext context) {
        return WebhookConnection.open(
                (WebhookSource) source, new WebhookAccount("AC1", List.of("token"), null), Decisions.nobody(), context);
    }

    @Override
    protected void someoneSays(String text) throws Exception {
        int index = said++;
        Message message = Message.builder("IM" + index, "CH1", index)
                .body(text)
                .author("bob")
                .build();
        MessageAdded event = new MessageAdded(EventMeta.live("", Instant.EPOCH, "test"), message);
        try (WebhookSender sender = new WebhookSender(URI.create(url).getPort())) {
            sender.exchange(SignedWebhooks.of(url, "AC1", "token").request(event));
        }
    }
}
