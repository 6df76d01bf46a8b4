package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.rest.conversations.v1.AddressConfiguration;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.source.ConversationDraft;
import io.github.conversations4j.source.DraftType;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.MessageDraft;
import io.github.conversations4j.source.Undecided;
import io.github.conversations4j.source.Verdict;
import io.github.conversations4j.source.WebhookSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deciding before something is stored, through the emulator's real pre-event webhooks. */
class VerdictTest {
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final BlockingQueue<Message> stored = new LinkedBlockingQueue<>();
    private final List<ErrorReport> reports = Collections.synchronizedList(new ArrayList<>());
    private SimulatedParticipant bob;
    private ConversationsClient client;

    @BeforeEach
    void start() {
        bob = twilio.user("bob").in("general").joins();
        client = start(source -> source);
    }

    @AfterEach
    void stop() {
        client.close();
        twilio.close();
    }

    private ConversationsClient start(UnaryOperator<WebhookSource> settings) {
        WebhookSource source = EventSources.webhook("http://127.0.0.1:0/twilio")
                .bindAddress("127.0.0.1")
                .onListening(twilio::sendWebhooksTo);
        ConversationsClient started = ConversationsClient.start(
                twilio.backendOptions()
                        .source(settings.apply(source))
                        .errorHandler(reports::add)
                        .build(),
                wired -> wired.onMessageAdded(event -> stored.add(event.message())));
        started.ready().await();
        return started;
    }

    private Message nextStored() throws InterruptedException {
        Message message = stored.poll(10, TimeUnit.SECONDS);
        assertThat(message).as("a stored message").isNotNull();
        return message;
    }

    @Test
    void whatIsAcceptedIsStoredAsItIs() throws InterruptedException {
        client.beforeMessageAdded(draft -> Verdict.accept());

        bob.says("hello");

        assertThat(nextStored().body()).isEqualTo("hello");
    }

    @Test
    void whatIsRejectedIsNotStoredAndItsAuthorIsTold() throws InterruptedException {
        client.beforeMessageAdded(
                draft -> String.valueOf(draft.body()).contains("spam") ? Verdict.reject() : Verdict.accept());

        assertThatThrownBy(() -> bob.says("buy spam")).hasMessageContaining("rejected");
        bob.says("hello");

        assertThat(nextStored().body()).isEqualTo("hello");
    }

    @Test
    void hooksComposeInOrderAndTheFirstRejectionEnds() throws InterruptedException {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        client.beforeMessageAdded(draft -> {
            seen.add("first: " + draft.body());
            return draft.with("clean", null, Attributes.of("{\"checked\":true}"));
        });
        client.beforeMessageAdded(draft -> {
            seen.add("second: " + draft.body());
            return "clean".equals(draft.body()) ? draft.withAuthor("moderator") : Verdict.reject();
        });

        bob.says("dirty");

        Message message = nextStored();
        assertThat(seen).containsExactly("first: dirty", "second: clean");
        assertThat(message.body()).isEqualTo("clean");
        assertThat(message.author()).isEqualTo("moderator");
        assertThat(message.attributes().asJson().get("checked").asBoolean()).isTrue();

        client.beforeMessageAdded(draft -> Verdict.reject());
        client.beforeMessageAdded(draft -> {
            seen.add("behind a rejection");
            return Verdict.accept();
        });
        assertThatThrownBy(() -> bob.says("dirty")).hasMessageContaining("rejected");
        assertThat(seen).doesNotContain("behind a rejection");
    }

