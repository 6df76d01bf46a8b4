package io.github.conversations4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.Conversation;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.event.ConversationJoined;
import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.TypingEnded;
import io.github.conversations4j.event.TypingStarted;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ParticipantChange;
import io.github.conversations4j.model.Unread;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Twilio's JavaScript client and ours in one conversation: what one of them does, the other one sees. */
class ConversationInterop {
    private static final String GREETING = "grüß dich, 世界 — 👋🏽";
    private static final Map<String, Object> MOOD =
            Map.of("größe", 3, "stimmung", "froh 🎉", "liste", List.of("ä", "ß"));

    private ConversationsEmulator twilio;
    private Encounter both;

    @BeforeEach
    void meet() {
        twilio = ConversationsEmulator.start();
        both = Encounter.on(twilio);
    }

    @AfterEach
    void part() {
        if (both != null) {
            both.close();
        }
        twilio.close();
    }

    @Test
    void javaHearsWhatJavaScriptSaysEditsAndRemoves() {
        JsonNode index = both.janesChat().call("sendMessage", GREETING, MOOD);
        assertThat(index.asInt()).isZero();

        Message added = both.hears(MessageAdded.class).message();
        assertThat(added.body()).isEqualTo(GREETING);
        assertThat(added.author()).isEqualTo("jane");
        assertThat(added.index()).isZero();
        assertThat((Object) added.attributes().as(Map.class)).isEqualTo(MOOD);

        JsObject message = both.janesChat().await("messageAdded").object();
        assertThat(message.text("sid")).isEqualTo(added.sid());
        message.call("updateBody", "doch nicht ☂");
        MessageUpdated edited = both.hears(MessageUpdated.class);
        assertThat(edited.message().body()).isEqualTo("doch nicht ☂");
        assertThat(edited.message().lastUpdatedBy()).isEqualTo("jane");
        assertThat(edited.updateReasons()).contains(MessageUpdateReason.BODY);

        message.call("updateAttributes", Map.of("schlüssel", "wert ✓"));
        MessageUpdated marked = both.hears(MessageUpdated.class);
        assertThat(marked.message().attributes().text("schlüssel")).contains("wert ✓");
        assertThat(marked.updateReasons()).contains(MessageUpdateReason.ATTRIBUTES);

        message.call("remove");
        assertThat(both.hears(MessageRemoved.class).message().sid()).isEqualTo(added.sid());
    }

    @Test
    void javaScriptHearsWhatJavaSaysEditsAndRemoves() {
        NewMessage greeting = NewMessage.builder()
                .body(GREETING)
                .attributes(Attributes.from(MOOD))
                .build();
        Message sent = both.dukesChat().sendMessage(greeting).await();
        assertThat(sent.index()).isZero();

        JsObject added = both.janesChat().await("messageAdded").object();
        assertThat(added.text("sid")).isEqualTo(sent.sid());
        assertThat(added.text("body")).isEqualTo(GREETING);
        assertThat(added.text("author")).isEqualTo("duke");
        assertThat(added.get("attributes").path("größe").asInt()).isEqualTo(3);
        assertThat(added.get("attributes").path("stimmung").asText()).isEqualTo("froh 🎉");
        assertThat(added.get("attributes").path("liste").path(1).asText()).isEqualTo("ß");
        // What the library keeps in there stays with it.
        assertThat(added.get("attributes").size()).isLessThanOrEqualTo(MOOD.size() + 1);

        both.dukesChat()
                .messages()
                .update(sent.sid(), MessageChange.builder().body("doch nicht ☂").build())
                .await();
        JsEvent edited = both.janesChat().await("messageUpdated");
        assertThat(edited.object("message").text("body")).isEqualTo("doch nicht ☂");
        assertThat(edited.object("message").text("lastUpdatedBy")).isEqualTo("duke");
        assertThat(edited.updateReasons()).contains("body");

        both.dukesChat()
                .messages()
                .update(
                        sent.sid(),
                        MessageChange.builder()
                                .attributes(Attributes.from(Map.of("schlüssel", "wert ✓")))
                                .build())
                .await();
        JsEvent marked = both.janesChat().await("messageUpdated");
        assertThat(marked.object("message").get("attributes").path("schlüssel").asText())
                .isEqualTo("wert ✓");
        assertThat(marked.updateReasons()).contains("attributes");

        both.dukesChat().messages().remove(sent.sid()).await();
        JsObject removed = both.janesChat().await("messageRemoved").object();
        assertThat(removed.text("sid")).isEqualTo(sent.sid());
    }

