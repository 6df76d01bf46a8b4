package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.ConversationClosedException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.api.ConversationsApi.Who;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class ConversationsContract extends Contract {
    private final ConversationsApi.Conversations conversations = api.conversations();

    ConversationsContract(Side side) {
        super(side, ConversationsApi.Conversations.class);
    }

    private ConversationSnapshot create(String uniqueName) {
        return answer(conversations.create(
                NewConversation.builder().uniqueName(uniqueName).build()));
    }

    @Test
    @Covers({"create", "fetch"})
    void one_is_made_with_names_and_attributes_and_found_by_sid_and_unique_name() {
        ConversationSnapshot made = answer(conversations.create(NewConversation.builder()
                .uniqueName("order 17/a?b")
                .friendlyName("Ordér 17")
                .attributes(Attributes.of("{\"topic\":\"cats\"}"))
                .build()));
        answer(side.mine().join(made.sid()));

        for (String key : List.of(made.sid(), "order 17/a?b")) {
            ConversationSnapshot found = answer(conversations.fetch(key));
            assertThat(found.sid()).isEqualTo(made.sid());
            assertThat(found.uniqueName()).isEqualTo("order 17/a?b");
            assertThat(found.friendlyName()).isEqualTo("Ordér 17");
            assertThat(found.attributes().text("topic")).contains("cats");
            assertThat(found.dateCreated()).isEqualTo(made.dateCreated());
        }
    }

    @Test
    @Covers("fetch")
    void what_is_not_there_is_named() {
        refusal(NotFoundException.class, "CH" + NOWHERE, () -> conversations.fetch("CH" + NOWHERE));
        refusal(NotFoundException.class, "nowhere", () -> conversations.fetch("nowhere"));
    }

    @Test
    @Covers("create")
    void a_unique_name_that_is_taken_is_a_conflict() {
        create("taken");

        assertThat(refusal(
                                ConflictException.class,
                                "create",
                                () -> conversations.create(NewConversation.builder()
                                        .uniqueName("taken")
                                        .build()))
                        .code())
                .hasValue(50353);
    }

    @Test
    @Covers("create")
    void state_and_timers_are_given_by_a_backend() {
        NewConversation wanted = NewConversation.builder()
                .state(ConversationState.INACTIVE)
                .closedAfter(Duration.ofHours(1))
                .build();

        backendOnly(() -> conversations.create(wanted)).ifPresent(made -> {
            assertThat(made.state()).isEqualTo(ConversationState.INACTIVE);
            assertThat(made.dateClosed()).isNotNull();
        });
    }

    @Test
    @Covers("list")
    void all_of_the_service_are_listed_for_a_backend() {
        List<String> made = IntStream.range(0, 3)
                .mapToObj(number -> create("listed " + number).sid())
                .toList();

        backendOnly(() -> conversations.list(PageRequest.first(2)))
                .ifPresent(first -> assertThat(all(2, conversations::list))
                        .extracting(ConversationSnapshot::sid)
                        .containsAll(made)
                        .doesNotHaveDuplicates());
    }

    @Test
    @Covers("listOf")
    void conversations_are_found_by_who_is_in_them_for_a_backend() {
        String chat = conversation("wanda");
        telephone(chat, "+15550007");

        for (Who who : List.of(new Who("wanda", null), new Who(null, "+15550007"))) {
            backendOnly(() -> conversations.listOf(who, PageRequest.first(50)))
                    .ifPresent(found -> assertThat(found.items())
                            .extracting(ConversationSnapshot::sid)
                            .containsExactly(chat));
        }
        backendOnly(() -> conversations.listOf(new Who("nobody", null), PageRequest.first(50)))
                .ifPresent(found -> assertThat(found.items()).isEmpty());
    }

    @Test
    @Covers("createWith")
    void people_come_with_it() {
        NewConversation wanted =
                NewConversation.builder().friendlyName("a party").build();
        List<NewParticipant> people =
                List.of(NewParticipant.chat("bob"), NewParticipant.chat("carl"), NewParticipant.chat("dora"));

        ConversationSnapshot made = answer(conversations.createWith(wanted, people));

        assertThat(made.friendlyName()).isEqualTo("a party");
        assertThat(all(50, page -> side.account.participants().list(made.sid(), page)))
                .extracting(Participant::identity)
                .contains("bob", "carl", "dora");
    }

    @Test
    @Covers({"update", "fetch"})
    void names_and_attributes_change_and_the_rest_stays() {
        String chat = conversation();

        answer(conversations.update(
                chat,
                ConversationChange.builder()
                        .uniqueName("renamed")
                        .attributes(Attributes.of("{\"a\":1}"))
                        .build()));

        ConversationSnapshot now = answer(conversations.fetch(chat));
        assertThat(now.uniqueName()).isEqualTo("renamed");
        assertThat(now.friendlyName()).isEqualTo("a chat");
        assertThat(now.attributes()).isEqualTo(Attributes.of("{\"a\":1}"));
    }

    @Test
    @Covers("update")
    void a_change_of_what_is_not_there_or_to_a_name_that_is_taken_is_refused() {
        String chat = conversation();
        create("somebody else's");
        ConversationChange change =
                ConversationChange.builder().uniqueName("somebody else's").build();

        refusal(ConflictException.class, chat, () -> conversations.update(chat, change));
        refusal(NotFoundException.class, "CH" + NOWHERE, () -> conversations.update("CH" + NOWHERE, change));
    }

    @Test
    @Covers("update")
    void a_backend_closes_it_and_then_nothing_changes_it() {
        String chat = conversation();
        ConversationChange close =
                ConversationChange.builder().state(ConversationState.CLOSED).build();

        ConversationSnapshot closed = backendOnly(() -> conversations.update(chat, close))
                .orElseGet(() -> answer(side.account.conversations().update(chat, close)));

        assertThat(closed.state()).isEqualTo(ConversationState.CLOSED);
        refusal(
                ConversationClosedException.class,
                chat,
                () -> conversations.update(
                        chat, ConversationChange.builder().friendlyName("x").build()));
    }

    @Test
    @Covers({"delete", "fetch"})
    void what_is_deleted_is_gone() {
        String chat = conversation();

        answer(conversations.delete(chat));

        refusal(NotFoundException.class, chat, () -> conversations.fetch(chat));
        refusal(NotFoundException.class, chat, () -> conversations.delete(chat));
    }
}
