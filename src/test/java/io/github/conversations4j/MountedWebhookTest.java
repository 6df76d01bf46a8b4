package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.Undecided;
import io.github.conversations4j.source.Verdict;
import io.github.conversations4j.source.WebhookReply;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server of the application that serves from the first moment on, whatever the client is doing. */
class MountedWebhookTest {
    private static final String URL = "https://chat.example.com/twilio";
    private static final SignedWebhooks TWILIO =
            SignedWebhooks.of(URL, SampleEvents.sid("AC", 1), "0123456789abcdef0123456789abcdef");
    private static final WebhookRequest QUESTION = TWILIO.request(
            "onMessageAdd", Map.of("ConversationSid", SampleEvents.conversation(1), "Body", "hi", "Author", "alice"));
    private static final WebhookRequest MESSAGE = TWILIO.request(
            "onMessageAdded",
            Map.of(
                    "ConversationSid",
                    SampleEvents.conversation(1),
                    "MessageSid",
                    SampleEvents.sid("IM", 1),
                    "Index",
                    "0"));

    private final ClientFixture fixture = new ClientFixture();
    private final AtomicInteger asked = new AtomicInteger();
    private final WebhookSource mounted = EventSources.webhook(URL).mountedElsewhere();

    private static int status(ConversationsClient client) {
        return status(client, MESSAGE);
    }

    private static int status(ConversationsClient client, WebhookRequest request) {
        return client.webhooks().handle(request).status();
    }

    @Test
    void what_comes_before_the_source_is_up_is_answered_503() {
        CountDownLatch gate = new CountDownLatch(1);
        try (ConversationsClient client = ConversationsClient.start(fixture.options(mounted)
                .delivery(
                        DeliveryOptions.builder().cursors(new GatedStore(gate)).build())
                .build())) {
            assertThat(status(client)).isEqualTo(503);
            assertThat(status(client, QUESTION)).as("an error would be a veto").isEqualTo(200);
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
            assertThat(status(client, QUESTION)).isEqualTo(200);
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

    @Test
    void whoever_closes_the_client_vetoes_nothing_any_more() {
        ConversationsClient client = ClientFixture.ready(
                fixture.onTheSpot(EventSources.webhook(URL).mountedElsewhere().whenUndecided(Undecided.REJECT)),
                wired -> {});
        Subscription gate = client.beforeMessageAdded(draft -> {
            asked.incrementAndGet();
            return Verdict.reject();
        });
        assertThat(status(client, QUESTION)).isEqualTo(403);

        assertThat(client.close(LONG)).isTrue();

        assertThat(gate.isActive()).isFalse();
        assertThat(status(client, QUESTION)).isEqualTo(200);
        assertThat(asked).hasValue(1);
    }

    @Test
    void events_are_answered_as_unavailable_once_the_client_is_closed() {
        ConversationsClient client =
                ClientFixture.ready(fixture.onTheSpot(EventSources.webhook(URL).mountedElsewhere()), wired -> {});
        client.close(LONG);

        assertThat(client.webhooks().handle(MESSAGE)).isEqualTo(WebhookReply.empty(503));
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
