package io.github.conversations4j.internal.emulator.state;

import static io.github.conversations4j.internal.emulator.state.StateBench.GENERAL;
import static io.github.conversations4j.internal.emulator.state.StateBench.REST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.internal.emulator.state.Change.OfConversation;
import io.github.conversations4j.internal.emulator.state.Change.OfMessage;
import io.github.conversations4j.internal.emulator.state.Change.OfParticipant;
import io.github.conversations4j.internal.emulator.state.Change.OfUser;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.NotificationLevel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private final StateBench bench = new StateBench();

    @Test
    void tellWhatWasAndWhatIsInOrder() {
        bench.join("alice");
        StoredMessage said = bench.say("helo");
        bench.service.messages().update(REST, GENERAL, said.sid(), MessageDraft.text("hello"));
        bench.service.messages().delete(REST, GENERAL, said.sid());

        assertThat(bench.changes)
                .extracting(change -> (Object) change.getClass())
                .containsExactly(OfUser.class, OfParticipant.class, OfMessage.class, OfMessage.class, OfMessage.class);
        List<OfMessage> messages = bench.changes(OfMessage.class);
        assertThat(messages.get(0).added()).isTrue();
        assertThat(messages.get(1).updated()).isTrue();
        assertThat(messages.get(1).before().body()).isEqualTo("helo");
        assertThat(messages.get(1).after().body()).isEqualTo("hello");
        assertThat(messages.get(2).removed()).isTrue();
        assertThat(messages.get(2).message().body()).isEqualTo("hello");
        assertThat(bench.changes)
                .extracting(change -> change.stamp().sequence())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherIdentityOfAParticipantIsAUserToo() {
        bench.join("jane");

        bench.service.participants().update(REST, GENERAL, "jane", ParticipantDraft.chat("june"));

        assertThat(bench.service.users().memberships("june", PageAt.first(10)).items())
                .hasSize(1);
    }

    @Test
    void whatIsMutedAlreadyIsNoChange() {
        bench.join("jane");
        bench.service.users().attend(REST, "jane", GENERAL, null, NotificationLevel.MUTED);
        bench.changes.clear();

        bench.service.users().attend(REST, "jane", GENERAL, null, NotificationLevel.MUTED);

        assertThat(bench.changes).isEmpty();
    }

    @Test
    void sayWhoActedAndWhetherWebhooksAreWanted() {
        bench.join("alice");
        bench.changes.clear();
        bench.service
                .messages()
                .add(Cause.sdk("alice"), GENERAL, MessageDraft.text("1").author("mallory"));
        bench.service
                .messages()
                .add(Cause.rest(false), GENERAL, MessageDraft.text("2").author("alice"));

        List<OfMessage> messages = bench.changes(OfMessage.class);
        assertThat(messages.get(0).stamp().cause().source()).isEqualTo("SDK");
        assertThat(messages.get(0).stamp().cause().webhooks()).isTrue();
        assertThat(messages.get(0).message().author()).isEqualTo("alice");
        assertThat(messages.get(1).stamp().cause().webhooks()).isFalse();
        assertThat(messages.get(1).message().participantSid())
                .isEqualTo(messages.get(0).message().participantSid());
    }

    @Test
    void aDeletedConversationNamesItsMembersAndWebhooks() {
        bench.join("alice");
        bench.service
                .scopedWebhooks()
                .create(
                        REST,
                        GENERAL,
                        ScopedWebhook.Target.WEBHOOK,
                        new ScopedWebhooks.Draft(
                                "https://example.com", null, List.of("onConversationRemoved"), null, null, null));
        bench.service.conversations().delete(REST, GENERAL);

        OfConversation gone = bench.changes(OfConversation.class).get(0);
        assertThat(gone.members()).extracting(StoredParticipant::identity).containsExactly("alice");
        assertThat(gone.stamp().hooks()).extracting(ScopedWebhook::url).containsExactly("https://example.com");
        assertThat(bench.service
                        .participants()
                        .byIdentity("alice", PageAt.first(10))
                        .items())
                .isEmpty();
        assertThat(bench.service.conversations().find(GENERAL)).isNull();
    }

    @Test
    void aListenerThatFailsStopsNobody() {
        List<Change> later = new ArrayList<>();
        bench.twilio.listen(change -> {
            throw new IllegalStateException("on purpose");
        });
        bench.twilio.listen(later::add);
        bench.say("hi");
        bench.say("there");
        assertThat(later).hasSize(2);
    }

    @Test
    void aListenerMayActAndItsChangesFollow() {
        List<String> seen = new ArrayList<>();
        bench.twilio.listen(change -> {
            String text = String.valueOf(((OfMessage) change).message().body());
            if (text.equals("ping")) {
                bench.say("pong");
            }
            seen.add(text);
        });
        bench.say("ping");
        assertThat(seen).containsExactly("ping", "pong");
    }

    @Test
    void listeningEnds() {
        List<Change> seen = new ArrayList<>();
        Runnable end = bench.twilio.listen(seen::add);
        bench.say("1");
        end.run();
        bench.say("2");
        assertThat(seen).hasSize(1);
    }

    @Test
    void aGateSeesAProposalAndMayChangeIt() {
        List<Change> proposals = new ArrayList<>();
        bench.twilio.gate(proposal -> {
            proposals.add(proposal);
            return new Verdict(true, "friendlier", "carol", "{\"checked\":true}", null);
        });
        StoredMessage stored = bench.say("rude");

        assertThat(proposals).hasSize(1);
        assertThat(proposals.get(0).stamp().sequence()).isZero();
        assertThat(((OfMessage) proposals.get(0)).message().body()).isEqualTo("rude");
        assertThat(stored.body()).isEqualTo("friendlier");
        assertThat(stored.author()).isEqualTo("carol");
        assertThat(stored.attributes()).isEqualTo("{\"checked\":true}");
        assertThat(bench.changes(OfMessage.class).get(0).message()).isEqualTo(stored);
    }

    @Test
    void aGateMayRefuse() {
        bench.twilio.gate(proposal -> Verdict.REJECTED);
        assertThatThrownBy(() -> bench.say("rude"))
                .isInstanceOfSatisfying(
                        TwilioFault.class, fault -> assertThat(fault.code()).isEqualTo(50056));
        assertThat(bench.service.messages().count(GENERAL)).isZero();
        assertThat(bench.changes).isEmpty();
    }

    @Test
    void whatAGateChangesIsCheckedToo() {
        bench.twilio.gate(proposal -> new Verdict(true, null, null, "no json", null));
        assertThatThrownBy(() -> bench.say("hi"))
                .isInstanceOfSatisfying(
                        TwilioFault.class, fault -> assertThat(fault.code()).isEqualTo(50304));
    }

    @Test
    void muchMayHappenWhileAGateThinks() {
        bench.twilio.gate(proposal -> {
            bench.twilio.gate(Gate.OPEN);
            bench.service.conversations().delete(REST, GENERAL);
            return Verdict.ACCEPTED;
        });
        assertThatThrownBy(() -> bench.say("hi"))
                .isInstanceOfSatisfying(
                        TwilioFault.class, fault -> assertThat(fault.status()).isEqualTo(404));
    }

    @Test
    void theLockIsFreeWhileAGateThinks() throws InterruptedException {
        List<StoredMessage> meanwhile = new ArrayList<>();
        bench.twilio.gate(proposal -> {
            bench.twilio.gate(Gate.OPEN);
            Thread other = new Thread(() -> meanwhile.add(bench.say("first")));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return Verdict.ACCEPTED;
        });
        assertThat(bench.say("second").index()).isEqualTo(1);
        assertThat(meanwhile.get(0).index()).isZero();
    }

    @Test
    void gatesAreAskedAboutEverythingThatHasAPreEvent() {
        List<String> asked = new ArrayList<>();
        StoredMessage message = bench.say("x");
        bench.join("alice");
        bench.twilio.gate(proposal -> {
            String verb = proposal.added() ? "add" : proposal.removed() ? "remove" : "update";
            asked.add(verb + " " + proposal.getClass().getSimpleName());
            return Verdict.ACCEPTED;
        });
        bench.service.conversations().create(REST, new ConversationDraft());
        bench.service.conversations().update(REST, GENERAL, new ConversationDraft().friendlyName("n"));
        bench.say("y");
        bench.service.messages().update(REST, GENERAL, message.sid(), MessageDraft.text("z"));
        bench.service.messages().delete(REST, GENERAL, message.sid());
        bench.join("bob");
        bench.service.participants().update(REST, GENERAL, "bob", new ParticipantDraft().attributes("{}"));
        bench.service.participants().remove(REST, GENERAL, "bob");
        bench.service.users().update(REST, "alice", new UserDraft("Alice", null, null));
        bench.service.conversations().delete(REST, GENERAL);

        assertThat(asked)
                .containsExactly(
                        "add OfConversation",
                        "update OfConversation",
                        "add OfMessage",
                        "update OfMessage",
                        "remove OfMessage",
                        "add OfParticipant",
                        "update OfParticipant",
                        "remove OfParticipant",
                        "update OfUser",
                        "remove OfConversation");
    }

    @Test
    void oneUpdateMayTellAStateAndOtherFields() {
        bench.service
                .conversations()
                .update(
                        REST,
                        GENERAL,
                        new ConversationDraft()
                                .state(ConversationState.INACTIVE)
                                .friendlyName("n"));
        OfConversation change = bench.changes(OfConversation.class).get(0);
        assertThat(change.stateChanged()).isTrue();
        assertThat(change.reason()).isEqualTo(Change.Reason.API);
        assertThat(change.after().friendlyName()).isEqualTo("n");
    }

    @Test
    void whoRecordsIsToldBeforeAnybodyCanReadWhatWasMade() {
        List<Change> recorded = new ArrayList<>();
        List<Integer> deliveredBefore = new ArrayList<>();
        bench.service.record(change -> {
            recorded.add(change);
            deliveredBefore.add(bench.changes.size());
        });
        bench.say("1");
        int read = bench.service.atOnce(() -> recorded.size());
        bench.say("2");
        assertThat(read).isEqualTo(1);
        assertThat(recorded).isEqualTo(bench.changes);
        assertThat(deliveredBefore).containsExactly(0, 1);
    }

    @Test
    void everySettingTellsToo() {
        bench.twilio.configuration().update(REST, new AccountConfiguration.Draft(null, null, null, null));
        bench.service.configuration().update(REST, new ServiceConfiguration.Draft(null, null, null, true));
        bench.service.roles().create(REST, "r", StoredRole.Type.SERVICE, List.of("joinConversation"));
        bench.twilio
                .addresses()
                .create(REST, new Addresses.Draft("sms", "+1", null, null, AddressConfiguration.AutoCreation.OFF));
        bench.twilio.credentials().create(REST, new PushCredentials.Draft("fcm", null, null));
        assertThat(bench.changes(Change.OfResource.class))
                .extracting(change -> String.valueOf(change.after()).replaceAll("\\[.*", ""))
                .containsExactly(
                        "AccountSettings", "ServiceSettings", "StoredRole", "AddressConfiguration", "PushCredential");
    }
}
