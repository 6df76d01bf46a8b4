package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.tests.CallCounter;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An open chat, on both kinds of client. */
class LiveChatTest {
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final CallCounter calls = new CallCounter();
    private final List<String> reported = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        twilio.close();
        calls.close();
    }

    private ConversationsClient backend(ChatOptions.Builder chats) {
        return start(twilio.backendOptions().sweepEvery(Duration.ZERO).httpClient(calls.client()), chats);
    }

    private ConversationsClient participant() {
        return start(twilio.participantOptions("alice"), named());
    }

    private ConversationsClient start(ClientOptions.Builder options, ChatOptions.Builder chats) {
        ConversationsClient client =
                ConversationsClient.start(options.errorHandler(report -> reported.add(report.what()))
                        .chats(chats.build())
                        .build());
        client.ready().await();
        return client;
    }

    private static ChatOptions.Builder named() {
        return ChatOptions.builder().profiles(LiveChatTest::capitals);
    }

    private static Map<String, Profile> capitals(Set<String> ids) {
        Map<String, Profile> profiles = new HashMap<>();
        ids.forEach(id -> profiles.put(id, new Profile(id.toUpperCase(Locale.ROOT), null)));
        return profiles;
    }

    private static Person alice(ConversationsClient client) {
        return client.isParticipant() ? client.me() : client.as("alice");
    }

    private static List<String> bodies(LiveChat chat) {
        return chat.snapshot().messages().stream().map(ChatMessage::body).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_has_the_last_messages_with_their_authors_and_goes_on_live(boolean onBackend) {
        String sid = twilio.user("alice").in("one").joins().conversationSid();
        SimulatedParticipant bob = twilio.user("bob").in("one");
        IntStream.range(0, 8).forEach(i -> bob.says("message " + i));
        try (ConversationsClient client = onBackend ? backend(named()) : participant();
                LiveChat chat =
                        alice(client).openChat(client.conversation(sid), 5).await()) {
            assertThat(bodies(chat)).containsExactly("message 3", "message 4", "message 5", "message 6", "message 7");
            assertThat(chat.snapshot().fromBeginning()).isFalse();
            assertThat(chat.snapshot().messages())
                    .extracting(ChatMessage::author)
                    .containsOnly(new ChatPerson("bob", "BOB", null, true));

            SimulatedParticipant carl = twilio.user("carl").in("one").says("hello");
            Patience.until(() -> chat.snapshot().messages().size() == 6);
            Patience.until(() -> {
                ChatPerson author = chat.snapshot().messages().get(5).author();
                return author != null && author.displayName().equals("CARL");
            });
            carl.edits(carl.lastMessageSid(), "hello all");
            Patience.until(() -> bodies(chat).contains("hello all"));
            carl.removes(carl.lastMessageSid());
            Patience.until(() -> chat.snapshot().messages().size() == 5);
            assertThat(bodies(chat)).doesNotContain("hello all");
        }
        assertThat(reported).isEmpty();
    }

    @Test
    void it_costs_one_call_and_none_with_messages_kept() throws InterruptedException {
        String sid = twilio.user("alice").in("one").joins().conversationSid();
        SimulatedParticipant bob = twilio.user("bob").in("one");
        IntStream.range(0, 30).forEach(i -> bob.says("message " + i));
        try (ConversationsClient client = backend(named().cacheMessages(20, 1_000_000))) {
            Conversation conversation = client.conversation(sid);
            BlockingQueue<ConversationsEvent> heard = new LinkedBlockingQueue<>();
            conversation.onMessageUpdated(heard::add);
            conversation.onMessageRemoved(heard::add);
            calls.reset();
            client.as("alice").openChat(conversation, 20).await().close();
            assertThat(calls.count()).isEqualTo(1);

            bob.says("later");
            bob.edits(bob.lastMessageSid(), "much later");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isInstanceOf(MessageUpdated.class);
            calls.reset();
            try (LiveChat again = client.as("alice").openChat(conversation, 20).await()) {
                assertThat(again.snapshot().messages()).hasSize(20);
                assertThat(bodies(again)).endsWith("message 29", "much later");
                assertThat(calls.count()).isZero();
            }
            try (LiveChat few = client.as("alice").openChat(conversation, 2).await()) {
                assertThat(bodies(few)).containsExactly("message 29", "much later");
                assertThat(calls.count()).isZero();
            }
            bob.removes(bob.lastMessageSid());
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isInstanceOf(MessageRemoved.class);
            try (LiveChat more = client.as("alice").openChat(conversation, 20).await()) {
                assertThat(bodies(more)).hasSize(20).endsWith("message 29");
                assertThat(calls.count()).as("one is missing, so they are read").isEqualTo(1);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_message_is_lost_or_doubled_between_the_page_and_what_happens(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String sid = twilio.user("alice").in("one").joins().conversationSid();
        SimulatedParticipant bob = twilio.user("bob").in("one").joins();
        try (ConversationsClient client =
                seed % 2 == 0 ? backend(named().cacheMessages(50, 1_000_000)) : participant()) {
            List<Deferred<LiveChat>> opening = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                bob.says("message " + i);
                if (random.nextInt(6) == 0) {
                    bob.edits(bob.lastMessageSid(), "edited " + i);
                }
                if (random.nextInt(6) == 0) {
                    bob.removes(bob.lastMessageSid());
                }
                if (random.nextInt(10) == 0) {
                    opening.add(alice(client).openChat(client.conversation(sid), 10 + random.nextInt(40)));
                }
            }
            List<Message> truth =
                    client.conversation(sid).messages().oldest(100).await().items();
            for (Deferred<LiveChat> one : opening) {
                try (LiveChat chat = one.await()) {
                    Patience.until(() -> endsLike(chat.snapshot(), truth));
                    assertThat(chat.snapshot().messages())
                            .extracting(ChatMessage::sid)
                            .doesNotHaveDuplicates();
                }
            }
            assertThat(opening).isNotEmpty();
        }
    }

    /** From the first message it holds on, it holds all there are. */
    private static boolean endsLike(Chat chat, List<Message> truth) {
        int first = chat.fromBeginning() || chat.messages().isEmpty()
                ? -1
                : chat.messages().get(0).index();
        List<String> expected = truth.stream()
                .filter(message -> message.index() >= first)
                .map(message -> message.index() + message.body())
                .toList();
        return chat.messages().stream()
                .map(message -> message.index() + message.body())
                .toList()
                .equals(expected);
    }

    @Test
    void who_types_is_shown_and_the_end_is_told() {
        String sid = twilio.user("alice").in("one").joins().conversationSid();
        SimulatedParticipant bob = twilio.user("bob").in("one").joins();
        List<ChatChange> changes = new CopyOnWriteArrayList<>();
        try (ConversationsClient client = participant();
                LiveChat chat = client.me().openChat(client.conversation(sid)).await()) {
            chat.onChange(changes::add);
            bob.types();
            Patience.until(() -> !chat.snapshot().typing().isEmpty());
            Patience.until(() -> chat.snapshot().typing().get(0).displayName().equals("BOB"));
            bob.says("hi");
            Patience.until(() -> chat.snapshot().typing().isEmpty()
                    && chat.snapshot().messages().size() == 1);
            twilio.user("alice").in("one").leaves();
            Patience.until(() -> changes.contains(new ChatChange.Ended()));

            assertThat(changes.get(0)).isInstanceOf(ChatChange.All.class);
            Chat mine = ((ChatChange.All) changes.get(0)).chat();
            for (ChatChange change : changes) {
                mine = mine.after(change);
            }
            assertThat(mine).isEqualTo(chat.snapshot());
        }
    }

    @Test
    void an_unknown_conversation_is_named_and_a_client_without_events_cannot_follow() {
        String unknown = "CH" + "0".repeat(32);
        try (ConversationsClient client = backend(named())) {
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> client.as("alice")
                            .openChat(client.conversation(unknown))
                            .await())
                    .withMessageContaining(unknown);
        }
        try (ConversationsClient client =
                start(ClientOptions.backend(twilio.credentials()).baseUrl(twilio.url()), named())) {
            assertThatExceptionOfType(UnsupportedByClientException.class)
                    .isThrownBy(() -> client.as("alice").openChat(client.conversation(unknown)))
                    .withMessageContaining("EventSources.webhook");
        }
    }

    @Test
    void jackson_writes_a_chat_and_its_changes_as_they_are() {
        String sid = twilio.user("bob").in("one").says("hi").conversationSid();
        try (ConversationsClient client = backend(named());
                LiveChat chat =
                        client.as("bob").openChat(client.conversation(sid)).await()) {
            JsonNode all = new ObjectMapper().valueToTree(new ChatChange.All(chat.snapshot()));
            assertThat(all.path("change").textValue()).isEqualTo("all");
            assertThat(all.at("/chat/messages/0/body").textValue()).isEqualTo("hi");
            assertThat(all.at("/chat/messages/0/author/displayName").textValue())
                    .isEqualTo("BOB");
            assertThat(new ObjectMapper().valueToTree(new ChatChange.Ended()).toString())
                    .isEqualTo("{\"change\":\"ended\"}");
        }
    }
}
