package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.source.WebhookSource;
import io.github.conversations4j.store.Cursor;
import io.github.conversations4j.store.CursorStore;
import io.github.conversations4j.store.MemoryCursorStore;
import io.github.conversations4j.store.Ownership;
import io.github.conversations4j.testing.SignedWebhooks;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A server of the application that serves from the first moment on, whatever the client is doing. */
class MountedWebhookTest {
    private static final String URL = "https://chat.example.com/twilio";
    private static final WebhookRequest MESSAGE = SignedWebhooks.of(
                    URL, SampleEvents.sid("AC", 1), "0123456789abcdef0123456789abcdef")
            .request(
                    "onMessageAdded",
                    Map.of(
                            "ConversationSid",
                            SampleEvents.conversation(1),
                            "MessageSid",
                            SampleEvents.sid("IM", 1),
                            "Index",
                            "0"));

    private final ClientFixture fixture = new ClientFixture();
    private final WebhookSource mounted = EventSources.webhook(URL).mountedElsewhere();

    private static int status(ConversationsClient client) {
        return client.webhooks().handle(MESSAGE).status();
    }

    @Test
    void what_comes_before_the_source_is_up_is_answered_503() {
        CountDownLatch gate = new CountDownLatch(1);
        try (ConversationsClient client = ConversationsClient.start(fixture.options(mounted)
                .delivery(
                        DeliveryOptions.builder().cursors(new GatedStore(gate)).build())
                .build())) {
            assertThat(status(client)).isEqualTo(503);
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.webhooks().publicUrl())
                    .withMessageContainingAll("not up yet", "ready()");
            assertThatIllegalStateException().isThrownBy(() -> client.webhooks().refusals());
            gate.countDown();
            client.ready().await(LONG);

            assertThat(status(client)).isEqualTo(200);
            assertThat(client.webhooks().publicUrl()).isEqualTo(URL);
        }
    }

    @Test
    void a_source_that_could_not_start_answers_503_and_says_no_more_than_that() {
        Credentials withoutAuthToken = Credentials.builder(SampleEvents.sid("AC", 1))
                .apiKey(SampleEvents.sid("SK", 1), "secret")
                .build();
        try (ConversationsClient client = ConversationsClient.start(ClientOptions.backend(withoutAuthToken)
                .httpClient(fixture.options().build().httpClient)
                .source(mounted)
                .errorHandler(fixture.reports::add)
                .build())) {
            assertThatThrownBy(() -> client.ready().await(LONG)).hasMessageContaining("TWILIO_AUTH_TOKEN");

            assertThat(status(client)).isEqualTo(503);
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.webhooks().check())
                    .withMessageContaining("could not start");
            client.close(LONG);
            assertThat(status(client)).isEqualTo(503);
            assertThatThrownBy(() -> client.webhooks().publicUrl()).isInstanceOf(ClientClosedException.class);
        }
    }

    @Test
    void a_client_without_webhooks_says_what_to_add() {
        try (ConversationsClient client =
                ConversationsClient.start(fixture.options().build())) {
            assertThatThrownBy(() -> status(client))
                    .isInstanceOf(UnsupportedByClientException.class)
                    .hasMessageContaining("EventSources.webhook(");
        }
    }

    /** Opens when it is let. */
    private record GatedStore(CountDownLatch gate, MemoryCursorStore kept) implements CursorStore {
        GatedStore(CountDownLatch gate) {
            this(gate, new MemoryCursorStore());
        }

        @Override
        public Ownership own(String scope) {
            Patience.await(gate);
            return kept.own(scope);
        }

        @Override
        public List<Cursor> readAll(Ownership owner) {
            return kept.readAll(owner);
        }

        @Override
        public Optional<Cursor> read(Ownership owner, String conversation) {
            return kept.read(owner, conversation);
        }

        @Override
        public List<Cursor> save(Ownership owner, List<Cursor> cursors) {
            return kept.save(owner, cursors);
        }

        @Override
        public void remove(Ownership owner, List<Cursor> cursors) {
            kept.remove(owner, cursors);
        }

        @Override
        public void close() {
            kept.close();
        }
    }
}