    @Test
    void bothSeeTheOtherTypeAndStopWithTheMessage() {
        both.janesChat().call("typing");
        assertThat(both.hears(TypingStarted.class).participant().identity()).isEqualTo("jane");
        both.janesChat().call("sendMessage", "done");
        assertThat(both.hears(TypingEnded.class).participant().identity()).isEqualTo("jane");
        assertThat(both.hears(MessageAdded.class).message().body()).isEqualTo("done");

        both.dukesChat().typing().await();
        JsObject typing = both.janesChat().await("typingStarted").object();
        assertThat(typing.text("identity")).isEqualTo("duke");
        assertThat(typing.get("isTyping").asBoolean()).isTrue();
        both.dukesChat().sendMessage("done too").await();
        JsObject ended = both.janesChat().await("typingEnded").object();
        assertThat(ended.text("identity")).isEqualTo("duke");
        assertThat(ended.get("isTyping").asBoolean()).isFalse();
    }

    @Test
    void bothSeeTheOtherStopTypingWithoutAMessage() {
        both.janesChat().call("typing");
        both.dukesChat().typing().await();
        assertThat(both.hears(TypingStarted.class).participant().identity()).isEqualTo("jane");
        assertThat(both.janesChat().await("typingStarted").object().text("identity"))
                .isEqualTo("duke");
        assertThat(both.hears(TypingEnded.class).participant().identity()).isEqualTo("jane");
        assertThat(both.janesChat().await("typingEnded").object().text("identity"))
                .isEqualTo("duke");
    }

    @Test
    void bothSeeHowFarTheOtherHasRead() {
        both.janesChat().call("sendMessage", "one");
        both.janesChat().call("sendMessage", "two");
        both.hears(MessageAdded.class);
        both.hears(MessageAdded.class);
        assertThat(both.dukesChat().unread().await()).isEqualTo(Unread.NEVER_READ);
        assertThat(both.dukesChat().advanceLastReadMessageIndex(0).await()).isEqualTo(Unread.of(1));
        JsEvent read = both.javaScript()
                .await(
                        both.janesChat(),
                        "participantUpdated",
                        event -> event.updateReasons().contains("lastReadMessageIndex"));
        assertThat(read.object("participant").text("identity")).isEqualTo("duke");
        assertThat(read.object("participant").get("lastReadMessageIndex").asInt())
                .isZero();
        assertThat(read.updateReasons()).contains("lastReadTimestamp");

        assertThat(both.janesChat().call("setAllMessagesRead").asInt()).isZero();
        ParticipantUpdated horizon = both.hears(
                ParticipantUpdated.class,
                event -> "jane".equals(event.participant().identity()));
        assertThat(horizon.participant().lastReadMessageIndex()).isEqualTo(1);
        assertThat(horizon.updateReasons()).contains(ParticipantUpdateReason.LAST_READ_MESSAGE_INDEX);
        assertThat(both.janesChat().call("getUnreadMessagesCount").asInt()).isZero();
        assertThat(both.dukesChat().setAllMessagesRead().await()).isEqualTo(Unread.of(0));
    }

    @Test
    void bothSeePeopleComeChangeAndGo() {
        JsonNode asked = both.janesChat().call("add", "zoë", Map.of("rolle", "gäst"));
        assertThat(asked.path("identity").asText()).isEqualTo("zoë");
        Participant joined = both.hears(ParticipantJoined.class).participant();
        assertThat(joined.identity()).isEqualTo("zoë");
        assertThat(joined.attributes().text("rolle")).contains("gäst");
        assertThat(both.janesChat().await("participantJoined").object().text("sid"))
                .isEqualTo(joined.sid());

        both.janesChat().call("removeParticipant", "zoë");
        assertThat(both.hears(ParticipantLeft.class).participant().identity()).isEqualTo("zoë");
        assertThat(both.janesChat().await("participantLeft").object().text("identity"))
                .isEqualTo("zoë");
    }

    @Test
    void javaScriptSeesWhatJavaMakes() {
        Conversation made = both.duke()
                .createConversation(
                        NewConversation.builder().friendlyName("Bücherkreis 📚").build())
                .await();
        made.join().await();
        made.participants().add("jane").await();
        JsObject chat = both.javaScript()
                .await(
                        both.jane(),
                        "conversationJoined",
                        event -> event.object().text("sid").equals(made.sid()))
                .object();
        assertThat(chat.text("friendlyName")).isEqualTo("Bücherkreis 📚");
        assertThat(chat.text("createdBy")).isEqualTo("duke");

        // Those who are there when it looks for the first time do not count as joining.
        assertThat(chat.callForObjects("getParticipants"))
                .extracting(one -> one.text("identity"))
                .containsExactlyInAnyOrder("duke", "jane");

        NewParticipant carl = NewParticipant.builder()
                .identity("carl")
                .attributes(Attributes.from(Map.of("rolle", "gäst")))
                .build();
        made.participants().add(carl).await();
        JsObject joined = chat.await("participantJoined").object();
        assertThat(joined.text("identity")).isEqualTo("carl");
        assertThat(joined.get("attributes").path("rolle").asText()).isEqualTo("gäst");
        made.participants().remove("carl").await();
        assertThat(chat.await("participantLeft").object().text("identity")).isEqualTo("carl");

        made.delete().await();
        assertThat(chat.await("removed").object().text("sid")).isEqualTo(made.sid());
    }

