package io.github.conversations4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.rest.conversations.v1.service.Configuration;
import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.emulator.SimulatedPhone;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.token.TokenMinter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Twilio's JavaScript client alone on the emulator, through everything public that its typings name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeSdkInterop {
    private static final int PAGE_OF_CONVERSATIONS = 50;

    private ConversationsEmulator twilio;
    private JavaScript javaScript;
    private JsObject jane;

    @BeforeAll
    void connect() {
        twilio = ConversationsEmulator.start();
        javaScript = JavaScript.start();
        switchReachabilityOn();
        jane = newClient("jane");
        jane.await("initialized");
    }

    private JsObject newClient(String identity) {
        return javaScript.make("Client", twilio.accessToken(identity), Encounter.options(twilio.socketUrl()));
    }

    private void switchReachabilityOn() {
        ClientOptions options = ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .build();
        try (ConversationsClient backend = ConversationsClient.start(options)) {
            Configuration.updater(twilio.serviceSid())
                    .setReachabilityEnabled(true)
                    .update(backend.twilio());
        }
    }

    @AfterAll
    void end() {
        if (javaScript != null) {
            javaScript.close();
        }
        twilio.close();
    }

    /** A conversation that jane made and is in. */
    private JsObject chat(String name) {
        JsObject chat = jane.callForObject("createConversation", Map.of("friendlyName", name));
        assertThat(chat.callForObject("join").is(chat)).isTrue();
        javaScript.await(jane, "conversationJoined", event -> event.object().is(chat));
        // Only now is it told of messages.
        chat.call("getParticipants");
        return chat;
    }

    private JsObject message(JsObject chat, String text) {
        chat.call("sendMessage", text);
        return chat.await("messageAdded").object();
    }

    @Test
    void connectsAndShutsDown() {
        assertThat(javaScript.ofClass("Client", "version").asText()).isEqualTo("3.0.1");
        JsObject carl = javaScript.object(javaScript.ofClass(
                "Client", "create", twilio.accessToken("carl"), Encounter.options(twilio.socketUrl())));
        assertThat(carl.text("connectionState")).isEqualTo("connected");
        assertThat(carl.text("version")).isEqualTo("3.0.1");
        assertThat(carl.text("token").split("\\.")).hasSize(3);
        assertThat(carl.get("reachabilityEnabled").asBoolean()).isTrue();
        assertThat(carl.object("user").text("identity")).isEqualTo("carl");
        carl.call("shutdown");
        javaScript.await(
                carl, "connectionStateChanged", event -> event.value().asText().equals("disconnected"));

        JsObject dora = newClient("dora");
        assertThat(dora.await("stateChanged").value().asText()).isEqualTo("initialized");
        dora.call("shutdown");
    }

    @Test
    void saysWhyItCannotConnect() {
        JsObject nobody = javaScript.make("Client", "no token", Encounter.options(twilio.socketUrl()));
        JsonNode error = nobody.await("connectionError").value();
        assertThat(error.path("terminal").asBoolean()).isTrue();
        assertThat(error.path("httpStatusCode").asInt()).isEqualTo(401);
        assertThat(error.path("errorCode").asInt()).isEqualTo(20_101);
        assertThat(nobody.await("initFailed")
                        .value()
                        .path("error")
                        .path("terminal")
                        .asBoolean())
                .isTrue();
        assertThat(nobody.await("stateChanged").value().asText()).isEqualTo("failed");
    }

    @Test
    void isWarnedOfTheEndOfItsToken() {
        TokenMinter minter = TokenMinter.builder(twilio.accountSid())
                .apiKey(twilio.apiKey(), twilio.apiSecret())
                .serviceSid(twilio.serviceSid())
                .build();
        JsObject carl = javaScript.make(
                "Client", minter.withTtl(Duration.ofMinutes(3)).mint("carl"), Encounter.options(twilio.socketUrl()));
        carl.await("initialized");
        carl.await("tokenAboutToExpire");
        String next = minter.withTtl(Duration.ofMinutes(2)).mint("carl");
        assertThat(carl.callForObject("updateToken", next).text("token")).isEqualTo(next);
        JsonNode foreign = carl.refuses("updateToken", twilio.accessToken("jane"));
        assertThat(foreign.path("reply").path("status").path("errorCode").asInt())
                .as(foreign.toString())
                .isEqualTo(51_215);

        JsObject dora = javaScript.make(
                "Client", minter.withTtl(Duration.ofSeconds(2)).mint("dora"), Encounter.options(twilio.socketUrl()));
        dora.await("tokenExpired");
    }

    @Test
    void makesFindsAndChangesConversations() {
        JsObject chat = jane.callForObject(
                "createConversation",
                Map.of("friendlyName", "Bücher", "uniqueName", "books", "attributes", Map.of("ort", "Köln")));
        javaScript.await(jane, "conversationAdded", event -> event.object().is(chat));
        assertThat(chat.text("friendlyName")).isEqualTo("Bücher");
        assertThat(chat.text("uniqueName")).isEqualTo("books");
        assertThat(chat.text("createdBy")).isEqualTo("jane");
        assertThat(chat.get("attributes").path("ort").asText()).isEqualTo("Köln");
        assertThat(chat.call("getAttributes").path("ort").asText()).isEqualTo("Köln");
        assertThat(chat.text("dateCreated")).isEqualTo(chat.text("dateUpdated")).startsWith("20");
        assertThat(chat.get("state").path("current").asText()).isEqualTo("active");
        assertThat(chat.get("bindings").isObject()).isTrue();
        assertThat(chat.get("limits").path("mediaAttachmentsCountLimit").asInt())
                .isEqualTo(10);
        assertThat(chat.text("status")).isEqualTo("notParticipating");

        chat.call("join");
        javaScript.await(jane, "conversationJoined", event -> event.object().is(chat));
        assertThat(chat.now().text("status")).isEqualTo("joined");
        assertThat(jane.callForObject("getConversationBySid", chat.text("sid")).is(chat))
                .isTrue();
        assertThat(jane.callForObject("getConversationByUniqueName", "books").is(chat))
                .isTrue();
        assertThat(jane.callForObject("peekConversationBySid", chat.text("sid")).is(chat))
                .isTrue();

        assertThat(chat.callForObject("updateFriendlyName", "Filme").is(chat)).isTrue();
        chat.call("updateUniqueName", "films");
        chat.call("updateAttributes", Map.of("ort", "Bonn"));
        for (String reason : List.of("friendlyName", "uniqueName", "attributes")) {
            javaScript.await(chat, "updated", event -> event.updateReasons().contains(reason));
            javaScript.await(
                    jane, "conversationUpdated", event -> event.updateReasons().contains(reason));
        }
        assertThat(chat.now().text("friendlyName")).isEqualTo("Filme");
        assertThat(chat.now().text("uniqueName")).isEqualTo("films");
        assertThat(chat.now().get("attributes").path("ort").asText()).isEqualTo("Bonn");

        assertThat(chat.text("notificationLevel")).isEqualTo("default");
        chat.call("setUserNotificationLevel", "muted");
        javaScript.await(chat, "updated", event -> event.updateReasons().contains("notificationLevel"));
        // Joining was such an update too, and it need not have been told before.
        Patience.until(() -> "muted".equals(chat.now().text("notificationLevel")));

        assertThat(chat.callForObject("leave").is(chat)).isTrue();
        javaScript.await(jane, "conversationLeft", event -> event.object().is(chat));
        JsObject gone = chat("gone");
        gone.call("delete");
        gone.await("removed");
        javaScript.await(jane, "conversationRemoved", event -> event.object().is(gone));
    }

    @Test
    void pagesThroughItsConversations() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= PAGE_OF_CONVERSATIONS; i++) {
            twilio.user("paul").in("room " + i).joins();
            names.add("room " + i);
        }
        JsObject paul = newClient("paul");
        JsObject first = paul.callForObject("getSubscribedConversations");
        assertThat(first.get("items")).hasSize(PAGE_OF_CONVERSATIONS);
        assertThat(first.get("hasNextPage").asBoolean()).isTrue();
        assertThat(first.get("hasPrevPage").asBoolean()).isFalse();
        JsObject second = first.callForObject("nextPage");
        List<JsObject> all = new ArrayList<>(javaScript.objects(first.get("items")));
        all.addAll(javaScript.objects(second.get("items")));
        assertThat(all).extracting(chat -> chat.text("uniqueName")).containsExactlyInAnyOrderElementsOf(names);
        assertThat(second.callForObject("prevPage").get("items")).hasSize(PAGE_OF_CONVERSATIONS);
        paul.call("shutdown");
    }

    @Test
    void addsFindsAndRemovesPeople() {
        JsObject chat = chat("people");
        String bob =
                chat.call("add", "bob", Map.of("rolle", "gäst")).path("sid").asText();
        JsObject joined = chat.await("participantJoined").object();
        javaScript.await(jane, "participantJoined", event -> event.object().is(joined));
        assertThat(joined.text("sid")).isEqualTo(bob);
        assertThat(joined.text("identity")).isEqualTo("bob");
        assertThat(joined.text("type")).isEqualTo("chat");
        assertThat(joined.text("roleSid")).startsWith("RL");
        assertThat(joined.get("attributes").path("rolle").asText()).isEqualTo("gäst");
        assertThat(joined.text("dateCreated")).isEqualTo(joined.text("dateUpdated"));
        assertThat(joined.get("bindings").isObject()).isTrue();
        assertThat(joined.get("lastReadTimestamp").isNull()).isTrue();
        assertThat(joined.object("conversation").is(chat)).isTrue();
        assertThat(joined.callForObject("getUser").text("identity")).isEqualTo("bob");

        joined.callForObject("updateAttributes", Map.of("rolle", "koch"));
        assertThat(joined.await("updated").updateReasons()).contains("attributes");
        assertThat(chat.await("participantUpdated").object("participant").is(joined))
                .isTrue();
        javaScript.await(
                jane, "participantUpdated", event -> event.object("participant").is(joined));

        chat.call("addNonChatParticipant", "+15550100", "+15550101", Map.of("weg", "sms"));
        JsObject phone = chat.await("participantJoined").object();
        assertThat(phone.text("type")).isEqualTo("sms");
        assertThat(chat.callForObjects("getParticipants")).hasSize(3);
        assertThat(chat.call("getParticipantsCount").asInt()).isEqualTo(3);
        assertThat(chat.callForObject("getParticipantBySid", bob).is(joined)).isTrue();
        assertThat(chat.callForObject("getParticipantByIdentity", "bob").is(joined))
                .isTrue();

        chat.call("removeParticipant", phone);
        assertThat(chat.await("participantLeft").object().is(phone)).isTrue();
        joined.call("remove");
        assertThat(chat.await("participantLeft").object().is(joined)).isTrue();
        javaScript.await(jane, "participantLeft", event -> event.object().is(joined));
    }

    @Test
    void seesPeopleTypeAndRead() {
        JsObject chat = chat("typing");
        chat.call("add", "bob");
        chat.await("participantJoined");
        SimulatedParticipant bob = twilio.user("bob").in(chat.text("sid"));
        chat.call("typing");
        bob.types();
        JsObject typing = chat.await("typingStarted").object();
        assertThat(typing.text("identity")).isEqualTo("bob");
        assertThat(typing.get("isTyping").asBoolean()).isTrue();
        typing.await("typingStarted");
        javaScript.await(jane, "typingStarted", event -> event.object().is(typing));
        bob.says("done");
        assertThat(chat.await("typingEnded").object().get("isTyping").asBoolean())
                .isFalse();
        typing.await("typingEnded");
        javaScript.await(jane, "typingEnded", event -> event.object().is(typing));

        assertThat(chat.call("getUnreadMessagesCount").isNull()).isTrue();
        assertThat(chat.call("setAllMessagesRead").asInt()).isZero();
        javaScript.await(chat, "updated", event -> event.updateReasons().contains("lastReadMessageIndex"));
        assertThat(chat.now().get("lastReadMessageIndex").asInt()).isZero();
        bob.says("one").says("two");
        chat.await("messageAdded");
        assertThat(chat.call("advanceLastReadMessageIndex", 1).asInt()).isEqualTo(1);
        assertThat(chat.call("updateLastReadMessageIndex", 0).asInt()).isEqualTo(2);
        assertThat(chat.call("setAllMessagesUnread").isNull()).isTrue();

        bob.readsAll();
        JsObject reader = javaScript
                .await(
                        chat,
                        "participantUpdated",
                        event -> event.object("participant").is(typing))
                .object("participant");
        assertThat(reader.get("lastReadMessageIndex").asInt()).isEqualTo(2);
        assertThat(reader.text("lastReadTimestamp")).startsWith("20");
    }

    @Test
    void sendsEditsAndRemovesMessages() {
        JsObject chat = chat("messages");
        chat.call("sendMessage", "grüß dich", Map.of("größe", 3));
        JsObject message = chat.await("messageAdded").object();
        javaScript.await(jane, "messageAdded", event -> event.object().is(message));
        assertThat(message.text("sid")).startsWith("IM");
        assertThat(message.text("author")).isEqualTo("jane");
        assertThat(message.text("body")).isEqualTo("grüß dich");
        assertThat(message.get("index").asInt()).isZero();
        assertThat(message.text("type")).isEqualTo("text");
        assertThat(message.get("attributes").path("größe").asInt()).isEqualTo(3);
        assertThat(message.text("dateCreated")).isEqualTo(message.text("dateUpdated"));
        for (String absent : List.of("subject", "contentSid", "media", "aggregatedDeliveryReceipt", "lastUpdatedBy")) {
            assertThat(message.get(absent).isNull()).as(absent).isTrue();
        }
        assertThat(message.get("attachedMedia")).isEmpty();
        assertThat(message.object("conversation").is(chat)).isTrue();
        assertThat(message.callForObject("getParticipant").text("sid")).isEqualTo(message.text("participantSid"));
        javaScript.await(chat, "updated", event -> event.updateReasons().contains("lastMessage"));
        assertThat(chat.now().get("lastMessage").path("index").asInt()).isZero();
        assertThat(chat.call("getMessagesCount").asInt()).isEqualTo(1);

        assertThat(message.callForObject("updateBody", "servus").is(message)).isTrue();
        assertThat(message.await("updated").updateReasons()).contains("body", "lastUpdatedBy");
        assertThat(chat.await("messageUpdated").object("message").text("body")).isEqualTo("servus");
        javaScript.await(
                jane, "messageUpdated", event -> event.object("message").is(message));
        message.callForObject("updateAttributes", List.of("ä", 1));
        assertThat(message.await("updated").updateReasons()).contains("attributes");
        assertThat(message.now().get("attributes").path(0).asText()).isEqualTo("ä");

        assertThat(message.call("getChannelMetadata").isNull()).isTrue();
        assertThat(message.call("getContentData").isNull()).isTrue();
        assertThat(message.call("getMessageRecipients")).isEmpty();
        assertThat(message.call("getDetailedDeliveryReceipts")).isEmpty();
        JsObject recipients = chat.callForObject("getMessageRecipients");
        assertThat(recipients.type()).isEqualTo("RestPaginator");
        assertThat(recipients.get("items")).isEmpty();
        assertThat(recipients.get("hasNextPage").asBoolean()).isFalse();
        assertThat(recipients.get("hasPrevPage").asBoolean()).isFalse();
        assertThat(recipients.refuses("nextPage").path("message").asText()).contains("next page");
        assertThat(recipients.refuses("prevPage").path("message").asText()).contains("previous page");

        message.call("remove");
        assertThat(chat.await("messageRemoved").object().is(message)).isTrue();
        javaScript.await(jane, "messageRemoved", event -> event.object().is(message));
    }

    @Test
    void pagesThroughMessages() {
        JsObject chat = chat("pages");
        for (int i = 0; i < 25; i++) {
            chat.call("sendMessage", "message " + i);
        }
        JsObject newest = chat.callForObject("getMessages", 10);
        assertThat(indexes(newest)).containsExactly(15, 16, 17, 18, 19, 20, 21, 22, 23, 24);
        assertThat(newest.get("hasNextPage").asBoolean()).isFalse();
        assertThat(newest.get("hasPrevPage").asBoolean()).isTrue();
        JsObject older = newest.callForObject("prevPage");
        assertThat(indexes(older)).containsExactly(5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
        assertThat(indexes(older.callForObject("nextPage"))).contains(15, 24);
        assertThat(indexes(chat.callForObject("getMessages", 10, 12, "forward")))
                .startsWith(12, 13, 14);
    }

    private List<Integer> indexes(JsObject page) {
        return javaScript.objects(page.get("items")).stream()
                .map(message -> message.get("index").asInt())
                .toList();
    }

    @Test
    void buildsMessages() {
        JsObject chat = chat("built");
        JsFile picture = file("bild.png", "image/png", "Käse");
        JsObject builder = chat.callForObject("prepareMessage");
        assertThat(builder.callForObject("setBody", "Hallo").is(builder)).isTrue();
        builder.callForObject("setSubject", "Betreff");
        builder.callForObject("setAttributes", Map.of("a", "ö"));
        builder.callForObject("addMedia", picture);
        builder.callForObject("setEmailBody", "text/plain", file("brief.txt", "text/plain", "Lieber Bob"));
        builder.callForObject("setEmailHistory", "text/plain", file("alt.txt", "text/plain", "Liebe Jane"));
        JsObject unsent = builder.callForObject("build");
        assertThat(unsent.text("text")).isEqualTo("Hallo");
        assertThat(unsent.get("attributes").path("a").asText()).isEqualTo("ö");
        assertThat(unsent.get("emailOptions").path("subject").asText()).isEqualTo("Betreff");
        assertThat(unsent.get("mediaContent")).hasSize(3);
        assertThat(unsent.call("send").asInt()).isZero();
        JsObject sent = chat.await("messageAdded").object();
        assertThat(sent.text("body")).isEqualTo("Hallo");
        assertThat(sent.text("subject")).isEqualTo("Betreff");
        assertThat(sent.callForObject("getEmailBody").now().text("filename")).isEqualTo("brief.txt");
        assertThat(sent.callForObject("getEmailHistory").now().text("filename")).isEqualTo("alt.txt");

        JsObject variable = javaScript.make("ContentTemplateVariable", "1", "Jane");
        JsObject changed = variable.callForObject("copyWithValue", "Duke");
        assertThat(changed.text("name")).isEqualTo("1");
        assertThat(changed.text("value")).isEqualTo("Duke");
        JsObject templated = chat.callForObject("prepareMessage");
        String template = "HX" + "a".repeat(32);
        templated.callForObject("setContentTemplate", template, List.of(changed));
        JsObject made = templated.callForObject("build");
        assertThat(made.text("contentSid")).isEqualTo(template);
        assertThat(made.get("contentVariables")).hasSize(1);
        assertThat(templated.call("buildAndSend").asInt()).isEqualTo(1);
        assertThat(chat.await("messageAdded").object().text("contentSid")).isEqualTo(template);
    }

    @Test
    void listsContentTemplates() throws IOException {
        String sid = makeTemplate("""
                {"friendly_name": "greeting", "language": "en", "variables": {"1": "Jane"},
                 "types": {"twilio/text": {"body": "Hello {{1}}"}}}""");

        JsObject template = jane.callForObjects("getContentTemplates").get(0);

        assertThat(template.text("sid")).isEqualTo(sid);
        assertThat(template.text("friendlyName")).isEqualTo("greeting");
        JsObject variable = javaScript.objects(template.get("variables")).get(0).now();
        assertThat(variable.text("name")).isEqualTo("1");
        assertThat(variable.text("value")).isEqualTo("Jane");
        assertThat(template.get("variants").toString()).contains("twilio/text", "Hello {{1}}");
        assertThat(template.get("dateCreated")).isEqualTo(template.get("dateUpdated"));
    }

    /** Templates are of another API of Twilio's, for which twilio-java knows no other host. */
    private String makeTemplate(String json) throws IOException {
        OkHttpClient http = new OkHttpClient();
        Request request = new Request.Builder()
                .url(twilio.url() + "/v1/Content")
                .header("Authorization", Credentials.basic(twilio.apiKey(), twilio.apiSecret()))
                .post(RequestBody.create(json, MediaType.get("application/json")))
                .build();
        try (Response response = http.newCall(request).execute()) {
            return new ObjectMapper()
                    .readTree(response.body().string())
                    .path("sid")
                    .asText();
        } finally {
            http.connectionPool().evictAll();
            http.dispatcher().executorService().shutdown();
        }
    }

    private static JsFile file(String name, String type, String text) {
        return new JsFile(name, type, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void sendsAndShowsFiles() {
        JsObject chat = chat("files");
        chat.call("sendMessage", file("bild.png", "image/png", "Käse"));
        JsObject message = chat.await("messageAdded").object();
        assertThat(message.text("type")).isEqualTo("media");
        // The single form of it is from before a message could have several.
        assertThat(message.get("media").isNull()).isTrue();
        JsObject file = javaScript.objects(message.get("attachedMedia")).get(0).now();
        assertThat(file.text("sid")).startsWith("ME");
        assertThat(file.text("filename")).isEqualTo("bild.png");
        assertThat(file.text("contentType")).isEqualTo("image/png");
        assertThat(file.get("size").asInt()).isEqualTo(5);
        assertThat(file.text("category")).isEqualTo("media");
        assertThat(content(file.call("getContentTemporaryUrl").asText())).isEqualTo("Käse");
        String sid = file.text("sid");
        for (JsonNode urls : List.of(
                message.call("getTemporaryContentUrlsForAttachedMedia"),
                message.call("getTemporaryContentUrlsForMedia", List.of(file)),
                message.call("getTemporaryContentUrlsForMediaSids", List.of(sid)),
                jane.call("getTemporaryContentUrlsForMedia", List.of(file)),
                jane.call("getTemporaryContentUrlsForMediaSids", List.of(sid)))) {
            assertThat(content(urls.path(sid).asText())).isEqualTo("Käse");
        }
        assertThat(message.callForObjects("attachTemporaryUrlsFor", List.of(file)))
                .extracting(one -> one.text("sid"))
                .containsExactly(sid);
        assertThat(message.callForObjects("getMediaByCategories", List.of("media")))
                .hasSize(1);
        assertThat(message.callForObjects("getMediaByCategory", List.of("media")))
                .hasSize(1);
    }

    private static String content(String url) {
        return new String(Download.from(url), StandardCharsets.UTF_8);
    }

    @Test
    void isToldWhatBecameOfASentMessage() {
        JsObject chat = chat("receipts");
        String phone = chat.call("addNonChatParticipant", "+15550102", "+15550103")
                .path("sid")
                .asText();
        chat.await("participantJoined");
        SimulatedPhone carl = twilio.phone("+15550103").switchesOff();
        JsObject message = message(chat, "hello phone");
        carl.switchesOn();
        JsObject receipt;
        do {
            JsEvent update = javaScript.await(
                    message, "updated", event -> event.updateReasons().contains("deliveryReceipt"));
            receipt = javaScript
                    .object(update.object("message").get("aggregatedDeliveryReceipt"))
                    .now();
        } while (receipt.text("delivered").equals("none"));
        assertThat(receipt.get("total").asInt()).isEqualTo(1);
        assertThat(List.of(receipt.text("sent"), receipt.text("delivered"))).containsOnly("all");
        assertThat(List.of(receipt.text("read"), receipt.text("failed"), receipt.text("undelivered")))
                .containsOnly("none");
        JsObject detail = message.callForObjects("getDetailedDeliveryReceipts").get(0);
        assertThat(detail.text("sid")).startsWith("DY");
        assertThat(detail.text("messageSid")).isEqualTo(message.text("sid"));
        assertThat(detail.text("conversationSid")).isEqualTo(chat.text("sid"));
        assertThat(detail.text("participantSid")).isEqualTo(phone);
        assertThat(detail.text("channelMessageSid")).startsWith("SM");
        assertThat(detail.text("status")).isEqualTo("delivered");
        assertThat(detail.get("errorCode").asInt()).isZero();
        assertThat(detail.text("dateCreated")).startsWith("20");
        assertThat(detail.text("dateUpdated")).startsWith("20");
    }

    @Test
    void knowsPeople() {
        JsObject me = jane.object("user");
        assertThat(me.text("identity")).isEqualTo("jane");
        assertThat(me.get("isSubscribed").asBoolean()).isTrue();
        me.callForObject("updateFriendlyName", "Jané");
        javaScript.await(me, "updated", event -> event.updateReasons().contains("friendlyName"));
        me.callForObject("updateAttributes", Map.of("sprache", "日本語"));
        javaScript.await(jane, "userUpdated", event -> event.updateReasons().contains("attributes"));
        assertThat(me.now().text("friendlyName")).isEqualTo("Jané");
        assertThat(me.now().get("attributes").path("sprache").asText()).isEqualTo("日本語");

        twilio.user("zoë").isCalled("Zoë");
        JsObject other = jane.callForObject("getUser", "zoë");
        javaScript.await(jane, "userSubscribed", event -> event.object().is(other));
        other.await("userSubscribed");
        assertThat(other.text("friendlyName")).isEqualTo("Zoë");
        twilio.user("zoë").goesOnline();
        javaScript.await(
                other, "updated", event -> event.object("user").get("isOnline").asBoolean());
        assertThat(other.now().get("isNotifiable").asBoolean()).isFalse();
        assertThat(jane.callForObjects("getSubscribedUsers"))
                .extracting(user -> user.text("identity"))
                .contains("jane", "zoë");
        other.call("unsubscribe");
        other.await("userUnsubscribed");
        javaScript.await(jane, "userUnsubscribed", event -> event.object().is(other));
        assertThat(other.now().get("isSubscribed").asBoolean()).isFalse();
    }

    @Test
    void registersForPushesAndUnderstandsThem() {
        jane.call("setPushRegistrationId", "fcm", "device");
        jane.call("unsetPushRegistrationId", "fcm");
        jane.call("removePushRegistrations", "fcm", "device");
        Map<String, Object> push = Map.of(
                "data",
                Map.of(
                        "twi_message_type", "twilio.conversations.new_message",
                        "twi_title", "Titel",
                        "twi_body", "grüß dich",
                        "twi_sound", "ping",
                        "twi_action", "open",
                        "conversation_sid", "CH1",
                        "message_index", 7));
        jane.call("handlePushNotification", push);
        JsObject told = jane.await("pushNotification").object();
        for (JsObject parsed : List.of(
                told,
                jane.callForObject("parsePushNotification", push),
                javaScript.object(javaScript.ofClass("Client", "parsePushNotification", push)))) {
            assertThat(parsed.text("type")).isEqualTo("twilio.conversations.new_message");
            assertThat(parsed.text("title")).isEqualTo("Titel");
            assertThat(parsed.text("body")).isEqualTo("grüß dich");
            assertThat(parsed.text("sound")).isEqualTo("ping");
            assertThat(parsed.text("action")).isEqualTo("open");
            assertThat(parsed.get("badge").isNull()).isTrue();
            assertThat(parsed.get("data").path("messageIndex").asInt()).isEqualTo(7);
        }
        Map<String, String> types = Map.of(
                "TYPING_INDICATOR", "twilio.ipmsg.typing_indicator",
                "NEW_MESSAGE", "twilio.conversations.new_message",
                "ADDED_TO_CONVERSATION", "twilio.conversations.added_to_conversation",
                "REMOVED_FROM_CONVERSATION", "twilio.conversations.removed_from_conversation",
                "CONSUMPTION_UPDATE", "twilio.channel.consumption_update");
        types.forEach((name, type) -> assertThat(
                        javaScript.ofClass("NotificationTypes", name).asText())
                .isEqualTo(type));
    }

    @Test
    void letsListenersComeAndGo() {
        JsObject chat = chat("listeners");
        for (String method : List.of("on", "once", "addListener")) {
            javaScript.hear(chat, method, "messageAdded", "heard by " + method);
        }
        message(chat, "one");
        for (String method : List.of("onWithReplay", "onceWithReplay", "addListenerWithReplay")) {
            javaScript.hear(chat, method, "messageAdded", "heard by " + method);
        }
        for (String method :
                List.of("on", "once", "addListener", "onWithReplay", "onceWithReplay", "addListenerWithReplay")) {
            assertThat(javaScript
                            .await(chat, "heard by " + method, event -> true)
                            .object()
                            .text("body"))
                    .isEqualTo("one");
        }
        javaScript.unhear(chat, "off", "messageAdded", "heard by on");
        javaScript.unhear(chat, "removeListener", "messageAdded", "heard by addListener");
        message(chat, "two");
        for (String method : List.of("onWithReplay", "addListenerWithReplay")) {
            assertThat(javaScript
                            .await(chat, "heard by " + method, event -> true)
                            .object()
                            .text("body"))
                    .isEqualTo("two");
        }
        for (String method : List.of("on", "once", "addListener", "onceWithReplay")) {
            assertThat(javaScript.pending(chat, "heard by " + method)).isEmpty();
        }
        javaScript.hear(chat, "on", "typingEnded", "made up");
        chat.call("emit", "typingEnded", chat);
        javaScript.used("ReplayEventEmitter.emit");
        assertThat(javaScript.await(chat, "made up", event -> true).object().is(chat))
                .isTrue();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void nothingPublicIsForgotten() {
        JsonNode members = javaScript.members();
        assertThat(SdkSurface.of(members)).contains("Client#messageAdded", "Conversation.typing", "Client::create");
        assertThat(SdkSurface.forgotten(members, javaScript.used())).isEmpty();
        assertThat(SdkSurface.needless(members, javaScript.used())).isEmpty();
    }
}
