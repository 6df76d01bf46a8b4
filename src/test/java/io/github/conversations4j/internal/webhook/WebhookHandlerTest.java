package io.github.conversations4j.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.Unknown;
import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.TwilioSignature;
import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.RecordingSink;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.WebhookRefusal;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.source.WebhookSource;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.testing.SignedWebhooks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHandlerTest {
    private static final String URL = "https://chat.example.com/twilio";
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
    private static final Map<String, String> MESSAGE =
            Map.of("ConversationSid", "CH1", "MessageSid", "IM1", "Index", "0", "Body", "hi", "Author", "alice");

    private final RecordingSink sink = new RecordingSink();
    private final SignedWebhooks twilio = SignedWebhooks.of(URL, "AC1", "token");
    private final FormCodec codec = new FormCodec(1 << 20, 1000);
    private WebhookHandler handler = handler(EventSources.webhook(URL));

    private WebhookHandler handler(WebhookSource settings) {
        return handler(settings, new WebhookAccount("AC1", List.of("token"), null));
    }

    private WebhookHandler handler(WebhookSource settings, WebhookAccount account) {
        return new WebhookHandler(
                settings, settings.publicUrl(), account, sink, Decisions.nobody(), new ManualTime(NOW));
    }

    private void assertRefused(WebhookRequest request, WebhookRefusal reason) {
        long before = handler.refusals().get(reason);

        assertThat(handler.handle(request)).as("%s", request).isEqualTo(WebhookReply.empty(reason.status()));

        assertThat(handler.refusals().get(reason)).isEqualTo(before + 1);
        assertThat(sink.drain()).isEmpty();
    }

    private void assertAccepted(WebhookRequest request) {
        assertThat(handler.handle(request)).as("%s", request).isEqualTo(WebhookReply.empty(200));
        assertThat(sink.drain()).hasSize(1);
    }

    private static WebhookRequest.Builder copy(WebhookRequest request, String target) {
        return WebhookRequest.builder(request.method(), target)
                .headers(request.headers())
                .body(request.body());
    }

    private WebhookRequest signedFor(String url, String target) {
        byte[] body = SignedWebhooks.of(URL, "AC1", "token")
                .request("onMessageAdded", MESSAGE)
                .body();
        return form(target, body, new TwilioSignature(List.of("token")).sign(url, codec.decode(body)));
    }

    private static WebhookRequest form(String target, byte[] body, String signature) {
        return WebhookRequest.builder("POST", target)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("x-twilio-signature", signature)
                .body(body)
                .build();
    }

    @Nested
    class Signature {
        @Test
        void isNeeded() {
            WebhookRequest signed = twilio.request("onMessageAdded", MESSAGE);
            WebhookRequest unsigned = WebhookRequest.builder("POST", "/twilio")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .body(signed.body())
                    .build();

            assertRefused(unsigned, WebhookRefusal.SIGNATURE);
        }

        @Test
        void mustFit() {
            byte[] body = twilio.request("onMessageAdded", MESSAGE).body();

            assertRefused(form("/twilio", body, "L/OH5YylLD5NRKLltdqwSvS0BnU="), WebhookRefusal.SIGNATURE);
            assertRefused(form("/twilio", body, ""), WebhookRefusal.SIGNATURE);
            assertRefused(
                    SignedWebhooks.of(URL, "AC1", "other token").request("onMessageAdded", MESSAGE),
                    WebhookRefusal.SIGNATURE);
            assertRefused(
                    SignedWebhooks.of("https://evil.example.com/twilio", "AC1", "token")
                            .request("onMessageAdded", MESSAGE),
                    WebhookRefusal.SIGNATURE);
        }

        @Test
        void coversTheWholeForm() {
            WebhookRequest signed = twilio.request("onMessageAdded", MESSAGE);
            String body = new String(signed.body(), UTF_8);

            assertRefused(copy(signed, "/twilio").body(body.replace("hi", "ho")).build(), WebhookRefusal.SIGNATURE);
            assertRefused(copy(signed, "/twilio").body(body + "&x=y").build(), WebhookRefusal.SIGNATURE);
            assertRefused(
                    copy(signed, "/twilio").body(body.replace("&Body=hi", "")).build(), WebhookRefusal.SIGNATURE);
        }

        @Test
        void coversTheWholeQueryOfAGet() {
            WebhookRequest signed = twilio.asGet().request("onMessageAdded", MESSAGE);

            assertRefused(copy(signed, signed.target().replace("hi", "ho")).build(), WebhookRefusal.SIGNATURE);
            assertRefused(copy(signed, signed.target() + "&").build(), WebhookRefusal.SIGNATURE);
            assertRefused(copy(signed, "/twilio").build(), WebhookRefusal.SIGNATURE);
        }

        @ParameterizedTest
        @CsvSource({
            "https://chat.example.com/twilio,          https://chat.example.com:443/twilio",
            "https://chat.example.com:8443/twilio,     https://chat.example.com/twilio",
            "https://chat.example.com:8443/twilio,     https://chat.example.com:8443/twilio",
            "https://user:pw@chat.example.com/twilio,  https://chat.example.com/twilio",
            "https://chat.example.com/t?x=%2b%7E#rc=2, https://chat.example.com/t?x=%2b%7E",
            "http://chat.example.com,                  http://chat.example.com/",
        })
        void fitsEachFormOfThePublicUrl(String publicUrl, String signedUrl) {
            handler = handler(EventSources.webhook(publicUrl));

            // What a proxy makes of the path does not matter: the public URL counts.
            assertAccepted(signedFor(signedUrl, "/inner/path"));
        }

        @Test
        void mayCoverAQueryThatThePublicUrlDoesNotState() {
            assertAccepted(signedFor(URL + "?tenant=%37", "/twilio?tenant=%37"));
            assertRefused(signedFor(URL + "?tenant=%37", "/twilio?tenant=7"), WebhookRefusal.SIGNATURE);
        }

        @Test
        void mayBeMadeWithEachTokenOfARotation() {
            handler = handler(EventSources.webhook(URL).authTokens("next"));

            assertAccepted(twilio.request("onMessageAdded", MESSAGE));
            assertAccepted(SignedWebhooks.of(URL, "AC1", "next").request("onMessageAdded", MESSAGE));
            assertRefused(
                    SignedWebhooks.of(URL, "AC1", "last").request("onMessageAdded", MESSAGE), WebhookRefusal.SIGNATURE);
        }

        @Test
        void cannotBeSwitchedOff() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> handler(EventSources.webhook(URL), new WebhookAccount("AC1", List.of(), null)))
                    .withMessageContaining("TWILIO_AUTH_TOKEN");
        }

        @Test
        void coversRepeatedAndEmptyParameters() {
            byte[] body = ("AccountSid=AC1&EventType=onMessageAdded&ConversationSid=CH1&MessageSid=IM1&Index=0"
                            + "&x=b&x=a&x=&Author=&Body=first&Body=second")
                    .getBytes(UTF_8);
            String signed = new TwilioSignature(List.of("token")).sign(URL, codec.decode(body));

            assertThat(handler.handle(form("/twilio", body, signed)).status()).isEqualTo(200);
            MessageAdded event = (MessageAdded) sink.drain().get(0);
            assertThat(event.message().body()).isEqualTo("first");
            assertThat(event.message().author()).isNull();
        }
    }

    @Nested
    class ForwardedHeaders {
        private final WebhookRequest behindProxy = copy(
                        signedFor("https://other.example.com/twilio", "/twilio"), "/twilio")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "other.example.com")
                .remoteAddress("10.0.0.7")
                .build();

        @Test
        void areNotReadUnlessAskedFor() {
            assertRefused(behindProxy, WebhookRefusal.SIGNATURE);
        }

        @Test
        void areReadFromATrustedProxyOnly() {
            handler = handler(EventSources.webhook(URL).trustForwardedHeadersFrom("10.0.0.0/24"));

            assertAccepted(behindProxy);
            assertRefused(copy(behindProxy, "/twilio").remoteAddress("10.0.1.7").build(), WebhookRefusal.SIGNATURE);
            assertRefused(copy(behindProxy, "/twilio").build(), WebhookRefusal.SIGNATURE);
            assertAccepted(twilio.request("onMessageAdded", MESSAGE));
        }

        @Test
        void areReadAsTheNearestProxyWroteThem() {
            handler = handler(EventSources.webhook(URL).trustForwardedHeadersFrom("10.0.0.7"));
            WebhookRequest chained = copy(signedFor("https://b.example.com:8443/x?y=z", "/x?y=z"), "/x?y=z")
                    .header("X-Forwarded-Proto", "http, https")
                    .header("X-Forwarded-Host", "a.example.com")
                    .header("X-Forwarded-Host", "b.example.com")
                    .header("X-Forwarded-Port", "8443")
                    .remoteAddress("10.0.0.7")
                    .build();

            assertAccepted(chained);
        }

        @Test
        void fallBackToTheHostHeader() {
            handler = handler(EventSources.webhook(URL).trustForwardedHeadersFrom("::1"));
            WebhookRequest request = copy(signedFor("https://[fd00::1]:8443/x", "/x"), "/x")
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Port", "1")
                    .header("Host", "[fd00::1]:8443")
                    .remoteAddress("0:0:0:0:0:0:0:1")
                    .build();

            assertAccepted(request);
        }
    }

    @Nested
    class Origin {
        @Test
        void mustBeTheAccount() {
            assertRefused(twilio.request("onMessageAdded", with(MESSAGE, "AccountSid", "AC2")), WebhookRefusal.ACCOUNT);
            assertRefused(twilio.request("onMessageAdded", with(MESSAGE, "AccountSid", "")), WebhookRefusal.ACCOUNT);
            assertRefused(twilio.request("onMessageAdd", with(MESSAGE, "AccountSid", "AC2")), WebhookRefusal.ACCOUNT);
        }

        @Test
        void mustBeTheServiceOfTheCredentials() {
            handler = handler(EventSources.webhook(URL), new WebhookAccount("AC1", List.of("token"), "IS1"));

            assertAccepted(twilio.request("onMessageAdded", MESSAGE));
            assertAccepted(twilio.request("onMessageAdded", with(MESSAGE, "ChatServiceSid", "IS1")));
            assertRefused(
                    twilio.request("onMessageAdded", with(MESSAGE, "ChatServiceSid", "IS2")), WebhookRefusal.SERVICE);
        }

        @Test
        void isNoReasonToVetoWhatAnotherServiceDoes() {
            handler = handler(EventSources.webhook(URL), new WebhookAccount("AC1", List.of("token"), "IS1"));

            assertThat(handler.handle(twilio.request("onMessageAdd", with(MESSAGE, "ChatServiceSid", "IS2"))))
                    .isEqualTo(WebhookReply.empty(200));
            assertThat(handler.refusals()).containsEntry(WebhookRefusal.SERVICE, 1L);
        }

        @Test
        void mayBeSeveralServicesIfTheSourceSaysSo() {
            handler = handler(
                    EventSources.webhook(URL).onlyServices("IS2", "IS3"),
                    new WebhookAccount("AC1", List.of("token"), "IS1"));

            assertAccepted(twilio.request("onMessageAdded", with(MESSAGE, "ChatServiceSid", "IS3")));
            assertRefused(
                    twilio.request("onMessageAdded", with(MESSAGE, "ChatServiceSid", "IS1")), WebhookRefusal.SERVICE);
        }
    }

    @Nested
    class Content {
        @ParameterizedTest
        @ValueSource(strings = {"PUT", "DELETE", "HEAD", "OPTIONS", "get "})
        void comesByGetOrPost(String method) {
            assertRefused(WebhookRequest.builder(method, "/twilio").build(), WebhookRefusal.METHOD);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "multipart/form-data; boundary=x",
                    "application/x-www-form-urlencoded-not",
                    "application/json5",
                    ""
                })
        void mustBeOfATypeThatIsSigned(String type) {
            WebhookRequest signed = twilio.request("onMessageAdded", MESSAGE);

            assertRefused(
                    WebhookRequest.builder("POST", "/twilio")
                            .header("X-Twilio-Signature", String.valueOf(signed.header("X-Twilio-Signature")))
                            .header("Content-Type", type)
                            .body(signed.body())
                            .build(),
                    WebhookRefusal.CONTENT_TYPE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/x-www-form-urlencoded;charset=UTF-8",
                    "Application/X-WWW-Form-URLEncoded ; charset=utf-8",
                    "application/x-www-form-urlencoded "
                })
        void mayBeAFormHoweverItIsWritten(String type) {
            WebhookRequest signed = twilio.request("onMessageAdded", MESSAGE);

            assertAccepted(WebhookRequest.builder("POST", "/twilio")
                    .header("X-Twilio-Signature", String.valueOf(signed.header("X-Twilio-Signature")))
                    .header("Content-Type", type)
                    .body(signed.body())
                    .build());
        }

        @Test
        void isReadFromTheSignedPartOnly() {
            WebhookRequest get = twilio.asGet().request("onMessageAdded", MESSAGE);
            handler.handle(copy(get, get.target())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .body("Body=forged&Author=mallory")
                    .build());
            WebhookRequest post = twilio.request("onMessageAdded", MESSAGE);
            handler.handle(
                    copy(post, "/twilio?Media=forged&ClientIdentity=mallory").build());

            assertThat(sink.drain()).hasSize(2).allSatisfy(event -> {
                assertThat(((MessageAdded) event).message().body()).isEqualTo("hi");
                assertThat(((MessageAdded) event).message().author()).isEqualTo("alice");
                assertThat(event.meta().clientIdentity()).isNull();
            });
        }

        @Test
        void mustBeTheJsonWhoseHashWasSigned() {
            WebhookRequest signed = twilio.asJson().request("onMessageAdded", MESSAGE);
            String body = new String(signed.body(), UTF_8);

            assertAccepted(signed);
            assertRefused(
                    copy(signed, signed.target()).body(body.replace("hi", "ho")).build(), WebhookRefusal.BODY_HASH);
            assertRefused(copy(signed, "/twilio").build(), WebhookRefusal.CONTENT_TYPE);
            assertRefused(
                    copy(signed, "/twilio?bodySHA256=" + TwilioSignature.bodySha256("{}".getBytes(UTF_8)))
                            .body("{}")
                            .build(),
                    WebhookRefusal.SIGNATURE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "[]", "null", "[{\"specversion\":\"1.0\"}]", "\"x\""})
        void mustBeAJsonObject(String body) {
            String url = URL + "?bodySHA256=" + TwilioSignature.bodySha256(body.getBytes(UTF_8));

            assertRefused(
                    WebhookRequest.builder("POST", url)
                            .header("Content-Type", "application/json")
                            .header("X-Twilio-Signature", new TwilioSignature(List.of("token")).sign(url, null))
                            .body(body)
                            .build(),
                    WebhookRefusal.MALFORMED);
        }

        /** However much longer it would be as a form. */
        @Test
        void jsonMayBeAsLongAsAForm() {
            String body = "\"ö\"".repeat(140);
            WebhookRequest json = twilio.asJson().request("onMessageAdded", with(MESSAGE, "Body", body));
            handler = handler(EventSources.webhook(URL).maxBodyBytes(json.body().length));

            assertThat(handler.handle(json)).isEqualTo(WebhookReply.empty(200));
            assertThat(sink.drain())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MessageAdded.class,
                            event -> assertThat(event.message().body()).isEqualTo(body));
            handler = handler(EventSources.webhook(URL).maxBodyBytes(json.body().length - 1));
            assertRefused(json, WebhookRefusal.TOO_LARGE);
            handler = handler(EventSources.webhook(URL).maxBodyBytes(Integer.MAX_VALUE));
            assertAccepted(json);
        }

        @Test
        void hasLimits() {
            handler = handler(EventSources.webhook(URL).maxBodyBytes(300).maxParameters(10));
            Map<String, String> many = new LinkedHashMap<>(MESSAGE);
            many.put("a", "");
            assertAccepted(twilio.request("onMessageAdded", many));
            many.put("b", "");
            many.put("c", "");

            assertRefused(twilio.request("onMessageAdded", many), WebhookRefusal.TOO_MANY_PARAMETERS);
            assertRefused(
                    twilio.request("onMessageAdded", with(MESSAGE, "Body", "x".repeat(300))), WebhookRefusal.TOO_LARGE);
            assertRefused(
                    twilio.asGet().request("onMessageAdded", with(MESSAGE, "Body", "x".repeat(300))),
                    WebhookRefusal.TOO_LARGE);
        }

        @Test
        void mayBeAsLongAsTwilioAllows() {
            Map<String, String> long_ = with(MESSAGE, "Body", "ü".repeat(16 * 1024));
            long_.put("Attributes", "\"" + "é".repeat(8 * 1024 - 1) + "\"");

            assertAccepted(twilio.request("onMessageAdded", long_));
        }

        @ParameterizedTest
        @ValueSource(strings = {"Body=%", "Body=%C3", "%zz=1"})
        void mustBeWellFormed(String body) {
            assertRefused(form("/twilio", body.getBytes(UTF_8), "x"), WebhookRefusal.MALFORMED);
        }

        @Test
        void mustBeAnEvent() {
            assertRefused(
                    twilio.request("", Map.of("CallSid", "CA1", "CallStatus", "ringing")), WebhookRefusal.NO_EVENT);
        }
    }

    @Nested
    class Event {
        @Test
        void isUnknownIfItsTypeIs() {
            assertThat(handler.handle(
                                    twilio.request("onReactionAdded", Map.of("ConversationSid", "CH1", "Emoji", "👍")))
                            .status())
                    .isEqualTo(200);

            assertThat(sink.drain()).singleElement().isInstanceOfSatisfying(Unknown.class, event -> {
                assertThat(event.type()).isEqualTo(EventType.UNKNOWN);
                assertThat(event.name()).isEqualTo("onReactionAdded");
                assertThat(event.parameters())
                        .containsEntry("Emoji", "👍")
                        .containsEntry("ConversationSid", "CH1")
                        .containsEntry("AccountSid", "AC1")
                        .containsEntry("EventType", "onReactionAdded");
                assertThat(event.meta().time()).isEqualTo(NOW);
            });
        }

        @ParameterizedTest
        @CsvSource({
            "onMessageAdded, MessageSid",
            "onMessageAdded, Index",
            "onMessageUpdated, ConversationSid",
            "onParticipantAdded, ParticipantSid",
            "onUserAdded, Identity",
            "onDeliveryUpdated, Status"
        })
        void isUnknownIfItLacksWhatItNeeds(String type, String missing) {
            Map<String, String> parameters = with(MESSAGE, "ParticipantSid", "MB1");
            parameters.putAll(Map.of("UserSid", "US1", "Identity", "a", "DeliveryReceiptSid", "DY1", "Status", "sent"));
            parameters.put(missing, "");

            assertThat(handler.handle(twilio.request(type, parameters)).status())
                    .isEqualTo(200);

            assertThat(sink.drain())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Unknown.class, event -> assertThat(event.name()).isEqualTo(type));
            assertThat(sink.drainIncomplete())
                    .isEqualTo(missing.equals("ConversationSid") ? List.of() : List.of("CH1"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{not json", "", "null", "[1,", "\u0000", "💥"})
        void isNotLostToItsAttributes(String attributes) {
            handler.handle(twilio.request("onMessageAdded", with(MESSAGE, "Attributes", attributes)));

            assertThat(sink.drain())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MessageAdded.class,
                            event -> assertThat(event.message().attributes().json())
                                    .isEqualTo(attributes.isEmpty() ? "{}" : attributes));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{", "{}", "null", "[null,1,\"x\",{},{\"Sid\":null}]", "\"x\""})
        void isNotLostToItsMedia(String media) {
            handler.handle(twilio.request("onMessageAdded", with(MESSAGE, "Media", media)));

            assertThat(sink.drain())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MessageAdded.class,
                            event -> assertThat(event.message().media()).isEmpty());
        }

        @ParameterizedTest
        @CsvSource({
            "2026-03-01T10:20:30Z,           2026-03-01T10:20:30Z",
            "2026-03-01T10:20:30.123456789Z, 2026-03-01T10:20:30.123456789Z",
            "2026-03-01T12:20:30+02:00,      2026-03-01T10:20:30Z",
            "2026-02-30T10:20:30Z,           ",
            "yesterday,                      ",
            "'',                             "
        })
        void isNotLostToItsDates(String date, Instant expected) {
            handler.handle(twilio.request("onMessageAdded", with(MESSAGE, "DateCreated", date)));

            assertThat(sink.drain()).singleElement().isInstanceOfSatisfying(MessageAdded.class, event -> {
                assertThat(event.message().dateCreated()).isEqualTo(expected);
                assertThat(event.meta().time()).isEqualTo(expected == null ? NOW : expected);
            });
        }

        @Test
        void takesTheStatusOfADeliveryUnderEitherName() {
            handler.handle(twilio.request(
                    "onDeliveryUpdated", with(MESSAGE, "DeliveryReceiptSid", "DY1", "DeliveryStatus", "read")));

            assertThat(sink.drain())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            DeliveryUpdated.class,
                            event -> assertThat(event.receipt().status()).isEqualTo(DeliveryStatus.READ));
        }

        @Test
        void seesNoBindingInAPureChatParticipant() {
            handler.handle(twilio.request(
                    "onParticipantAdded", with(MESSAGE, "ParticipantSid", "MB1", "MessagingBinding.Type", "CHAT")));
            handler.handle(twilio.request(
                    "onParticipantAdded",
                    with(MESSAGE, "ParticipantSid", "MB1", "MessagingBinding.ProjectedAddress", "+1")));

            assertThat(sink.drain())
                    .extracting(
                            event -> ((ParticipantJoined) event).participant().messagingBinding())
                    .containsExactly(null, new MessagingBinding(null, null, null, "+1"));
        }

        @Test
        void hasTheSameIdWhenItComesAgainAndAnotherOneWhenItsContentChanged() {
            Map<String, String> update = with(MESSAGE, "DateUpdated", "2026-03-01T10:20:30.111Z");
            handler.handle(twilio.request("onMessageUpdated", update));
            handler.handle(twilio.asGet().request("onMessageUpdated", update));
            handler.handle(twilio.request("onMessageUpdated", with(update, "DateUpdated", "2026-03-01T10:20:30.999Z")));
            handler.handle(twilio.request("onMessageUpdated", with(update, "Body", "edited")));
            handler.handle(twilio.request("onMessageUpdated", with(update, "DateUpdated", "2026-03-01T10:20:31.000Z")));

            List<String> ids =
                    sink.drain().stream().map(event -> event.meta().id()).toList();
            assertThat(ids.get(1)).isEqualTo(ids.get(0));
            assertThat(ids.get(2)).isEqualTo(ids.get(0));
            assertThat(ids.get(3)).isNotEqualTo(ids.get(0));
            assertThat(ids.get(4)).isNotEqualTo(ids.get(0)).isNotEqualTo(ids.get(3));
        }
    }

    @Nested
    class Log {
        private final ByteArrayOutputStream log = new ByteArrayOutputStream();
        private final PrintStream before = System.err;

        @BeforeEach
        void listen() {
            System.setErr(new PrintStream(log, true, UTF_8));
        }

        @AfterEach
        void stop() {
            System.setErr(before);
        }

        @Test
        void saysWhichUrlsWereTriedAndNothingSecret() {
            WebhookRequest forged = SignedWebhooks.of("https://evil.example.com/twilio", "AC1", "token")
                    .request("onMessageAdded", with(MESSAGE, "Body", "private"));

            handler.handle(copy(forged, "/twilio?key=hidden\r\nFORGED")
                    .remoteAddress("10.9.8.7")
                    .build());

            assertThat(log.toString(UTF_8))
                    .contains("SIGNATURE", "answered 403", "from 10.9.8.7")
                    .contains("[https://chat.example.com/twilio, https://chat.example.com:443/twilio,")
                    .contains("https://chat.example.com/twilio?key=…")
                    .doesNotContain("\nFORGED", "hidden", "private", "token,")
                    .doesNotContain(String.valueOf(forged.header("X-Twilio-Signature")));
        }

        @Test
        void doesNotGrowWithAFlood() {
            WebhookRequest forged = form("/twilio", bytes("a=1"), "L/OH5YylLD5NRKLltdqwSvS0BnU=");
            for (int i = 0; i < 1_000; i++) {
                handler.handle(forged);
            }

            assertThat(log.toString(UTF_8).lines()).hasSize(10);
            assertThat(handler.refusals()).containsEntry(WebhookRefusal.SIGNATURE, 1_000L);
        }

        @Test
        void holdsNothingOfWhatIsMalformed() {
            handler.handle(form("/twilio", bytes("Body=private&x=%zz"), "x"));

            assertThat(log.toString(UTF_8)).contains("MALFORMED").doesNotContain("private");
        }

        private byte[] bytes(String text) {
            return text.getBytes(UTF_8);
        }
    }

    @Nested
    class BackPressure {
        @Test
        void isAnsweredWith503AndMarksTheConversation() {
            sink.answer(Sink.Offer.REFUSED);

            assertThat(handler.handle(twilio.request("onMessageAdded", MESSAGE)).status())
                    .isEqualTo(503);
            assertThat(handler.handle(twilio.request("onUserAdded", Map.of("Identity", "a", "UserSid", "US1")))
                            .status())
                    .isEqualTo(503);

            assertThat(sink.drainIncomplete()).containsExactly("CH1");
            assertThat(handler.refusals()).containsEntry(WebhookRefusal.NO_ROOM, 2L);
        }

        @Test
        void duplicatesAreAsGoodAsTaken() {
            sink.answer(Sink.Offer.DUPLICATE);

            assertThat(handler.handle(twilio.request("onMessageAdded", MESSAGE)).status())
                    .isEqualTo(200);
        }

        @Test
        void aClosedClientSaysSo() {
            sink.answer(Sink.Offer.CLOSED);

            assertThat(handler.handle(twilio.request("onMessageAdded", MESSAGE)).status())
                    .isEqualTo(503);
            assertThat(handler.refusals()).containsEntry(WebhookRefusal.CLOSED, 1L);
        }

        @Test
        void aSinkThatThrowsHarmsNobody() {
            sink.answer(event -> {
                throw new IllegalStateException("secret");
            });

            WebhookReply reply = handler.handle(twilio.request("onMessageAdded", MESSAGE));

            assertThat(reply).isEqualTo(WebhookReply.empty(500));
            assertThat(handler.refusals()).containsEntry(WebhookRefusal.DEFECT, 1L);
            assertThat(sink.drainIncomplete()).containsExactly("CH1");
        }

        @Test
        void notEvenOneThatDoesNothingElse() {
            Sink throwing = new Sink() {
                @Override
                public Offer offer(ConversationsEvent event) {
                    throw new IllegalStateException("offer");
                }

                @Override
                public void markIncomplete(String conversationSid) {
                    throw new IllegalStateException("mark");
                }
            };
            WebhookHandler broken = new WebhookHandler(
                    EventSources.webhook(URL),
                    URL,
                    new WebhookAccount("AC1", List.of("token"), null),
                    throwing,
                    Decisions.nobody(),
                    new ManualTime(NOW));

            assertThat(broken.handle(twilio.request("onMessageAdded", MESSAGE))).isEqualTo(WebhookReply.empty(500));
            assertThat(broken.refusals()).containsEntry(WebhookRefusal.DEFECT, 1L);
        }
    }

    private static Map<String, String> with(Map<String, String> parameters, String... namesAndValues) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            more.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return more;
    }
}
