package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.User;
import io.github.conversations4j.model.UserChange;
import org.junit.jupiter.api.Test;

abstract class UsersContract extends Contract {
    private final ConversationsApi.Users users = api.users();

    UsersContract(Side side) {
        super(side, ConversationsApi.Users.class);
    }

    private User known(String identity) {
        return answer(side.account
                .users()
                .create(
                        identity,
                        UserChange.builder()
                                .friendlyName("The " + identity)
                                .attributes(Attributes.of("{\"avatar\":\"a.png\"}"))
                                .build()));
    }

    @Test
    @Covers("fetch")
    void a_user_is_found_by_identity() {
        known("zoe/1");

        User found = answer(users.fetch("zoe/1"));

        assertThat(found.identity()).isEqualTo("zoe/1");
        assertThat(found.friendlyName()).isEqualTo("The zoe/1");
        assertThat(found.attributes().text("avatar")).contains("a.png");
    }

    @Test
    @Covers("fetch")
    void a_user_is_found_by_sid() {
        String sid = known("yann").sid();

        assertThat(answer(users.fetch(sid)).identity()).isEqualTo("yann");
    }

    @Test
    @Covers("list")
    void users_are_listed_for_a_backend() {
        known("xenia");

        backendOnly(() -> users.list(PageRequest.first(1)))
                .ifPresent(first -> assertThat(all(1, users::list))
                        .extracting(User::identity)
                        .contains("xenia"));
    }

    @Test
    @Covers("create")
    void a_user_is_made_once_by_a_backend() {
        UserChange details = UserChange.builder().friendlyName("Will").build();

        backendOnly(() -> users.create("will", details)).ifPresent(made -> {
            assertThat(made.friendlyName()).isEqualTo("Will");
            assertThat(refusal(ConflictException.class, "will", () -> users.create("will", details))
                            .code())
                    .hasValue(50201);
        });
    }

    @Test
    @Covers("update")
    void name_and_attributes_of_oneself_change() {
        answer(users.update(
                Side.ALICE,
                UserChange.builder()
                        .friendlyName("Alice A.")
                        .attributes(Attributes.of("{\"avatar\":\"b.png\"}"))
                        .build()));

        User now = answer(side.account.users().fetch(Side.ALICE));
        assertThat(now.friendlyName()).isEqualTo("Alice A.");
        assertThat(now.attributes().text("avatar")).contains("b.png");
    }

    @Test
    @Covers("delete")
    void a_backend_deletes_users() {
        known("vera");

        if (side.backend) {
            answer(users.delete("vera"));
            refusal(NotFoundException.class, "vera", () -> users.fetch("vera"));
            refusal(NotFoundException.class, "vera", () -> users.delete("vera"));
        } else {
            backendOnly(() -> users.delete("vera"));
        }
    }

    @Test
    @Covers({"fetch", "update"})
    void who_is_not_there_is_named() {
        UserChange change = UserChange.builder().friendlyName("x").build();
        for (String nobody : new String[] {"nobody", "US" + NOWHERE}) {
            refusal(NotFoundException.class, nobody, () -> users.fetch(nobody));
            refusal(NotFoundException.class, nobody, () -> users.update(nobody, change));
        }
    }
}
