package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.Undecided;
import io.github.conversations4j.source.Verdict;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.testing.SignedWebhooks;
import io.github.conversations4j.tests.SampleEvents;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Webhooks that a server of the application hands in, also when the client is closed and that server is not. */
class MountedWebhooksTest {
    private static final String URL = "https://chat.example.com/twilio";
    private static final Map<String, String> MESSAGE =
            Map.of("ConversationSid", SampleEvents.conversation(1), "Body", "hi", "Author", "alice");

    private final ClientFixture fixture = new ClientFixture();
    private final SignedWebhooks twilio =
            SignedWebhooks.of(URL, SampleEvents.sid("AC", 1), "0123456789abcdef0123456789abcdef");
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void whoever_closes_the_client_vetoes_nothing_any_more() {
        ConversationsClient client = ClientFixture.ready(
                fixture.onTheSpot(EventSources.webhook(URL).mountedElsewhere().whenUndecided(Undecided.REJECT)),
                wired -> {});
        Subscription gate = client.beforeMessageAdded(draft -> {
            asked.incrementAndGet();
            return Verdict.reject();
        });
        assertThat(ask(client)).isEqualTo(403);

        assertThat(client.close(LONG)).isTrue();

        assertThat(gate.isActive()).isFalse();
        assertThat(ask(client)).isEqualTo(200);
        assertThat(asked).hasValue(1);
    }

    private int ask(ConversationsClient client) {
        return client.webhooks().handle(twilio.request("onMessageAdd", MESSAGE)).status();
    }

    @Test
    void events_are_answered_as_unavailable_once_the_client_is_closed() {
        ConversationsClient client =
                ClientFixture.ready(fixture.onTheSpot(EventSources.webhook(URL).mountedElsewhere()), wired -> {});
        client.close(LONG);

        assertThat(client.webhooks().handle(twilio.request("onPinned", MESSAGE)))
                .isEqualTo(WebhookReply.empty(503));
    }
}
