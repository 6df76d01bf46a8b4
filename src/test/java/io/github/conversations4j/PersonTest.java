package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.conversations4j.PendingMessage.State;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.ConversationClosedException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.UserConversation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person does, by a client of their own and by a back end that acts as them: the same calls, the same results. */
@ParameterizedClass
@EnumSource
class PersonTest {
    enum By {
        BACKEND,
        PARTICIPANT
    }

    @Parameter
    By by;

    private ConversationsEmulator twilio;
    private ConversationsClient backend;
    private ConversationsClient client;
    private Person alice;

    @BeforeEach
    void start() {
        twilio = ConversationsEmulator.start();
        backend = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .build());
        client = by == By.BACKEND
                ? backend
                : ConversationsClient.start(twilio.participantOptions("alice").build());
        alice = by == By.BACKEND ? client.as("alice") : client.me();
    }

    @AfterEach
    void end() {
        client.close();
        backend.close();
        twilio.close();
    }

    private Conversation chat() {
        return alice.createConversation(NewConversation.builder().build()).await();
    }

    @Test
    void makes_a_conversation_and_is_in_it() {
        Conversation chat = chat();

        assertThat(chat.participants().list().await().items())
                .extracting(Participant::identity)
                .containsExactly("alice");
        assertThat(alice.findConversation(chat.sid()).await()).isEqualTo(chat);
        assertThat(alice.findConversations().await().stream()
                        .map(row -> row.conversation().sid()))
                .containsExactly(chat.sid());
    }

    @Test
    void joins_and_leaves_and_joining_twice_changes_nothing() {
        String sid = backend.createConversation(NewConversation.builder().build())
                .await()
                .sid();
        Conversation chat = alice.conversation(sid);

        chat.join().await();
        chat.join().await();
        assertThat(chat.participants().count().await()).isEqualTo(1);
        chat.leave().await();

        assertThat(backend.conversation(sid).participants().count().await()).isZero();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> alice.findConversation(sid).await())
                .withMessageContaining(sid);
    }

    @Test
    void somebody_who_is_there_already_is_given_as_they_are() {
        Conversation chat = chat();
        Participant bob = chat.participants().add("bob").await();

        assertThat(chat.participants()
                        .add(NewParticipant.builder()
                                .identity("bob")
                                .attributes(Attributes.of("{\"late\":true}"))
                                .build())
                        .await()
                        .sid())
                .isEqualTo(bob.sid());
        assertThat(chat.participants().fetch("bob").await().attributes()).isEqualTo(Attributes.EMPTY);
    }

    @Test
    void makes_a_conversation_with_people_and_one_by_name_once() {
        Conversation party = client.conversations()
                .create(
                        NewConversation.builder().build(),
                        List.of(NewParticipant.chat("bob"), NewParticipant.chat("carl")))
                .await();
        assertThat(party.participants().list().await().items())
                .extracting(Participant::identity)
                .contains("bob", "carl");

        Conversation lobby = alice.createConversation(
                        NewConversation.builder().uniqueName("lobby").build())
                .await();
        assertThat(client.conversations()
                        .getOrCreate(
                                NewConversation.builder().uniqueName("lobby").build())
                        .await())
                .isEqualTo(lobby);
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> alice.createConversation(
                                NewConversation.builder().uniqueName("lobby").build())
                        .await());
    }

    @Test
    void talks_to_another_person_in_one_conversation_and_in_a_new_one_when_that_was_closed() {
        List<Deferred<Conversation>> all = IntStream.range(0, 8)
                .mapToObj(caller -> alice.directConversation("bob"))
                .toList();

        Conversation first = all.get(0).await();
        assertThat(all.stream().map(Deferred::await)).containsOnly(first);
        assertThat(first.participants().list().await().items())
                .extracting(Participant::identity)
                .containsExactlyInAnyOrder("alice", "bob");
        assertThat(backend.as("bob").directConversation("alice").await()).isEqualTo(first);

        backend.conversation(first.sid())
                .update(ConversationChange.builder()
                        .state(ConversationState.CLOSED)
                        .build())
                .await();
        assertThat(alice.directConversation("bob").await()).isNotEqualTo(first);
    }

    @Test
    void sends_as_themselves_and_the_message_carries_an_id() {
        Conversation chat = chat();

        PendingMessage pending = chat.sendMessage("hello");
        Message stored = pending.await();

        assertThat(pending.state()).isEqualTo(State.SENT);
        assertThat(stored.author()).isEqualTo("alice");
        assertThat(stored.clientId()).isEqualTo(pending.clientId()).isPresent();
        assertThat(pending.lookUp().await()).contains(stored);
    }

    @Test
    void nothing_is_sent_to_a_closed_conversation() {
        Conversation chat = chat();
        backend.conversation(chat.sid())
                .update(ConversationChange.builder()
                        .state(ConversationState.CLOSED)
                        .build())
                .await();

        PendingMessage pending = chat.sendMessage("hello");

        assertThatExceptionOfType(ConversationClosedException.class).isThrownBy(pending::await);
        assertThat(pending.state()).isEqualTo(State.FAILED);
    }

    @Test
    void a_body_that_is_too_long_is_refused_with_the_limit() {
        Conversation chat = chat();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat.sendMessage("a".repeat(32 * 1024 + 1)))
                .withMessageContaining("32768");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat.update(ConversationChange.builder()
                        .attributes(Attributes.of("{"))
                        .build()))
                .withMessageContaining("JSON");
        assertThat(chat.messages().count().await()).isZero();
    }

    @Test
    void reads_forwards_backwards_and_not_at_all() {
        Conversation chat = chat();
        assertThat(chat.unread().await()).isEqualTo(Unread.NEVER_READ);
        assertThat(chat.setAllMessagesRead().await()).isEqualTo(Unread.NEVER_READ);
        twilio.user("bob").in(chat.sid()).says("1").says("2").says("3");

        assertThat(chat.advanceLastReadMessageIndex(1).await()).isEqualTo(new Unread.Known(1));
        assertThat(chat.advanceLastReadMessageIndex(0).await()).isEqualTo(new Unread.Known(1));
        assertThat(chat.updateLastReadMessageIndex(0).await()).isEqualTo(new Unread.Known(2));
        assertThat(chat.setAllMessagesRead().await()).isEqualTo(new Unread.Known(0));
        assertThat(alice.findConversations().await().stream().map(UserConversation::unread))
                .containsExactly(new Unread.Known(0));
        assertThat(chat.setAllMessagesUnread().await()).isEqualTo(Unread.NEVER_READ);
    }

    @Test
    void jumps_into_the_middle_of_a_conversation() {
        Conversation chat = chat();
        IntStream.range(0, 9)
                .forEach(number -> chat.sendMessage("message " + number).await());
        String fifth = chat.messages().latest().await().items().get(4).sid();
        chat.messages().remove(fifth).await();

        assertThat(chat.messages().around(5, 2).await())
                .extracting(Message::index)
                .containsExactly(2, 3, 5, 6, 7);
        assertThat(chat.messages().around(4, 2).await())
                .extracting(Message::index)
                .containsExactly(2, 3, 5, 6);
        assertThat(chat.messages().around(100, 3).await())
                .extracting(Message::index)
                .containsExactly(6, 7, 8);
        assertThat(chat.messages().around(Integer.MAX_VALUE, 3).await())
                .extracting(Message::index)
                .containsExactly(6, 7, 8);
    }

    @Test
    void changes_one_key_of_attributes_however_many_do_it_at_once() {
        Conversation chat = chat();
        chat.attributes().set("topic", "cats").await();

        List<Deferred<Attributes>> all = IntStream.range(0, 8)
                .mapToObj(number -> chat.attributes().set("key " + number, number))
                .toList();
        all.forEach(Deferred::await);

        assertThat(chat.fetch().await().attributes().asJson()).hasSize(9);
        assertThat(chat.fetch().await().attributes().text("topic")).contains("cats");
    }

    @Test
    void mutes_and_types_as_far_as_their_client_can() {
        Conversation chat = chat();
        chat.setNotificationLevel(NotificationLevel.MUTED).await();

        assertThat(alice.findConversations()
                        .await()
                        .items()
                        .get(0)
                        .conversation()
                        .mine())
                .satisfies(mine -> assertThat(mine.notificationLevel()).isEqualTo(NotificationLevel.MUTED));
        if (by == By.PARTICIPANT) {
            chat.typing().await();
        } else {
            assertThatExceptionOfType(UnsupportedByClientException.class)
                    .isThrownBy(() -> chat.typing().await())
                    .withMessageContaining("participant's client");
        }
    }
}
