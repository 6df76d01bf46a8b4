package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.tests.CallCounter;
import io.github.conversations4j.tests.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The chat list of one of a backend's users, on the emulator. */
class ChatListTest {
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final CallCounter calls = new CallCounter();
    private final List<Set<String>> asked = new CopyOnWriteArrayList<>();
    private final List<String> reported = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        twilio.close();
        calls.close();
    }

    private ConversationsClient client(ChatOptions.Builder chats) {
        return ConversationsClient.start(twilio.backendOptions()
                .sweepEvery(Duration.ZERO)
                .httpClient(calls.client())
                .errorHandler(report -> reported.add(report.what()))
                .chats(chats.build())
                .build());
    }

    private ChatOptions.Builder named() {
        return ChatOptions.builder().profiles(ids -> {
            asked.add(Set.copyOf(ids));
            Map<String, Profile> profiles = new HashMap<>();
            ids.forEach(id -> profiles.put(id, new Profile("Dr. " + id, "https://pictures.example/" + id)));
            return profiles;
        });
    }

    private void chats(int count) {
        for (int i = 0; i < count; i++) {
            SimulatedParticipant alice = twilio.user("alice").in("chat-" + i).joins();
            twilio.user("friend-" + i).in("chat-" + i).says("message of chat " + i);
            if (i % 2 == 0) {
                alice.readsAll();
            }
        }
    }

    @Test
    void a_row_has_everything_that_a_screen_shows() {
        twilio.user("alice").in("general").joins();
        SimulatedParticipant bob = twilio.user("bob").in("general").says("first");
        twilio.user("alice").in("general").readsAll().mutes();
        bob.says("hi alice", "{\"mood\": \"good\"}").readsAll();
        try (ConversationsClient client = client(named())) {
            ChatList list = client.as("alice").chatList().await();

            assertThat(list.identity()).isEqualTo("alice");
            assertThat(list.rows()).hasSize(1);
            ChatRow row = list.rows().get(0);
            ChatPerson shown = new ChatPerson("bob", "Dr. bob", "https://pictures.example/bob", true);
            assertThat(row.title()).isEqualTo("general");
            assertThat(row.others()).containsExactly(shown);
            assertThat(row.othersCount()).isEqualTo(1);
            ChatMessage last = row.lastMessage();
            assertThat(last).isNotNull();
            assertThat(last.author()).isEqualTo(shown);
            assertThat(last.body()).isEqualTo("hi alice");
            assertThat(row.lastActivity()).isEqualTo(last.dateCreated());
            assertThat(row.lastReadByOthers()).isEqualTo(last.index());
            assertThat(row.unread()).isEqualTo(Unread.of(1));
            assertThat(row.notificationLevel()).isEqualTo(NotificationLevel.MUTED);
        }
    }

    @Test
    void the_last_activity_comes_first_and_never_read_is_said() {
        chats(3);
        twilio.user("friend-1").in("chat-1").says("once more");
        try (ConversationsClient client = client(named())) {
            List<ChatRow> rows = client.as("alice").chatList().await().rows();

            assertThat(rows)
                    .isSortedAccordingTo(Comparator.comparing(ChatRow::lastActivity)
                            .reversed()
                            .thenComparing(ChatRow::conversationSid));
            assertThat(rows)
                    .extracting(ChatRow::name, ChatRow::unread)
                    .containsExactlyInAnyOrder(
                            tuple("chat-0", Unread.of(0)),
                            tuple("chat-1", Unread.NEVER_READ),
                            tuple("chat-2", Unread.of(0)));
        }
    }

    @Test
    void fifty_chats_cost_a_call_for_the_list_and_two_for_each_and_half_of_that_the_next_time() {
        chats(50);
        try (ConversationsClient client = client(named())) {
            client.ready().await();
            calls.reset();

            assertThat(client.as("alice").chatList().await().rows()).hasSize(50);
            assertThat(calls.count()).isEqualTo(101);
            assertThat(calls.mostAtOnce()).isLessThanOrEqualTo(8);
            assertThat(asked).hasSize(1);
            assertThat(asked.get(0)).hasSize(50);

            calls.reset();
            assertThat(client.as("alice").chatList().await().rows()).hasSize(50);
            assertThat(calls.count()).isEqualTo(51);
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void with_messages_kept_a_list_that_was_read_costs_one_call() {
        chats(20);
        try (ConversationsClient client = client(named().cacheMessages(10, 1_000_000))) {
            ChatList first = client.as("alice").chatList().await();
            calls.reset();

            assertThat(client.as("alice").chatList().await()).isEqualTo(first);
            assertThat(calls.count()).isEqualTo(1);
        }
    }

    @Test
    void a_client_without_events_keeps_nothing_that_events_would_change() {
        chats(5);
        try (ConversationsClient client = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .httpClient(calls.client())
                .chats(named().cacheMessages(10, 1_000_000).build())
                .build())) {
            client.ready().await();
            client.as("alice").chatList().await();
            calls.reset();

            client.as("alice").chatList().await();

            assertThat(calls.count()).isEqualTo(11);
            assertThatExceptionOfType(UnsupportedByClientException.class)
                    .isThrownBy(() -> client.as("alice").followChatList())
                    .withMessageContaining("EventSources.webhook");
        }
    }

    @Test
    void rows_come_one_by_one_to_who_wants_them_early() {
        chats(12);
        List<ChatRow> arrived = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(12);
        try (ConversationsClient client = client(named())) {
            ChatList list = client.as("alice")
                    .chatList(row -> {
                        arrived.add(row);
                        all.countDown();
                    })
                    .await();
            Patience.await(all);

            assertThat(arrived).containsExactlyInAnyOrderElementsOf(list.rows());
            assertThat(asked.stream().flatMap(Set::stream)).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_resolver_that_fails_is_reported_and_the_list_shows_identities() {
        chats(2);
        try (ConversationsClient client = client(ChatOptions.builder().profiles(ids -> {
            throw new IOException("the user table is gone");
        }))) {
            ChatList list = client.as("alice").chatList().await();

            assertThat(list.rows())
                    .flatExtracting(ChatRow::others)
                    .containsExactlyInAnyOrder(
                            new ChatPerson("friend-0", "friend-0", null, false),
                            new ChatPerson("friend-1", "friend-1", null, false));
            assertThat(reported)
                    .containsExactly("the profile resolver has failed for 2 people, who are shown by their ids");
        }
    }

    @Test
    void jackson_writes_a_list_as_it_is() throws Exception {
        twilio.user("alice").in("general").joins();
        twilio.user("bob").in("general").says("hi", "{\"mood\": \"good\"}");
        try (ConversationsClient client = client(named())) {
            ChatList list = client.as("alice").chatList().await();

            JsonNode row = new ObjectMapper()
                    .readTree(new ObjectMapper().writeValueAsString(list))
                    .at("/rows/0");

            assertThat(row.path("title").textValue()).isEqualTo("general");
            assertThat(row.at("/unread/kind").textValue()).isEqualTo("neverRead");
            assertThat(row.at("/others/0/displayName").textValue()).isEqualTo("Dr. bob");
            assertThat(row.at("/lastMessage/attributes/mood").textValue()).isEqualTo("good");
            assertThat(row.at("/lastActivity").textValue())
                    .isEqualTo(String.valueOf(list.rows().get(0).lastActivity()));
            JsonNode change = new ObjectMapper()
                    .valueToTree(new ChatListChange.Row(list.rows().get(0), 0));
            assertThat(change.path("change").textValue()).isEqualTo("row");
            assertThat(change.at("/row/state").textValue()).isEqualTo("ACTIVE");
            assertThat(new ObjectMapper().valueToTree(Unread.of(3)).toString())
                    .isEqualTo("{\"kind\":\"known\",\"count\":3}");
        }
    }
}