    @Test
    void bothSeeTheOtherChange() {
        JsObject jane = both.janesChat().callForObject("getParticipantByIdentity", "jane");
        jane.call("updateAttributes", Map.of("rolle", "köchin"));
        ParticipantUpdated cook = both.hears(ParticipantUpdated.class);
        assertThat(cook.participant().identity()).isEqualTo("jane");
        assertThat(cook.participant().attributes().text("rolle")).contains("köchin");
        assertThat(cook.updateReasons()).contains(ParticipantUpdateReason.ATTRIBUTES);

        ParticipantChange guest = ParticipantChange.builder()
                .attributes(Attributes.from(Map.of("rolle", "gäst")))
                .build();
        both.dukesChat().participants().update("duke", guest).await();
        JsEvent updated = both.javaScript()
                .await(
                        both.janesChat(),
                        "participantUpdated",
                        event -> "duke".equals(event.object("participant").text("identity")));
        assertThat(updated.object("participant").get("attributes").path("rolle").asText())
                .isEqualTo("gäst");
        assertThat(updated.updateReasons()).contains("attributes");
    }

    @Test
    void bothSeeTheOtherLeaveAndComeBack() {
        both.dukesChat().leave().await();
        assertThat(both.janesChat().await("participantLeft").object().text("identity"))
                .isEqualTo("duke");
        both.dukesChat().join().await();
        assertThat(both.janesChat().await("participantJoined").object().text("identity"))
                .isEqualTo("duke");
        both.hears(ConversationJoined.class);

        both.janesChat().call("leave");
        both.hears(
                ParticipantLeft.class,
                event -> "jane".equals(event.participant().identity()));
        assertThat(both.jane().await("conversationLeft").object().text("sid"))
                .isEqualTo(both.dukesChat().sid());
        both.janesChat().call("join");
        both.hears(
                ParticipantJoined.class,
                event -> "jane".equals(event.participant().identity()));
        // Its client makes a new object of the conversation that it left.
        JsObject rejoined = both.jane().await("conversationJoined").object();
        both.dukesChat().sendMessage("welcome back").await();
        assertThat(rejoined.await("messageAdded").object().text("body")).isEqualTo("welcome back");
    }

    @Test
    void bothSeeTheConversationChange() {
        both.janesChat().call("updateFriendlyName", "Bücherkreis 📚");
        ConversationUpdated renamed = both.hears(
                ConversationUpdated.class,
                event -> event.updateReasons().contains(ConversationUpdateReason.FRIENDLY_NAME));
        assertThat(renamed.conversation().friendlyName()).isEqualTo("Bücherkreis 📚");

        both.dukesChat()
                .update(ConversationChange.builder()
                        .attributes(Attributes.from(Map.of("ort", "Köln")))
                        .build())
                .await();
        JsEvent moved = both.javaScript()
                .await(
                        both.janesChat(),
                        "updated",
                        event -> event.updateReasons().contains("attributes"));
        assertThat(moved.object("conversation").get("attributes").path("ort").asText())
                .isEqualTo("Köln");
    }

    @Test
    void javaHearsOfFilesThatJavaScriptSends() {
        byte[] bytes = "Ein Bild von Käse".getBytes(StandardCharsets.UTF_8);
        JsFile file = new JsFile("käse.png", "image/png", Base64.getEncoder().encodeToString(bytes));
        both.janesChat().call("sendMessage", file, Map.of("alt", "Käse"));
        Message added = both.hears(MessageAdded.class).message();
        assertThat(added.attributes().text("alt")).contains("Käse");
        assertThat(added.media()).hasSize(1);
        Media media = added.media().get(0);
        assertThat(media.filename()).isEqualTo("käse.png");
        assertThat(media.contentType()).isEqualTo("image/png");
        assertThat(media.size()).isEqualTo(bytes.length);

        JsObject message = both.janesChat().await("messageAdded").object();
        JsObject attached =
                both.javaScript().objects(message.get("attachedMedia")).get(0).now();
        assertThat(attached.text("sid")).isEqualTo(media.sid());
        assertThat(Download.from(attached.call("getContentTemporaryUrl").asText()))
                .isEqualTo(bytes);
    }
}
