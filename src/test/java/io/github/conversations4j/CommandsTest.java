package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.conversations4j.PendingMessage.State;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.Role;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.User;
import io.github.conversations4j.model.UserChange;
import io.github.conversations4j.tests.Patience;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a backend does, on the emulator. */
class CommandsTest {
    private static ConversationsEmulator twilio;
    private static ConversationsClient client;

    @BeforeAll
    static void start() {
        twilio = ConversationsEmulator.start();
        client = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .build());
    }

    @AfterAll
    static void stop() {
        client.close();
        twilio.close();
    }

    private static Conversation conversation(String... identities) {
        Conversation made =
                client.createConversation(NewConversation.builder().build()).await();
        for (String identity : identities) {
            made.participants().add(identity).await();
        }
        return made;
    }

    @Test
    void a_conversation_is_found_by_sid_and_by_unique_name() {
        Conversation made = client.createConversation(NewConversation.builder()
                        .uniqueName("order-17")
                        .friendlyName("Order 17")
                        .build())
                .await();

        assertThat(client.findConversation("order-17").await()).isEqualTo(made);
        assertThat(client.findConversation(made.sid()).await()).isEqualTo(made);
        assertThat(made.fetch().await().friendlyName()).isEqualTo("Order 17");
    }

    @Test
    void what_is_not_there_is_named() {
        String unknown = "CH" + "0".repeat(32);

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client.findConversation("nowhere").await())
                .withMessageContaining("nowhere");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client.conversation(unknown).fetch().await())
                .withMessageContaining(unknown);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client.as("nobody").findConversations().await())
                .withMessageContaining("nobody");
    }

    @Test
    void a_name_that_is_taken_is_a_conflict() {
        NewConversation wanted = NewConversation.builder().uniqueName("taken").build();
        client.createConversation(wanted).await();

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> client.createConversation(wanted).await())
                .satisfies(conflict -> assertThat(conflict.code()).hasValue(50353));
    }

    @Test
    void a_list_goes_on_over_all_pages_and_can_be_read_again() {
        Conversation chat = conversation();
        IntStream.range(0, 25)
                .forEach(number -> chat.sendMessage("message " + number).await());

        Page<Message> first = chat.messages().oldest(10).await();

        assertThat(first.items()).hasSize(10);
        assertThat(first.hasNext()).isTrue();
        assertThat(first.next().await().items())
                .first()
                .extracting(Message::index)
                .isEqualTo(10);
        List<String> bodies = first.stream().map(Message::body).toList();
        assertThat(bodies)
                .containsExactlyElementsOf(IntStream.range(0, 25)
                        .mapToObj(number -> "message " + number)
                        .toList());
        assertThat(first.stream().map(Message::body)).isEqualTo(bodies);
    }

    @Test
    void messages_are_read_from_either_end_and_around_an_index() {
        Conversation chat = conversation();
        IntStream.range(0, 12)
                .forEach(number -> chat.sendMessage("message " + number).await());

        assertThat(chat.messages().latest(3).await().items())
                .extracting(Message::index)
                .containsExactly(11, 10, 9);
        assertThat(chat.messages().before(7, 3).await().items())
                .extracting(Message::index)
                .contains(6);
        assertThat(chat.messages().after(7, 3).await().items())
                .extracting(Message::index)
                .contains(8);
    }

    @Test
    void a_person_joins_once_and_leaves() {
        Conversation chat = client.as("alice").conversation(conversation().sid());

        chat.join().await();
        chat.join().await();

        assertThat(chat.participants().list().await().items())
                .extracting(Participant::identity)
                .containsExactly("alice");
        chat.leave().await();
        assertThat(chat.participants().list().await().items()).isEmpty();
    }

    @Test
    void somebody_who_is_there_already_is_given_as_they_are() {
        Conversation chat = conversation();
        Participant first = chat.participants().add("alice").await();

        assertThat(chat.participants().add("alice").await()).isEqualTo(first);
    }

    @Test
    void a_person_sends_as_author_and_nobody_else() {
        Conversation chat = conversation("alice");
        Conversation asAlice = client.as("alice").conversation(chat.sid());

        assertThat(asAlice.sendMessage("hello").await().author()).isEqualTo("alice");
        assertThat(chat.sendMessage("from the house").await().author()).isEqualTo("system");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> asAlice.sendMessage(
                        NewMessage.builder().body("x").author("bob").build()))
                .withMessageContaining("alice cannot write as bob");
    }

    @Test
    void a_message_that_was_sent_has_its_client_id_and_the_attributes_of_the_user() {
        PendingMessage pending = conversation()
                .sendMessage(NewMessage.builder()
                        .body("hello")
                        .attributes(Attributes.of("{\"price\": 1.10}"))
                        .build());

        Message stored = pending.await();

        assertThat(pending.state()).isEqualTo(State.SENT);
        assertThat(stored.clientId()).isEqualTo(pending.clientId()).isPresent();
        assertThat(stored.attributes().json()).startsWith("{\"price\": 1.10,");
        assertThat(stored.attributes().as(Price.class)).isEqualTo(new Price(1.1));
        assertThat(client.isOwn(stored)).isTrue();
    }

    record Price(double price) {}

    @Test
    void what_is_refused_fails_the_message() {
        PendingMessage pending = client.conversation("CH" + "0".repeat(32)).sendMessage("hello");

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(pending::await);
        assertThat(pending.state()).isEqualTo(State.FAILED);
        assertThat(pending.failure()).containsInstanceOf(NotFoundException.class);
    }

    @Test
    void a_client_that_nobody_tells_anything_keeps_no_message_that_was_sent() {
        WeakReference<PendingMessage> sent = sent(conversation());

        Patience.until(() -> {
            System.gc();
            return sent.get() == null;
        });
    }

    /** On a frame of its own, so that none of the test's variables holds the message. */
    private static WeakReference<PendingMessage> sent(Conversation chat) {
        PendingMessage pending = chat.sendMessage("hello");
        pending.await();
        return new WeakReference<>(pending);
    }

    @Test
    void an_address_that_is_there_already_is_given_as_it_is() {
        Conversation chat = conversation();
        NewParticipant again = NewParticipant.builder()
                .messagingBinding(
                        NewParticipant.address("+15550021", "+15550100").messagingBinding())
                .attributes(Attributes.of("{\"second\":true}"))
                .build();

        Participant phone =
                chat.participants().addAddress("+15550021", "+15550100").await();
        Participant other =
                chat.participants().addAddress("+15550021", "+15550101").await();

        assertThat(chat.participants().add(again).await()).isEqualTo(phone).isNotEqualTo(other);
        Conversation elsewhere = conversation();
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> elsewhere
                        .participants()
                        .addAddress("+15550021", "+15550100")
                        .await());
    }

    @Test
    void a_conversation_is_made_with_everybody_once() {
        List<NewParticipant> once = Stream.concat(
                        IntStream.range(0, 6).mapToObj(number -> NewParticipant.chat("guest " + number)),
                        Stream.of(NewParticipant.address("+15550022", "+15550100")))
                .toList();
        List<NewParticipant> people =
                Stream.concat(once.stream(), once.stream()).toList();

        Conversation chat = client.conversations()
                .create(NewConversation.builder().build(), people)
                .await();

        assertThat(chat.participants().count().await()).isEqualTo(7);
    }

    @Test
    void attributes_that_only_the_id_of_the_library_makes_too_large_say_so() {
        NewMessage message = NewMessage.builder()
                .body("hello")
                .attributes(Attributes.of("{\"a\":\"" + "x".repeat(4_050) + "\"}"))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> conversation().sendMessage(message))
                .withMessageStartingWith("attributes with the id that this library adds")
                .withMessageContaining("4096");
    }

    @Test
    void the_read_horizon_never_goes_back_unless_it_is_set() {
        Conversation chat = conversation("alice", "bob");
        IntStream.range(0, 5)
                .forEach(number -> client.as("bob")
                        .conversation(chat.sid())
                        .sendMessage("message " + number)
                        .await());
        Conversation alice = client.as("alice").conversation(chat.sid());

        assertThat(alice.unread().await()).isEqualTo(Unread.NEVER_READ);
        assertThat(alice.advanceLastReadMessageIndex(3).await()).isEqualTo(new Unread.Known(1));
        assertThat(alice.advanceLastReadMessageIndex(1).await()).isEqualTo(new Unread.Known(1));
        assertThat(alice.updateLastReadMessageIndex(1).await()).isEqualTo(new Unread.Known(3));
        assertThat(alice.setAllMessagesRead().await()).isEqualTo(new Unread.Known(0));
        assertThat(alice.setAllMessagesUnread().await()).isEqualTo(Unread.NEVER_READ);
    }

    @Test
    void what_only_a_person_can_do_needs_one() {
        Conversation chat = conversation();

        assertThatExceptionOfType(UnsupportedByClientException.class)
                .isThrownBy(() -> chat.join().await())
                .withMessageContaining("client.as(identity)");
        for (Conversation handle : List.of(chat, client.as("alice").conversation(chat.sid()))) {
            assertThatExceptionOfType(UnsupportedByClientException.class)
                    .isThrownBy(() -> handle.typing().await())
                    .withMessageContaining("participant's client")
                    .withMessageNotContaining("client.as");
        }
    }

    @Test
    void one_key_of_the_attributes_changes_and_the_others_stay() {
        Conversation chat = client.createConversation(NewConversation.builder()
                        .attributes(Attributes.of("{\"topic\":\"cats\"}"))
                        .build())
                .await();

        chat.attributes().set("color", "red").await();
        chat.attributes().set("size", 3).await();
        chat.attributes().remove("color").await();

        ConversationSnapshot now = chat.fetch().await();
        assertThat(now.attributes().json()).isEqualTo("{\"topic\":\"cats\",\"size\":3}");
    }

    @Test
    void a_key_takes_a_value_of_any_type() {
        Conversation chat = conversation();

        chat.attributes().set("at", 5L).await();
        chat.attributes().set("share", 1.5f).await();
        Attributes all = chat.attributes().set("raw", new byte[] {1}).await();

        assertThat(all.json()).isEqualTo("{\"at\":5,\"share\":1.5,\"raw\":\"AQ==\"}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat.attributes().set("it", new Object()))
                .withMessageContaining("java.lang.Object");
    }

    @Test
    void a_conversation_is_got_or_created_by_one_of_many() {
        NewConversation wanted = NewConversation.builder().uniqueName("lobby").build();

        List<Deferred<Conversation>> all = IntStream.range(0, 16)
                .mapToObj(caller -> client.conversations().getOrCreate(wanted))
                .toList();

        assertThat(all.stream().map(Deferred::await).distinct()).hasSize(1);
    }

    @Test
    void a_direct_conversation_is_never_doubled() {
        List<Deferred<Conversation>> all = IntStream.range(0, 16)
                .mapToObj(caller -> caller % 2 == 0
                        ? client.conversations().direct("romeo", "juliet")
                        : client.as("juliet").directConversation("romeo"))
                .toList();

        List<Conversation> found = all.stream().map(Deferred::await).distinct().toList();

        assertThat(found).hasSize(1);
        assertThat(found.get(0).participants().list().await().items())
                .extracting(Participant::identity)
                .containsExactlyInAnyOrder("romeo", "juliet");
    }

    @Test
    void a_direct_conversation_that_was_left_half_made_is_completed_and_a_closed_one_followed_by_another() {
        Conversation first = client.conversations().direct("ada", "bob").await();
        first.participants().remove("bob").await();

        assertThat(client.conversations().direct("bob", "ada").await()).isEqualTo(first);
        assertThat(first.participants().count().await()).isEqualTo(2);

        first.update(ConversationChange.builder()
                        .state(ConversationState.CLOSED)
                        .build())
                .await();
        Conversation second = client.conversations().direct("ada", "bob").await();
        assertThat(second).isNotEqualTo(first);
        assertThat(client.conversations().direct("bob", "ada").await()).isEqualTo(second);
    }

    @Test
    void nobody_is_in_a_direct_conversation_with_themselves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.conversations().direct("ada", "ada"))
                .withMessageContaining("two people");
    }

    @Test
    void people_come_with_the_conversation_however_many_they_are() {
        for (int size : new int[] {1, 3, 10, 12}) {
            List<NewParticipant> people = IntStream.range(0, size)
                    .mapToObj(number -> NewParticipant.chat("guest-" + number))
                    .toList();

            Conversation party = client.conversations()
                    .create(NewConversation.builder().build(), people)
                    .await();

            assertThat(party.participants().count().await()).isEqualTo(size);
        }
    }

    @Test
    void conversations_are_found_by_who_is_in_them() {
        Conversation chat = conversation("wanda");
        chat.participants().addAddress("+15550001", "+15550100").await();

        assertThat(client.conversations().ofIdentity("wanda").await().items())
                .extracting(ConversationSnapshot::sid)
                .containsExactly(chat.sid());
        assertThat(client.conversations().ofAddress("+15550001").await().items())
                .extracting(ConversationSnapshot::sid)
                .containsExactly(chat.sid());
    }

    @Test
    void a_text_that_is_too_long_for_sms_names_the_limit_and_is_not_sent() {
        Conversation chat = conversation("alice");
        String text = "a".repeat(1601);
        chat.sendMessage(text).await();
        chat.participants().addAddress("+15550002", "+15550100").await();

        PendingMessage refused = chat.sendMessage(text);

        assertThatIllegalArgumentException()
                .isThrownBy(refused::await)
                .withMessageContaining("1600")
                .withMessageContaining("+15550002");
        assertThat(chat.messages().count().await()).isEqualTo(1);
    }

    @Test
    void users_are_made_changed_and_deleted() {
        client.users()
                .createOrUpdate("zoe", UserChange.builder().friendlyName("Zoe").build())
                .await();
        client.users()
                .createOrUpdate(
                        "zoe",
                        UserChange.builder()
                                .attributes(Attributes.of("{\"avatar\":\"z.png\"}"))
                                .build())
                .await();

        User zoe = client.users().fetch("zoe").await();
        assertThat(zoe.friendlyName()).isEqualTo("Zoe");
        assertThat(zoe.attributes().text("avatar")).contains("z.png");

        client.users().delete("zoe").await();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client.users().fetch("zoe").await());
    }

    @Test
    void roles_are_made_changed_and_deleted() {
        Role role = client.roles()
                .create("reader", Role.Scope.CONVERSATION, Set.of("sendMessage", "leaveConversation"))
                .await();

        assertThat(client.roles().list().await().stream()).contains(role);
        assertThat(client.roles()
                        .update(role.sid(), Set.of("leaveConversation"))
                        .await()
                        .permissions())
                .containsExactly("leaveConversation");
        client.roles().delete(role.sid()).await();
        assertThat(client.roles().list().await().stream().map(Role::sid)).doesNotContain(role.sid());
    }

    @Test
    void twilio_java_works_over_the_same_connections() {
        Conversation chat = conversation();

        assertThat(com.twilio.rest.conversations.v1.Conversation.fetcher(chat.sid())
                        .fetch(client.twilio())
                        .getSid())
                .isEqualTo(chat.sid());
    }
}
