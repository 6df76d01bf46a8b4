package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static io.github.conversations4j.event.ConnectionState.CONNECTED;
import static io.github.conversations4j.event.ConnectionState.CONNECTING;
import static io.github.conversations4j.event.ConnectionState.DISCONNECTED;
import static io.github.conversations4j.event.ConnectionState.DISCONNECTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.source.Sink.Offer;
import io.github.conversations4j.tests.FakeSource;
import io.github.conversations4j.tests.SampleEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a client comes up, with one source and with several. */
class ClientLifeTest {
    private final ClientFixture fixture = new ClientFixture();
    private final List<ConversationsClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(client -> assertThat(client.close(LONG)).isTrue());
    }

    private ConversationsClient start(ClientOptions.Builder options) {
        clients.add(ConversationsClient.start(options.build()));
        return clients.get(clients.size() - 1);
    }

    @Test
    void it_is_initialized_when_its_source_is_ready() {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        FakeSource source = FakeSource.ofMessages().ready(ready);
        ConversationsClient client = start(fixture.onTheSpot(source));
        List<Initialized> seen = new ArrayList<>();
        client.onInit(seen::add);
        assertThat(seen).isEmpty();
        assertThat(client.ready().isDone()).isFalse();
        ready.complete(null);
        Initialized event =
                new Initialized(EventMeta.live("initialized", fixture.time.instant(), EventMeta.CLIENT), null);
        assertThat(client.ready().await()).isEqualTo(event);
        assertThat(seen).containsExactly(event);
        client.onInit(seen::add);
        assertThat(seen).as("long ago, but still").hasSize(2);
    }

    @Test
    void without_a_source_it_is_initialized_when_its_credentials_are_accepted() {
        ConversationsClient client = start(fixture.options().hookExecutor(Runnable::run));
        assertThat(client.ready().await().meta().source()).isEqualTo("client");
        assertThat(client.supports(EventType.INITIALIZED)).isTrue();
        assertThat(client.supports(EventType.MESSAGE_ADDED)).isFalse();
    }

    @Test
    void hooks_of_the_wiring_miss_nothing() {
        FakeSource source = FakeSource.ofMessages();
        List<String> seen = new ArrayList<>();
        clients.add(ClientFixture.ready(fixture.onTheSpot(source), client -> {
            assertThat(source.isConnected()).isFalse();
            client.onConnectionStateChanged(event -> seen.add(event.state().name()));
            client.onInit(event -> seen.add("init"));
        }));
        assertThat(seen).containsExactly("CONNECTING", "CONNECTED", "init");
    }

    @Test
    void a_wiring_that_throws_ends_the_start() {
        FakeSource source = FakeSource.ofMessages();
        List<ConversationsClient> arrived = new ArrayList<>();
        assertThatThrownBy(
                        () -> ConversationsClient.start(fixture.options(source).build(), client -> {
                            arrived.add(client);
                            client.onTypingStarted(event -> {});
                        }))
                .isInstanceOf(UnsupportedByClientException.class);
        assertThat(arrived.get(0).isClosed()).isTrue();
        assertThat(source.isConnected()).isFalse();
    }

    @Test
    void a_source_that_cannot_start_fails_the_client_and_says_so_everywhere() {
        IllegalStateException cause = new IllegalStateException("port in use");
        FakeSource source = FakeSource.ofMessages().ready(CompletableFuture.failedFuture(cause));
        ConversationsClient client = start(fixture.onTheSpot(source));
        List<Throwable> failures = new ArrayList<>();
        client.onInitFailed(event -> failures.add(event.cause()));
        assertThat(failures).containsExactly(cause);
        assertThatThrownBy(() -> client.ready().await()).isSameAs(cause);
        assertThat(fixture.reported()).containsExactly("the client could not start");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void a_source_whose_classes_are_missing_fails_the_client_like_any_other() {
        NoClassDefFoundError missing = new NoClassDefFoundError("mockwebserver3/MockWebServer");
        ConversationsClient client =
                start(fixture.onTheSpot(FakeSource.ofMessages().failingToConnect(missing)));
        assertThatThrownBy(() -> client.ready().await()).isSameAs(missing);
    }

    @Test
    void with_two_sources_it_is_initialized_when_both_are_ready() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        FakeSource one = new FakeSource("one", EventType.MESSAGE_ADDED).ready(first);
        FakeSource two = new FakeSource("two", EventType.TYPING_STARTED).ready(second);
        ConversationsClient client = start(fixture.onTheSpot(one.and(two)));
        assertThat(client.supports(EventType.MESSAGE_ADDED)).isTrue();
        assertThat(client.supports(EventType.TYPING_STARTED)).isTrue();
        second.complete(null);
        assertThat(client.ready().isDone()).isFalse();
        first.complete(null);
        assertThat(client.ready().await().meta().source()).isEqualTo("client");
    }

    @Test
    void with_two_sources_it_fails_with_the_first_that_cannot_start_and_the_other_goes_on() {
        IllegalStateException cause = new IllegalStateException("no luck");
        FakeSource failing = new FakeSource("failing", EventType.TYPING_STARTED).failingToConnect(cause);
        FakeSource slow = FakeSource.ofMessages().ready(new CompletableFuture<>());
        ConversationsClient client = start(fixture.onTheSpot(failing.and(slow)));
        assertThatThrownBy(() -> client.ready().await()).isSameAs(cause);
        List<Integer> seen = new ArrayList<>();
        client.onMessageAdded(event -> seen.add(event.message().index()));
        slow.message(1, 5);
        assertThat(seen).containsExactly(5);
    }

    @Test
    void what_two_sources_see_reaches_a_hook_once() {
        FakeSource one = new FakeSource("one", EventType.MESSAGE_ADDED);
        FakeSource two = new FakeSource("two", EventType.MESSAGE_ADDED);
        ConversationsClient client = start(fixture.onTheSpot(one.and(two)));
        List<Integer> seen = new ArrayList<>();
        client.onMessageAdded(event -> seen.add(event.message().index()));
        assertThat(one.message(1, 0)).isEqualTo(Offer.ACCEPTED);
        assertThat(two.message(1, 0)).isEqualTo(Offer.DUPLICATE);
        assertThat(two.message(1, 1)).isEqualTo(Offer.ACCEPTED);
        assertThat(seen).containsExactly(0, 1);
    }

    @Test
    void connection_events_are_told_for_a_source_that_does_not_tell_them() {
        List<String> seen = new ArrayList<>();
        FakeSource silent = FakeSource.ofMessages();
        FakeSource telling = new FakeSource("telling", EventType.CONNECTION_STATE_CHANGED, EventType.CONNECTION_ERROR);
        ConversationsClient client = ConversationsClient.start(
                fixture.onTheSpot(silent.and(telling)).build(),
                wired -> wired.onConnectionStateChanged(
                        event -> seen.add(event.meta().source() + " " + event.state())));
        assertThat(client.close(LONG)).isTrue();
        assertThat(seen)
                .containsExactly("fake CONNECTING", "fake CONNECTED", "fake DISCONNECTING", "fake DISCONNECTED");
    }

    @Test
    void a_source_that_cannot_start_is_a_terminal_connection_error() {
        IllegalStateException cause = new IllegalStateException("refused");
        List<Object> seen = new ArrayList<>();
        FakeSource source = FakeSource.ofMessages().ready(CompletableFuture.failedFuture(cause));
        ConversationsClient client =
                ConversationsClient.start(fixture.onTheSpot(source).build(), wired -> {
                    wired.onConnectionStateChanged(event -> seen.add(event.state()));
                    wired.onConnectionError(event -> {
                        seen.add(event.cause());
                        seen.add(event.terminal());
                    });
                });
        client.close(LONG);
        assertThat(seen).containsExactly(CONNECTING, cause, true, DISCONNECTED);
    }

    @Test
    void a_source_that_becomes_ready_while_it_is_closed_connects_nobody() {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        List<ConnectionState> states = new ArrayList<>();
        List<Initialized> initialized = new ArrayList<>();
        FakeSource source = FakeSource.ofMessages().ready(ready);
        source.ending(CompletableFuture.completedFuture(null));
        ConversationsClient client =
                ConversationsClient.start(fixture.onTheSpot(source).build(), wired -> {
                    wired.onConnectionStateChanged(event -> states.add(event.state()));
                    wired.onInit(initialized::add);
                });
        Deferred<Initialized> waiting = client.ready();
        client.close(LONG);
        ready.complete(null);
        assertThat(states).containsExactly(CONNECTING, DISCONNECTING, DISCONNECTED);
        assertThat(initialized).isEmpty();
        assertThatThrownBy(waiting::await).isInstanceOf(ClientClosedException.class);
        assertThat(states).doesNotContain(CONNECTED);
    }

    @Test
    void several_clients_live_side_by_side() {
        FakeSource one = FakeSource.ofMessages();
        FakeSource two = new FakeSource("other", EventType.TYPING_STARTED);
        ConversationsClient first = start(fixture.onTheSpot(one));
        ConversationsClient second = start(fixture.onTheSpot(two));
        List<String> seen = new ArrayList<>();
        first.onMessageAdded(event -> seen.add("first"));
        second.onTypingStarted(event -> seen.add("second"));
        one.message(1, 0);
        two.offer(SampleEvents.typingStarted(1));
        assertThat(seen).containsExactly("first", "second");
        assertThat(first.close(LONG)).isTrue();
        assertThat(one.message(1, 1)).isEqualTo(Offer.CLOSED);
        two.offer(SampleEvents.typingStarted(1));
        assertThat(seen).containsExactly("first", "second", "second");
    }

    @Test
    void a_hook_that_no_source_can_fire_is_refused_with_what_to_add() {
        ConversationsClient client = start(fixture.onTheSpot(FakeSource.ofMessages()));
        assertThatThrownBy(() -> client.onTypingStarted(event -> {}))
                .isInstanceOf(UnsupportedByClientException.class)
                .hasMessage("onTypingStarted: fake can never fire this; use a participant's client,"
                        + " ClientOptions.participant(…). supports(EventType) tells beforehand");
        assertThatThrownBy(() -> client.onDeliveryUpdated(event -> {}))
                .hasMessageContaining("use EventSources.webhook(\"https://…\").");
        assertThat(client.activeHooks()).isZero();
    }

    @Test
    void hooks_that_need_different_sources_are_each_told_theirs() {
        assertThat(RefusedHooks.refuse(null, List.of(EventType.TYPING_STARTED, EventType.DELIVERY_UPDATED)))
                .hasMessage(
                        "onTypingStarted, onDeliveryUpdated: this client has no event source; for onTypingStarted use"
                                + " a participant's client, ClientOptions.participant(…); for onDeliveryUpdated use"
                                + " EventSources.webhook(\"https://…\"). supports(EventType) tells beforehand");
    }

    @Test
    void a_hook_of_the_whole_client_is_refused_on_one_conversation() {
        ConversationsClient client = start(fixture.onTheSpot(FakeSource.ofMessages()));
        Conversation conversation = client.conversation(SampleEvents.conversation(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> conversation.on(EventType.UNKNOWN, event -> {}))
                .withMessageContaining("unknown: is no event of one conversation");
        assertThat(conversation.onMessageAdded(event -> {}).isActive()).isTrue();
        assertThat(client.activeHooks()).isEqualTo(1);
    }
}
