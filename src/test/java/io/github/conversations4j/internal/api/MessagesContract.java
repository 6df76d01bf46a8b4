package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.ConversationClosedException;
import io.github.conversations4j.error.LimitExceededException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.NewMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class MessagesContract extends Contract {
    private static final String NO_MESSAGE = "IM" + NOWHERE;

    private final ConversationsApi.Messages messages = api.messages();

    MessagesContract(Side side) {
        super(side, ConversationsApi.Messages.class);
    }

    private List<Integer> indexes(String chat, Order order, Integer from, int pageSize) {
        return all(pageSize, page -> messages.list(chat, order, from, page)).stream()
                .map(Message::index)
                .toList();
    }

    @Test
    @Covers({"send", "fetch"})
    void what_is_sent_is_stored_as_it_was_given() {
        String chat = conversation();

        Message sent = answer(send(
                chat,
                NewMessage.builder()
                        .body("grüß 🙂")
                        .attributes(Attributes.of("{\"price\": 1.10}"))
                        .build()));

        assertThat(sent.body()).isEqualTo("grüß 🙂");
        assertThat(sent.index()).isZero();
        Message found = answer(messages.fetch(chat, sent.sid()));
        assertThat(found.sid()).isEqualTo(sent.sid());
        assertThat(found.conversationSid()).isEqualTo(chat);
        assertThat(found.author()).isEqualTo(side.backend ? "system" : Side.ALICE);
        assertThat(found.body()).isEqualTo("grüß 🙂");
        assertThat(found.attributes().json()).isEqualTo("{\"price\": 1.10}");
        assertThat(found.media()).isEmpty();
        assertThat(found.delivery()).isNull();
    }

    @Test
    @Covers({"send", "count"})
    void only_a_backend_writes_as_somebody_else() {
        String chat = conversation("bob");
        NewMessage message = NewMessage.text("x").withAuthor("bob");

        if (side.backend) {
            assertThat(answer(send(chat, message)).author()).isEqualTo("bob");
        } else {
            refusal(UnsupportedByClientException.class, "bob", () -> send(chat, message));
        }
        assertThat(answer(messages.count(chat))).isEqualTo(side.backend ? 1 : 0);
    }

    @Test
    @Covers("send")
    void a_message_from_a_template_carries_it() {
        NewMessage message = NewMessage.builder()
                .contentSid("HX" + NOWHERE)
                .contentVariables(java.util.Map.of("1", "Ada"))
                .build();

        assertThat(answer(send(conversation(), message)).contentSid()).isEqualTo("HX" + NOWHERE);
    }

    @Test
    @Covers("send")
    void nothing_is_sent_to_where_nobody_is() {
        refusal(NotFoundException.class, "CH" + NOWHERE, () -> send("CH" + NOWHERE, NewMessage.text("x")));
    }

    @Test
    @Covers({"send", "update", "remove"})
    void nothing_is_sent_to_a_closed_conversation_or_changed_in_it() {
        String chat = conversation();
        String said = say(chat, 1).get(0);
        answer(side.account
                .conversations()
                .update(
                        chat,
                        ConversationChange.builder()
                                .state(ConversationState.CLOSED)
                                .build()));

        refusal(ConversationClosedException.class, chat, () -> send(chat, NewMessage.text("x")));
        refusal(
                ConversationClosedException.class,
                said,
                () -> messages.update(
                        chat, said, MessageChange.builder().body("x").build()));
        answer(messages.remove(chat, said));
    }

    @Test
    @Covers({"send", "update"})
    void what_is_too_large_is_a_limit_and_not_a_bad_request() {
        String chat = conversation();
        String said = say(chat, 1).get(0);
        NewMessage longBody = NewMessage.text("a".repeat(32 * 1024 + 1));
        Attributes large = Attributes.of("{\"a\":\"" + "b".repeat(4 * 1024) + "\"}");

        assertThat(refusal(LimitExceededException.class, chat, () -> send(chat, longBody))
                        .code())
                .hasValue(50504);
        refusal(
                LimitExceededException.class,
                chat,
                () -> send(chat, NewMessage.text("x").withAttributes(large)));
        refusal(
                LimitExceededException.class,
                said,
                () -> messages.update(
                        chat, said, MessageChange.builder().attributes(large).build()));
    }

    @Test
    @Covers("send")
    void attributes_that_are_no_json_are_refused_with_their_code() {
        String chat = conversation();
        NewMessage broken = NewMessage.text("x").withAttributes(Attributes.of("{"));

        assertThat(refusal(TwilioApiException.class, chat, () -> send(chat, broken))
                        .code())
                .hasValue(50304);
    }

    @Test
    @Covers("list")
    void a_list_goes_from_either_end_or_from_an_index_on_over_all_pages() {
        String chat = conversation();
        List<String> said = say(chat, 7);
        answer(messages.remove(chat, said.get(3)));

        assertThat(indexes(chat, Order.ASCENDING, null, 2)).containsExactly(0, 1, 2, 4, 5, 6);
        assertThat(indexes(chat, Order.DESCENDING, null, 4)).containsExactly(6, 5, 4, 2, 1, 0);
        assertThat(answer(messages.list(chat, Order.ASCENDING, 3, PageRequest.first(50)))
                        .items())
                .extracting(Message::index)
                .containsExactly(4, 5, 6);
        assertThat(answer(messages.list(chat, Order.DESCENDING, 3, PageRequest.first(50)))
                        .items())
                .extracting(Message::index)
                .containsExactly(2, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    @Covers("list")
    void an_empty_list_and_one_past_its_end_are_empty(Order order) {
        String chat = conversation();
        assertThat(indexes(chat, order, null, 10)).isEmpty();
        assertThat(indexes(chat, order, 5, 10)).isEmpty();
        say(chat, 1);
        assertThat(indexes(chat, order, order == Order.ASCENDING ? 1 : 0, 10))
                .isEqualTo(order == Order.ASCENDING ? List.of() : List.of(0));
    }

    @Test
    @Covers({"list", "pages"})
    void pages_are_counted() {
        String chat = conversation();
        say(chat, 3);
        long before = messages.pages();
        indexes(chat, Order.ASCENDING, null, 2);
        assertThat(messages.pages() - before).isGreaterThanOrEqualTo(2);
    }

    @Test
    @Covers("beginsAnywhere")
    void the_socket_begins_in_the_middle_and_rest_does_not() {
        assertThat(messages.beginsAnywhere()).isEqualTo(!side.backend);
    }

    @Test
    @Covers({"fetch", "list", "update", "remove", "count", "receipts"})
    void what_is_not_there_is_named() {
        String chat = conversation();
        MessageChange change = MessageChange.builder().body("x").build();

        refusal(NotFoundException.class, NO_MESSAGE, () -> messages.fetch(chat, NO_MESSAGE));
        refusal(NotFoundException.class, NO_MESSAGE, () -> messages.update(chat, NO_MESSAGE, change));
        refusal(NotFoundException.class, NO_MESSAGE, () -> messages.remove(chat, NO_MESSAGE));
        refusal(NotFoundException.class, NO_MESSAGE, () -> messages.receipts(chat, NO_MESSAGE, PageRequest.first(9)));
        String nowhere = "CH" + NOWHERE;
        refusal(
                NotFoundException.class,
                nowhere,
                () -> messages.list(nowhere, Order.ASCENDING, null, PageRequest.first(9)));
        refusal(NotFoundException.class, nowhere, () -> messages.count(nowhere));
    }

    @Test
    @Covers({"update", "fetch"})
    void text_and_attributes_change_and_the_rest_stays() {
        String chat = conversation();
        String said = say(chat, 1).get(0);

        answer(messages.update(chat, said, MessageChange.builder().body("hallo").build()));
        answer(messages.update(
                chat,
                said,
                MessageChange.builder().attributes(Attributes.of("{\"a\":1}")).build()));

        Message now = answer(messages.fetch(chat, said));
        assertThat(now.body()).isEqualTo("hallo");
        assertThat(now.attributes()).isEqualTo(Attributes.of("{\"a\":1}"));
        assertThat(now.index()).isZero();
    }

    @Test
    @Covers("update")
    void only_a_backend_changes_the_author() {
        String chat = conversation();
        String said = say(chat, 1).get(0);
        MessageChange change = MessageChange.builder().author("bob").build();

        backendOnly(() -> messages.update(chat, said, change))
                .ifPresent(now -> assertThat(now.author()).isEqualTo("bob"));
    }

    @Test
    @Covers({"remove", "count", "fetch"})
    void a_removed_message_is_gone_and_not_counted() {
        String chat = conversation();
        List<String> said = say(chat, 3);
        assertThat(answer(messages.count(chat))).isEqualTo(3);

        answer(messages.remove(chat, said.get(1)));

        assertThat(answer(messages.count(chat))).isEqualTo(2);
        refusal(NotFoundException.class, said.get(1), () -> messages.fetch(chat, said.get(1)));
    }

    @Test
    @Covers("receipts")
    void a_message_to_chat_users_has_no_receipts() {
        String chat = conversation("bob");
        String said = say(chat, 1).get(0);

        assertThat(answer(messages.receipts(chat, said, PageRequest.first(50))))
                .isEqualTo(new Slice<>(List.of(), null));
    }
}
