package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.model.Role;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class RolesContract extends Contract {
    private final ConversationsApi.Roles roles = api.roles();

    RolesContract(Side side) {
        super(side, ConversationsApi.Roles.class);
    }

    private String role(String name) {
        return answer(side.account.roles().create(name, Role.Scope.CONVERSATION, Set.of("sendMessage")))
                .sid();
    }

    @Test
    @Covers("create")
    void a_backend_makes_roles() {
        backendOnly(() -> roles.create("writer", Role.Scope.SERVICE, Set.of("createConversation")))
                .ifPresent(made -> {
                    assertThat(made.friendlyName()).isEqualTo("writer");
                    assertThat(made.scope()).isEqualTo(Role.Scope.SERVICE);
                    assertThat(made.permissions()).containsExactly("createConversation");
                });
    }

    @Test
    @Covers("list")
    void a_backend_lists_roles() {
        String made = role("listed");

        backendOnly(() -> roles.list(PageRequest.first(2)))
                .ifPresent(first ->
                        assertThat(all(2, roles::list)).extracting(Role::sid).contains(made));
    }

    @Test
    @Covers("fetch")
    void a_backend_finds_roles() {
        String made = role("found");

        backendOnly(() -> roles.fetch(made))
                .ifPresent(found -> assertThat(found.friendlyName()).isEqualTo("found"));
    }

    @Test
    @Covers("update")
    void a_backend_changes_what_a_role_allows() {
        String made = role("changed");

        backendOnly(() -> roles.update(made, Set.of("leaveConversation")))
                .ifPresent(now -> assertThat(now.permissions()).containsExactly("leaveConversation"));
    }

    @Test
    @Covers("delete")
    void a_backend_deletes_roles() {
        String made = role("deleted");

        if (side.backend) {
            answer(roles.delete(made));
            refusal(NotFoundException.class, made, () -> roles.fetch(made));
            refusal(NotFoundException.class, made, () -> roles.delete(made));
            refusal(NotFoundException.class, made, () -> roles.update(made, Set.of("sendMessage")));
        } else {
            backendOnly(() -> roles.delete(made));
        }
    }
}