    @Test
    void aHookThatThrowsLeavesItUndecidedAndIsReported() throws InterruptedException {
        client.beforeMessageAdded(draft -> {
            throw new IllegalStateException("broken filter");
        });

        bob.says("hello");

        assertThat(nextStored().body()).isEqualTo("hello");
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.cause()).hasMessage("broken filter");
            assertThat(report.what()).contains("onMessageAdd");
        });
    }

    @Test
    void whatIsUndecidedIsRejectedIfTheSourceSaysSo() {
        client.close();
        client = start(source -> source.whenUndecided(Undecided.REJECT));
        client.beforeMessageAdded(draft -> {
            throw new IllegalStateException("broken filter");
        });

        assertThatThrownBy(() -> bob.says("hello")).hasMessageContaining("rejected");
    }

    @Test
    void aHookThatTakesTooLongIsNotWaitedFor() throws InterruptedException {
        client.close();
        client = start(source -> source.decisionTime(Duration.ofMillis(100)));
        CountDownLatch late = new CountDownLatch(1);
        client.beforeMessageAdded(draft -> {
            late.await();
            return Verdict.reject();
        });

        bob.says("hello");

        assertThat(nextStored().body()).isEqualTo("hello");
        late.countDown();
    }

    @Test
    void aVerdictOfAnotherKindOfDraftIsReportedAndDecidesNothing() throws InterruptedException {
        MessageDraft other = new MessageDraft("CH1", null, null, "bob", "hi", Attributes.EMPTY, List.of(), null, "bob");
        client.beforeMessageRemoved(draft -> other.withBody("[gone]"));
        client.beforeParticipantLeft(draft -> other.withAuthor("nobody"));
        client.beforeConversationUpdated(draft -> other.withBody("renamed"));
        bob.says("hello");
        assertThat(nextStored().body()).isEqualTo("hello");

        bob.removes(bob.lastMessageSid()).renames("friends").leaves();

        assertThat(reports)
                .extracting(ErrorReport::what)
                .satisfiesExactly(
                        what -> assertThat(what).contains("onMessageRemove"),
                        what -> assertThat(what).contains("onConversationUpdate"),
                        what -> assertThat(what).contains("onParticipantRemove"));
        assertThat(reports)
                .allSatisfy(report -> assertThat(report.cause())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("verdict: changes a message"));
        assertThat(client.findConversation("general").await().fetch().await().friendlyName())
                .isEqualTo("friends");
    }

    @Test
    void theTextOfAFileCannotBeChangedByAHookEither() {
        bob.sends("cat.txt", "text/plain", new byte[] {1});
        client.beforeMessageUpdated(draft -> draft.withBody("no picture"));

        assertThatThrownBy(() -> bob.setsMessageAttributes(bob.lastMessageSid(), "{}"))
                .isInstanceOfSatisfying(
                        TwilioApiException.class,
                        refused -> assertThat(refused.code()).hasValue(50509));
    }

    @Test
    void aStoppedHookDecidesNothing() throws InterruptedException {
        Subscription gate = client.beforeMessageAdded(draft -> Verdict.reject());
        gate.unsubscribe();
        assertThat(gate.isActive()).isFalse();

        bob.says("hello");

        assertThat(nextStored().body()).isEqualTo("hello");
    }

    @Test
    void editsRemovalsAndJoinsAreAskedAbout() {
        bob.says("hello");
        String sid = bob.lastMessageSid();
        client.beforeMessageUpdated(draft -> draft.withBody(draft.body() + "!"));
        client.beforeMessageRemoved(draft -> sid.equals(draft.sid()) ? Verdict.reject() : Verdict.accept());
        client.beforeParticipantJoined(
                draft -> "mallory".equals(draft.identity()) ? Verdict.reject() : Verdict.accept());
        client.beforeConversationAdded(draft -> draft.withFriendlyName("named by the hook"));

        bob.edits(sid, "edited");
        assertThatThrownBy(() -> bob.removes(sid)).hasMessageContaining("rejected");
        assertThatThrownBy(() -> twilio.user("mallory").in("general").joins()).hasMessageContaining("rejected");
        twilio.user("bob").in("other").joins();

        assertThat(client.findConversation("general")
                        .await()
                        .messages()
                        .latest()
                        .await()
                        .items())
                .extracting(Message::body)
                .containsExactly("edited!");
        assertThat(client.findConversation("other").await().fetch().await().friendlyName())
                .isEqualTo("named by the hook");
    }

    @Test
    void aConversationForAnInboundMessageIsAskedAboutWithThatMessage() throws InterruptedException {
        AddressConfiguration.creator(AddressConfiguration.Type.SMS, "+15559999")
                .setAutoCreationEnabled(true)
                .create(client.twilio());
        BlockingQueue<ConversationDraft> asked = new LinkedBlockingQueue<>();
        client.beforeConversationAdded(draft -> {
            asked.add(draft);
            return "spam".equals(draft.messageBody()) ? Verdict.reject() : draft.withFriendlyName("a customer");
        });

        assertThatThrownBy(() -> twilio.phone("+15550001").texts("+15559999", "spam"))
                .hasMessageContaining("rejected");
        twilio.phone("+15550002").texts("+15559999", "hello");

        assertThat(nextStored().body()).isEqualTo("hello");
        assertThat(asked).extracting(ConversationDraft::messageBody).containsExactly("spam", "hello");
        assertThat(asked.element().messagingBinding())
                .isEqualTo(new MessagingBinding(null, "+15550001", "+15559999", null));
        assertThat(com.twilio.rest.conversations.v1.Conversation.reader().read(client.twilio()))
                .extracting(conversation -> conversation.getFriendlyName())
                .containsExactly("a customer", "general");
    }

    @Test
    void writesOverRestAskNobody() {
        client.beforeMessageAdded(draft -> Verdict.reject());

        Message sent = client.findConversation("general")
                .await()
                .sendMessage("from the server")
                .await();

        assertThat(sent.body()).isEqualTo("from the server");
    }

    @Test
    void aClientWithoutWebhooksRefusesTheHook() {
        try (ConversationsClient commandsOnly = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .build())) {
            assertThatThrownBy(() -> commandsOnly.beforeMessageAdded(draft -> Verdict.accept()))
                    .isInstanceOf(UnsupportedByClientException.class)
                    .hasMessageContaining("EventSources.webhook");
        }
    }

    @Test
    void everyKindOfQuestionHasItsHookAndItsDraft() {
        assertThat(DraftType.all())
                .hasSize(10)
                .extracting(DraftType::ordinal)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(DraftType.all())
                .allSatisfy(type -> assertThat(BeforeHooks.class.getMethods())
                        .anyMatch(method -> method.getName().equals("before" + DraftNames.of(type))));
        assertThat(DraftType.MESSAGE_ADDED.draftClass()).isEqualTo(MessageDraft.class);
    }

    @Test
    void onlyWhatTwilioLetsChangeHasAWayToChangeIt() {
        assertThat(DraftType.all())
                .filteredOn(type -> Arrays.stream(type.draftClass().getMethods())
                        .anyMatch(method -> method.getReturnType() == Verdict.class))
                .extracting(DraftType::webhook)
                .containsExactlyInAnyOrder(
                        "onMessageAdd", "onMessageUpdate", "onConversationAdd", "onConversationUpdate");
    }

    /** What the hook of a kind of question is called. */
    private static final class DraftNames {
        static String of(DraftType<?> type) {
            String stem = type.webhook().substring("on".length());
            return stem.equals("ParticipantAdd")
                    ? "ParticipantJoined"
                    : stem.equals("ParticipantRemove") ? "ParticipantLeft" : stem + (stem.endsWith("e") ? "d" : "ed");
        }
    }
}
