package io.github.conversations4j.internal.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.LimitExceededException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.commands.Additions;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ParticipantChange;
import org.junit.jupiter.api.Test;

abstract class ParticipantsContract extends Contract {
    private static final String PROXY = "+15550100";

    private final ConversationsApi.Participants participants = api.participants();

    ParticipantsContract(Side side) {
        super(side, ConversationsApi.Participants.class);
    }

    @Test
    @Covers({"add", "fetch"})
    void a_chat_user_is_added_and_found_by_sid_and_identity() {
        String chat = conversation();

        Participant added = answer(participants.add(
                chat,
                NewParticipant.builder()
                        .identity("bob@example.com")
                        .attributes(Attributes.of("{\"seat\":4}"))
                        .build()));

        assertThat(added.identity()).isEqualTo("bob@example.com");
        for (String key : new String[] {added.sid(), "bob@example.com"}) {
            Participant found = answer(participants.fetch(chat, key));
            assertThat(found.sid()).isEqualTo(added.sid());
            assertThat(found.identity()).isEqualTo("bob@example.com");
            assertThat(found.attributes().json()).isEqualTo("{\"seat\":4}");
            assertThat(found.lastReadMessageIndex()).isNull();
        }
    }

    @Test
    @Covers({"add", "fetch"})
    void somebody_at_a_telephone_at_whatsapp_or_with_e_mail_is_added_by_address() {
        String chat = conversation();

        Participant sms = answer(participants.add(chat, NewParticipant.address("+15550003", PROXY)));
        Participant whatsapp =
                answer(participants.add(chat, NewParticipant.address("whatsapp:+15550003", "whatsapp:" + PROXY)));

        MessagingBinding binding =
                requireNonNull(answer(participants.fetch(chat, sms.sid())).messagingBinding());
        assertThat(binding.type()).isEqualTo("sms");
        assertThat(binding.address()).isEqualTo("+15550003");
        assertThat(binding.proxyAddress()).isEqualTo(PROXY);
        assertThat(requireNonNull(whatsapp.messagingBinding()).type()).isEqualTo("whatsapp");
        Participant mail =
                answer(participants.add(chat, NewParticipant.address("carl@example.com", "help@example.com")));
        assertThat(requireNonNull(mail.messagingBinding()).type()).isEqualTo("email");
        assertThat(sms.identity()).isNull();
    }

    @Test
    @Covers("add")
    void somebody_who_is_there_already_and_an_address_in_use_are_conflicts() {
        String chat = conversation("bob");
        answer(participants.add(chat, NewParticipant.address("+15550004", PROXY)));

        assertThat(refusal(ConflictException.class, chat, () -> participants.add(chat, NewParticipant.chat("bob")))
                        .code())
                .hasValue(50433);
        String other = conversation();
        assertThat(refusal(
                                ConflictException.class,
                                other,
                                () -> participants.add(other, NewParticipant.address("+15550004", PROXY)))
                        .code())
                .hasValue(50416);
    }

    @Test
    @Covers({"add", "list", "fetch"})
    void who_is_there_already_is_found() {
        String chat = conversation("bob");
        Additions additions = new Additions(participants);
        NewParticipant phone = NewParticipant.address("+15550008", PROXY);
        Participant first = answer(additions.add(chat, phone));

        assertThat(answer(additions.add(chat, phone)).sid()).isEqualTo(first.sid());
        assertThat(answer(additions.add(chat, NewParticipant.chat("bob"))).identity())
                .isEqualTo("bob");
        String other = conversation();
        refusal(ConflictException.class, other, () -> additions.add(other, phone));
    }

    @Test
    @Covers("add")
    void a_full_conversation_is_a_limit() {
        String chat = conversation();
        for (int i = 0; i < 50; i++) {
            telephone(chat, "+1666000" + (1000 + i));
        }

        refusal(
                LimitExceededException.class,
                chat,
                () -> participants.add(chat, NewParticipant.address("+16660009999", PROXY)));
    }

    @Test
    @Covers("add")
    void only_a_backend_gives_roles() {
        String chat = conversation();
        String role = requireNonNull(
                answer(side.account.participants().fetch(chat, Side.ALICE)).roleSid());
        NewParticipant bob =
                NewParticipant.builder().identity("bob").roleSid(role).build();

        backendOnly(() -> participants.add(chat, bob))
                .ifPresent(added -> assertThat(added.roleSid()).isEqualTo(role));
    }

    @Test
    @Covers({"list", "count"})
    void everybody_is_listed_over_all_pages_and_counted() {
        String chat = conversation("bob", "carl", "dora", "emil");

        assertThat(all(2, page -> participants.list(chat, page)))
                .extracting(Participant::identity)
                .containsExactlyInAnyOrder(Side.ALICE, "bob", "carl", "dora", "emil");
        assertThat(answer(participants.count(chat))).isEqualTo(5);
    }

    @Test
    @Covers({"update", "fetch"})
    void attributes_change_by_sid_and_by_identity() {
        String chat = conversation();
        String sid = answer(participants.fetch(chat, Side.ALICE)).sid();

        for (String key : new String[] {sid, Side.ALICE}) {
            Attributes attributes = Attributes.of("{\"by\":\"" + key + "\"}");
            ParticipantChange change =
                    ParticipantChange.builder().attributes(attributes).build();
            assertThat(answer(participants.update(chat, key, change)).attributes())
                    .isEqualTo(attributes);
            assertThat(answer(participants.fetch(chat, sid)).attributes()).isEqualTo(attributes);
        }
    }

    @Test
    @Covers("update")
    void only_a_backend_changes_addresses() {
        String chat = conversation();
        String sid = telephone(chat, "+15550005");
        ParticipantChange change =
                ParticipantChange.builder().proxyAddress("+15550101").build();

        backendOnly(() -> participants.update(chat, sid, change))
                .ifPresent(
                        now -> assertThat(requireNonNull(now.messagingBinding()).proxyAddress())
                                .isEqualTo("+15550101"));
    }

    @Test
    @Covers({"remove", "fetch"})
    void people_are_removed_by_sid_and_by_identity() {
        String chat = conversation("bob", "carl");
        String bob = answer(participants.fetch(chat, "bob")).sid();

        answer(participants.remove(chat, bob));
        answer(participants.remove(chat, "carl"));

        refusal(NotFoundException.class, "bob", () -> participants.fetch(chat, "bob"));
        refusal(NotFoundException.class, "carl", () -> participants.fetch(chat, "carl"));
    }

    @Test
    @Covers({"fetch", "update", "remove", "list", "add", "count"})
    void who_is_not_there_is_named() {
        String chat = conversation();
        ParticipantChange change =
                ParticipantChange.builder().attributes(Attributes.EMPTY).build();
        for (String nobody : new String[] {"nobody", "MB" + NOWHERE}) {
            refusal(NotFoundException.class, nobody, () -> participants.fetch(chat, nobody));
            refusal(NotFoundException.class, nobody, () -> participants.update(chat, nobody, change));
            refusal(NotFoundException.class, nobody, () -> participants.remove(chat, nobody));
        }
        String nowhere = "CH" + NOWHERE;
        refusal(NotFoundException.class, nowhere, () -> participants.add(nowhere, NewParticipant.chat("bob")));
        refusal(NotFoundException.class, nowhere, () -> participants.list(nowhere, PageRequest.first(9)));
        refusal(NotFoundException.class, nowhere, () -> participants.count(nowhere));
    }
}
