package io.github.conversations4j.internal.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.UserConversation;
import io.github.conversations4j.tests.Patience;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

abstract class MineContract extends Contract {
    private static final String NO_CHAT = "CH" + NOWHERE;

    private final ConversationsApi.Mine mine = side.mine();

    MineContract(Side side) {
        super(side, ConversationsApi.Mine.class);
    }

    private String made(String uniqueName) {
        return answer(api.conversations()
                        .create(NewConversation.builder().uniqueName(uniqueName).build()))
                .sid();
    }

    @Test
    @Covers({"list", "fetch"})
    void the_own_conversations_are_listed_with_what_is_unread() {
        String chat = conversation("bob");
        String other = conversation();
        answer(side.account.conversations().create(NewConversation.builder().build()));
        side.twilio.user("bob").in(chat).says("one").says("two");
        answer(mine.setLastReadMessageIndex(chat, 0));

        assertThat(all(1, mine::list))
                .filteredOn(row -> row.conversation().sid().equals(chat))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.conversation().friendlyName()).isEqualTo("a chat");
                    assertThat(row.unread()).isEqualTo(new Unread.Known(1));
                    assertThat(requireNonNull(row.conversation().mine()).lastReadMessageIndex())
                            .isZero();
                });
        assertThat(all(50, mine::list))
                .filteredOn(row -> row.conversation().sid().equals(other))
                .extracting(UserConversation::unread)
                .containsExactly(Unread.NEVER_READ);
        assertThat(answer(mine.fetch(chat)).unread()).isEqualTo(new Unread.Known(1));
    }

    @Test
    @Covers({"join", "fetch"})
    void one_joins_once_and_finds_the_conversation_by_sid_and_unique_name() {
        String chat = made("joined");

        Participant joined = answer(mine.join(chat));

        assertThat(joined.identity()).isEqualTo(Side.ALICE);
        assertThat(answer(mine.fetch(chat)).conversation().uniqueName()).isEqualTo("joined");
        assertThat(answer(mine.fetch("joined")).conversation().sid()).isEqualTo(chat);
        assertThat(refusal(ConflictException.class, chat, () -> mine.join(chat)).code())
                .hasValue(50433);
    }

    @Test
    @Covers({"leave", "fetch"})
    void who_leaves_is_no_longer_there() {
        String chat = conversation("bob");

        answer(mine.leave(chat));

        refusal(NotFoundException.class, chat, () -> mine.fetch(chat));
        assertThat(all(50, page -> side.account.participants().list(chat, page)))
                .extracting(Participant::identity)
                .containsExactly("bob");
    }

    @Test
    @Covers({"setLastReadMessageIndex", "fetch"})
    void the_read_horizon_goes_where_it_is_set_and_away() {
        String chat = conversation("bob");
        side.twilio.user("bob").in(chat).says("one").says("two").says("three");

        assertThat(answer(mine.fetch(chat)).unread()).isEqualTo(Unread.NEVER_READ);
        assertThat(answer(mine.setLastReadMessageIndex(chat, 1))).isEqualTo(new Unread.Known(1));
        assertThat(answer(mine.setLastReadMessageIndex(chat, 0))).isEqualTo(new Unread.Known(2));
        assertThat(answer(mine.setLastReadMessageIndex(chat, null))).isEqualTo(Unread.NEVER_READ);
        assertThat(answer(mine.fetch(chat)).unread()).isEqualTo(Unread.NEVER_READ);
    }

    @Test
    @Covers("setNotificationLevel")
    void a_conversation_is_muted_and_heard_again() {
        String chat = conversation();
        for (NotificationLevel level : new NotificationLevel[] {NotificationLevel.MUTED, NotificationLevel.DEFAULT}) {
            answer(mine.setNotificationLevel(chat, level));
            assertThat(answer(side.account.mine(Side.ALICE).fetch(chat))
                            .conversation()
                            .mine())
                    .satisfies(now ->
                            assertThat(requireNonNull(now).notificationLevel()).isEqualTo(level));
        }
    }

    @Test
    @Covers("typing")
    void only_a_participant_types() {
        String chat = conversation("bob");

        if (side.backend) {
            refusal(UnsupportedByClientException.class, "participant's client", () -> mine.typing(chat));
        } else {
            assertThat(answer(mine.typing(chat))).isPositive();
        }
    }

    @Test
    @Covers("fetch")
    void a_participant_acts_as_nobody_else() {
        String chat = conversation("bob");

        if (side.backend) {
            assertThat(answer(api.mine("bob").fetch(chat)).conversation().sid()).isEqualTo(chat);
            refusal(
                    UnsupportedByClientException.class,
                    "client.as(identity)",
                    () -> api.mine(null).fetch(chat));
        } else {
            refusal(
                    UnsupportedByClientException.class,
                    "bob",
                    () -> api.mine("bob").fetch(chat));
        }
    }

    @Test
    @Covers({"fetch", "join", "leave", "setLastReadMessageIndex", "setNotificationLevel"})
    void what_is_not_there_is_named() {
        refusal(NotFoundException.class, NO_CHAT, () -> mine.fetch(NO_CHAT));
        refusal(NotFoundException.class, "nowhere", () -> mine.fetch("nowhere"));
        refusal(NotFoundException.class, NO_CHAT, () -> mine.join(NO_CHAT));
        refusal(NotFoundException.class, NO_CHAT, () -> mine.leave(NO_CHAT));
        refusal(NotFoundException.class, NO_CHAT, () -> mine.setLastReadMessageIndex(NO_CHAT, 1));
        refusal(NotFoundException.class, NO_CHAT, () -> mine.setNotificationLevel(NO_CHAT, NotificationLevel.MUTED));
    }

    @Test
    @Covers({"leave", "setLastReadMessageIndex"})
    void who_is_not_in_it_cannot_leave_or_read_it() {
        String chat = answer(side.account
                        .conversations()
                        .create(NewConversation.builder().build()))
                .sid();
        answer(side.account.participants().add(chat, NewParticipant.chat("bob")));

        refusal(NotFoundException.class, chat, () -> mine.leave(chat));
        refusal(NotFoundException.class, chat, () -> mine.setLastReadMessageIndex(chat, 1));
    }

    @Test
    @Covers("followed")
    void who_follows_conversations_tells_of_them_without_asking() {
        String chat = conversation("bob");

        // A conversation that was made just now is followed as soon as the service has told of it.
        Patience.until(() -> side.backend
                || answer(mine.followed()).orElseThrow().stream()
                        .anyMatch(followed -> followed.conversation().sid().equals(chat)));
        Optional<List<ConversationsApi.Followed>> followed = answer(mine.followed());
        if (side.backend) {
            assertThat(followed).isEmpty();
        } else {
            assertThat(followed.orElseThrow())
                    .filteredOn(one -> one.conversation().sid().equals(chat))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.conversation().friendlyName()).isEqualTo("a chat");
                        assertThat(one.participants())
                                .extracting(Participant::identity)
                                .contains(Side.ALICE);
                    });
        }
    }
}
