package io.github.conversations4j.internal.emulator.state;

import static io.github.conversations4j.internal.emulator.state.StateBench.GENERAL;
import static io.github.conversations4j.internal.emulator.state.StateBench.REST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What people at client SDKs may do. */
class RightsTest {
    private static final Cause ALICE = Cause.sdk("alice");
    private static final Cause BOB = Cause.sdk("bob");

    private final StateBench bench = new StateBench();

    private static void refused(int code, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(TwilioFault.class, fault -> {
            assertThat(fault.status()).isEqualTo(403);
            assertThat(fault.code()).isEqualTo(code);
        });
    }

    @Test
    void strangersSayNothing() {
        bench.service.users().ensure(ALICE, "alice");
        refused(50430, () -> bench.service.messages().add(ALICE, GENERAL, MessageDraft.text("hi")));
        bench.service.participants().add(ALICE, GENERAL, ParticipantDraft.chat("alice"));
        bench.service.messages().add(ALICE, GENERAL, MessageDraft.text("hi"));
    }

    @Test
    void membersChangeWhatIsTheirs() {
        bench.join("alice");
        bench.join("bob");
        StoredMessage hers = bench.service.messages().add(ALICE, GENERAL, MessageDraft.text("hers"));
        bench.service.messages().update(ALICE, GENERAL, hers.sid(), MessageDraft.text("still hers"));
        refused(50107, () -> bench.service.messages().update(BOB, GENERAL, hers.sid(), MessageDraft.text("his")));
        refused(50107, () -> bench.service.messages().delete(BOB, GENERAL, hers.sid()));
        refused(50107, () -> bench.service.participants().remove(BOB, GENERAL, "alice"));
        refused(50107, () -> bench.service.participants().add(BOB, GENERAL, ParticipantDraft.chat("carol")));
        refused(50107, () -> bench.service.conversations().delete(BOB, GENERAL));
        refused(50107, () -> bench.service.users().update(BOB, "alice", new UserDraft("Al", null, null)));
        bench.service.participants().remove(BOB, GENERAL, "bob");
    }

    @Test
    void makersMayDoEverything() {
        bench.service.users().ensure(ALICE, "alice");
        StoredConversation hers =
                bench.service.conversations().create(ALICE, new ConversationDraft().uniqueName("hers"));
        assertThat(hers.createdBy()).isEqualTo("alice");
        bench.service.participants().add(ALICE, "hers", ParticipantDraft.chat("alice"));
        bench.service.participants().add(ALICE, "hers", ParticipantDraft.chat("bob"));
        StoredMessage his = bench.service.messages().add(BOB, "hers", MessageDraft.text("his"));
        bench.service.messages().delete(ALICE, "hers", his.sid());
        bench.service.participants().remove(ALICE, "hers", "bob");
        bench.service.conversations().delete(ALICE, "hers");
    }

    @Test
    void rolesDecide() {
        StoredRole mute =
                bench.service.roles().create(REST, "mute", StoredRole.Type.CONVERSATION, List.of("leaveConversation"));
        bench.service
                .participants()
                .add(REST, GENERAL, ParticipantDraft.chat("alice").roleSid(mute.sid()));
        refused(50107, () -> bench.service.messages().add(ALICE, GENERAL, MessageDraft.text("hi")));
        bench.service.roles().update(REST, mute.sid(), List.of("sendMessage"));
        bench.service.messages().add(ALICE, GENERAL, MessageDraft.text("hi"));

        StoredRole guard = bench.service
                .roles()
                .create(REST, "guard", StoredRole.Type.SERVICE, List.of("deleteAnyMessage", "deleteConversation"));
        bench.service.users().create(REST, "bob", new UserDraft(null, null, guard.sid()));
        refused(50107, () -> bench.service.conversations().create(BOB, new ConversationDraft()));
        refused(50205, () -> bench.service.users().update(ALICE, "alice", new UserDraft(null, null, guard.sid())));
        bench.service.conversations().delete(BOB, GENERAL);
    }

    @Test
    void aDefaultRoleStays() {
        String role = bench.service.configuration().settings().conversationRoleSid();
        assertThatThrownBy(() -> bench.service.roles().delete(REST, role))
                .isInstanceOfSatisfying(
                        TwilioFault.class, fault -> assertThat(fault.code()).isEqualTo(50101));
    }
}
