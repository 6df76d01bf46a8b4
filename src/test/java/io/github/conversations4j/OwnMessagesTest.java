package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.conversations4j.PendingMessage.State;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.ReadPosition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What events tell about the messages of one's own. */
class OwnMessagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private ConversationsEmulator twilio;
    private ConversationsClient client;

    @BeforeEach
    void start() {
        twilio = ConversationsEmulator.start();
        client = ConversationsClient.start(twilio.backendOptions()
                .middleware(Middleware.ignoreOwnMessages())
                .build());
        client.onMessageAdded(event ->
                seen.add(event.message().author() + ": " + event.message().body()));
        client.ready().await();
    }

    @AfterEach
    void stop() {
        client.close();
        twilio.close();
    }

    private Conversation conversation(String uniqueName) {
        return client.createConversation(
                        NewConversation.builder().uniqueName(uniqueName).build())
                .await();
    }

    private String next() throws InterruptedException {
        return next(seen);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void a_bot_that_answers_everybody_does_not_answer_itself() throws Exception {
        Conversation chat = conversation("room");
        CountDownLatch answered = new CountDownLatch(2);
        client.onMessageAdded(event -> {
            client.as("bot")
                    .conversation(event.conversationSid())
                    .sendMessage("you said " + event.message().body())
                    .await();
            answered.countDown();
        });
        client.as("bot").conversation(chat.sid()).join().await();

        twilio.user("alice").in("room").joins().says("hello");
        twilio.user("alice").in("room").says("bye");

        assertThat(List.of(next(), next())).containsExactly("alice: hello", "alice: bye");
        assertThat(answered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(twilio.awaitWebhooks(PATIENCE)).isTrue();
        assertThat(chat.messages().oldest(10).await().items())
                .extracting(Message::body)
                .containsExactlyInAnyOrder("hello", "bye", "you said hello", "you said bye");
        assertThat(seen).isEmpty();
    }

    @Test
    void somebody_who_copies_the_id_of_a_bot_is_seen_all_the_same() throws Exception {
        Conversation chat = conversation("room");
        Message own = client.as("bot")
                .conversation(chat.sid())
                .sendMessage("I am a bot")
                .await();
        assertThat(client.isOwn(own)).isTrue();

        try (ConversationsClient mallory = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .build())) {
            copy(own, mallory);
        }

        assertThat(next()).isEqualTo("mallory: me too");
    }

    private static void copy(Message message, ConversationsClient mallory) {
        com.twilio.rest.conversations.v1.conversation.Message.creator(message.conversationSid())
                .setAuthor("mallory")
                .setBody("me too")
                .setAttributes(message.attributes().json())
                .setXTwilioWebhookEnabled(com.twilio.rest.conversations.v1.conversation.Message.WebhookEnabledType.TRUE)
                .create(mallory.twilio());
    }

    @Test
    void a_participants_client_knows_its_messages_by_their_author_too() throws Exception {
        Conversation chat = conversation("room");
        client.as("alice").conversation(chat.sid()).join().await();
        try (ConversationsClient alice =
                ConversationsClient.start(twilio.participantOptions("alice").build())) {
            alice.ready().await();
            Message own = alice.conversation(chat.sid()).sendMessage("hello").await();
            copy(own, client);
            List<Message> both = chat.messages().oldest(10).await().items();

            assertThat(both).extracting(Message::author).containsExactly("alice", "mallory");
            assertThat(both).extracting(Message::clientId).containsOnly(own.clientId());
            assertThat(both).extracting(alice::isOwn).containsExactly(true, false);
        }
    }

    @Test
    void clients_with_the_same_sender_and_credentials_recognise_each_other() {
        Conversation chat = conversation("room");
        try (ConversationsClient before = named("bot");
                ConversationsClient after = named("bot");
                ConversationsClient other = named("somebody else")) {
            Message message =
                    before.conversation(chat.sid()).sendMessage("hello").await();

            assertThat(after.isOwn(message)).isTrue();
            assertThat(other.isOwn(message)).isFalse();
            assertThat(client.isOwn(message)).isFalse();
        }
    }

    private ConversationsClient named(String sender) {
        return ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .sender(sender)
                .build());
    }

    @Test
    void a_message_is_read_when_somebody_else_has_read_it() throws Exception {
        Conversation chat = conversation("room");
        Conversation alice = client.as("alice").conversation(chat.sid());
        alice.join().await();
        twilio.user("bob").in("room").joins();
        BlockingQueue<State> states = new LinkedBlockingQueue<>();
        BlockingQueue<ReadPosition> read = new LinkedBlockingQueue<>();
        chat.onRead(read::add);

        PendingMessage first = alice.sendMessage("one");
        first.onStateChanged(states::add);
        first.await();
        PendingMessage second = alice.sendMessage("two");
        second.await();
        alice.setAllMessagesRead().await();
        twilio.user("bob").in("room").reads(0);

        first.reached(State.READ).await();
        assertThat(second.state()).isEqualTo(State.SENT);
        State begin = next(states);
        // The answer may be quicker than the registration of the hook.
        assertThat(begin == State.PENDING ? next(states) : begin).isEqualTo(State.SENT);
        assertThat(next(states)).isEqualTo(State.READ);
        assertThat(Arrays.asList(next(read), next(read)))
                .doesNotContainNull()
                .extracting(ReadPosition::identity, ReadPosition::lastReadMessageIndex)
                .containsExactly(tuple("alice", 1), tuple("bob", 0));
    }
}
