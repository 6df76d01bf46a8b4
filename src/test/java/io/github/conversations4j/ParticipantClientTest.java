package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.ReadPosition;
import io.github.conversations4j.model.Unread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client with nothing but an access token, on the emulator's socket. */
class ParticipantClientTest {
    @Test
    void hearsWhatTheOthersDoAsItHappens() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            twilio.user("alice").in("general").joins();
            SimulatedParticipant bob = twilio.user("bob").in("general").joins();
            try (ConversationsClient client = ConversationsClient.start(
                    twilio.participantOptions("alice").build(), wired -> hear(wired, heard))) {
                Initialized ready = client.ready().await();
                assertThat(ready.identity()).isEqualTo("alice");
                assertThat(next(heard)).isEqualTo("general joined, initial: true");

                bob.types();
                assertThat(next(heard)).isEqualTo("bob types");
                bob.says("hi");
                assertThat(next(heard)).isEqualTo("bob stops typing");
                assertThat(next(heard)).isEqualTo("bob: hi");
                bob.edits(bob.lastMessageSid(), "hi alice");
                assertThat(next(heard)).isEqualTo("bob edits: hi alice");
                bob.removes(bob.lastMessageSid());
                assertThat(next(heard)).isEqualTo("bob removes: hi alice");
                twilio.user("carl").in("general").joins();
                assertThat(next(heard)).isEqualTo("carl joins");
                assertThat(client.close(Duration.ofSeconds(5))).isTrue();
            }
        }
    }

    private static void hear(ConversationsClient client, BlockingQueue<String> heard) {
        client.onConversationJoined(event -> heard.add(event.conversation().uniqueName() + " joined, initial: "
                + event.meta().initial()));
        client.onTypingStarted(event -> heard.add(event.participant().identity() + " types"));
        client.onTypingEnded(event -> heard.add(event.participant().identity() + " stops typing"));
        client.onMessageAdded(event ->
                heard.add(event.message().author() + ": " + event.message().body()));
        client.onMessageUpdated(event -> heard.add(
                event.message().author() + " edits: " + event.message().body()));
        client.onMessageRemoved(event -> heard.add(
                event.message().author() + " removes: " + event.message().body()));
        client.onParticipantJoined(event -> heard.add(event.participant().identity() + " joins"));
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        String next = heard.poll(10, TimeUnit.SECONDS);
        return next == null ? "nothing within 10 s" : next;
    }

    @Test
    void isReadyAfterAllThoughItWasRefusedFirst() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            twilio.user("alice").in("general").joins();
            twilio.faults().sockets().method("GET").next(1).fail(403);
            try (ConversationsClient client =
                    ConversationsClient.start(twilio.participantOptions("alice").build(), wired -> {
                        wired.onInitFailed(event -> heard.add("failed"));
                        wired.onInit(event -> heard.add("ready as " + event.identity()));
                    })) {
                assertThatThrownBy(client.ready()::await).isInstanceOf(AccessDeniedException.class);
                assertThat(next(heard)).isEqualTo("failed");
                assertThat(next(heard)).isEqualTo("ready as alice");

                assertThat(client.ready().await().identity()).isEqualTo("alice");
                assertThat(client.me().chatList().await().rows()).hasSize(1);
                client.onInitFailed(event -> heard.add("failed, long ago"));
                client.onInit(event -> heard.add("ready long ago"));
                assertThat(next(heard)).isEqualTo("ready long ago");
            }
        }
    }

    @Test
    void asksAndTellsThroughTheSocket() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            twilio.user("alice").in("general").joins();
            twilio.user("bob").in("general").says("before");
            try (ConversationsClient client = ConversationsClient.start(
                    twilio.participantOptions("alice").build(),
                    wired -> wired.onMessageAdded(event -> heard.add(
                            event.message().author() + ": " + event.message().body())))) {
                Conversation general = client.findConversation("general").await();
                assertThat(general.unread().await()).isEqualTo(Unread.NEVER_READ);
                assertThat(general.sendMessage("héllo").await().index()).isEqualTo(1);
                assertThat(next(heard)).isEqualTo("alice: héllo");
                assertThat(general.setAllMessagesRead().await()).isEqualTo(Unread.of(0));
                general.typing().await();
                assertThat(general.messages().latest().await().items())
                        .extracting(Message::body)
                        .containsExactly("héllo", "before");

                Conversation made = client.createConversation(
                                NewConversation.builder().friendlyName("new").build())
                        .await();
                made.join().await();
                assertThat(made.sendMessage("first").await().index()).isZero();
                assertThat(next(heard)).as("a message sent right after joining").isEqualTo("alice: first");
                made.leave().await();
                assertThatThrownBy(() -> client.as("bob"))
                        .isInstanceOf(UnsupportedByClientException.class)
                        .hasMessageContaining("backend");
            }
        }
    }

    @Test
    void hearsWhoHasReadUpToWhere() throws InterruptedException {
        BlockingQueue<ReadPosition> heard = new LinkedBlockingQueue<>();
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            twilio.user("alice").in("general").joins();
            SimulatedParticipant bob = twilio.user("bob").in("general").joins();
            try (ConversationsClient client =
                    ConversationsClient.start(twilio.participantOptions("alice").build())) {
                client.ready().await();
                Conversation general = client.findConversation("general").await();
                general.onRead(heard::add);
                PendingMessage sent = general.sendMessage("hello");
                assertThat(sent.await().index()).isZero();

                bob.readsAll();

                ReadPosition position = heard.poll(10, TimeUnit.SECONDS);
                assertThat(position).isNotNull();
                assertThat(position.identity()).isEqualTo("bob");
                assertThat(position.lastReadMessageIndex()).isZero();
                assertThat(sent.reached(PendingMessage.State.READ).await().state())
                        .isEqualTo(PendingMessage.State.READ);
            }
        }
    }

    @Test
    void aHookMayWaitForAnAnswerThoughItsExecutorRunsItOnTheSpot() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            twilio.user("alice").in("general").joins();
            SimulatedParticipant bob = twilio.user("bob").in("general").joins();
            ClientOptions options = twilio.participantOptions("alice")
                    .hookExecutor(Runnable::run)
                    .timeLimit(Duration.ofSeconds(5))
                    .build();
            try (ConversationsClient client = ConversationsClient.start(options)) {
                client.ready().await();
                client.onMessageAdded(event -> {
                    Conversation general = client.findConversation("general").await();
                    heard.add("hook: "
                            + general.participants().list().await().items().size());
                });
                Deferred<Conversation> found = client.findConversation("general");
                found.thenAccept(
                        general -> heard.add("dependent: " + general.unread().await()));
                assertThat(next(heard)).isEqualTo("dependent: " + Unread.NEVER_READ);

                bob.says("hi");
                assertThat(next(heard)).isEqualTo("hook: 2");
                bob.types();
                assertThat(client.close(Duration.ofSeconds(5))).isTrue();
            }
        }
    }

    @Test
    void tellsItsConnectionOnce() throws InterruptedException {
        List<ConnectionState> states = new ArrayList<>();
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                ConversationsClient client = ConversationsClient.start(
                        twilio.participantOptions("alice")
                                .hookExecutor(Runnable::run)
                                .build(),
                        wired -> wired.onConnectionStateChanged(event -> {
                            synchronized (states) {
                                states.add(event.state());
                            }
                        }))) {
            client.ready().await();
            assertThat(client.close(Duration.ofSeconds(5))).isTrue();
        }
        synchronized (states) {
            assertThat(states)
                    .containsExactly(
                            ConnectionState.CONNECTING,
                            ConnectionState.CONNECTED,
                            ConnectionState.DISCONNECTING,
                            ConnectionState.DISCONNECTED);
        }
    }

    @Test
    void cannotHearWhatOnlyTheServerSideSees() {
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                ConversationsClient client = ConversationsClient.start(
                        twilio.participantOptions("alice").build())) {
            assertThat(client.supports(EventType.TYPING_STARTED)).isTrue();
            assertThat(client.supports(EventType.DELIVERY_UPDATED)).isFalse();
            assertThatThrownBy(() -> client.onDeliveryUpdated(event -> {}))
                    .isInstanceOf(UnsupportedByClientException.class)
                    .hasMessageContaining("onDeliveryUpdated")
                    .hasMessageContaining("EventSources.webhook");
        }
    }
}
