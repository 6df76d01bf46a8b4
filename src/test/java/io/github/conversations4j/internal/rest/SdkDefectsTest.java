package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.User;
import com.twilio.rest.conversations.v1.user.UserConversation;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ParticipantChange;
import io.github.conversations4j.testing.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What twilio-java 13.0.1 gets wrong on our way, one test per defect. That a POST is repeated after a 503 has a test class
 * of its own, {@link WriteOnceTest}.
 */
class SdkDefectsTest extends RestFixture {
    private RestConversationsApi api() {
        return new RestConversationsApi(client());
    }

    private static String list(String key, String items, String next) {
        return """
                {"%s": [%s], "meta": {"page": 0, "page_size": 50, "url": "https://conversations.twilio.com/v1/x",
                 "first_page_url": "https://conversations.twilio.com/v1/x", "previous_page_url": null,
                 "next_page_url": %s, "key": "%s"}}""".formatted(key, items, next == null ? "null" : '"' + next + '"', key);
    }

    private static String message(int index) {
        return "{\"sid\": \"IM%d\", \"conversation_sid\": \"CH1\", \"index\": %d}".formatted(index, index);
    }

    @Test
    void theTextNullIsSent() throws Exception {
        server.enqueue(answer(201, message(0)));

        await(api().messages()
                .send("CH1", NewMessage.text("null"), "a-mutation-id")
                .toCompletableFuture());

        assertThat(taken().getBody().utf8()).isEqualTo("Body=null");
    }

    @Test
    void anAddressCanBeRemoved() throws Exception {
        server.enqueue(answer(200, "{\"sid\": \"MB1\", \"conversation_sid\": \"CH1\"}"));

        await(api().participants()
                .update("CH1", "MB1", new ParticipantChange(null, null, "", null))
                .toCompletableFuture());

        assertThat(taken().getBody().utf8()).isEqualTo("MessagingBinding.ProxyAddress=null");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b,     a%2Fb",
        "a?b=c,   a%3Fb%3Dc",
        "a#b,     a%23b",
        "a b,     a%20b",
        "a+b,     a%2Bb",
        "a%2Fb,   a%252Fb",
        "x@y.org, x%40y.org",
        "ü€😀,    %C3%BC%E2%82%AC%F0%9F%98%80",
        "a*b~c,   a*b%7Ec",
        "'\\',    %5C",
    })
    void aPathValueStaysOneValue(String identity, String encoded) throws Exception {
        server.enqueue(answer(200, "{\"sid\": \"US1\", \"identity\": \"x\"}"));

        await(api().users().fetch(identity).toCompletableFuture());

        assertThat(taken().getTarget()).isEqualTo("/v1/Users/" + encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void aPathValueThatMeansAnotherPlaceIsRefused(String identity) throws Exception {
        assertThat(failure(api().users().fetch(identity).toCompletableFuture()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fetch user " + identity + ": ");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void theLinkToTheNextPageIsUsedAsItIs() throws Exception {
        ConversationsApi.Mine mine = api().mine("alice@x");
        String next = "/v1/Users/alice%40x/Conversations?PageSize=20&Page=1&PageToken=PAa%2Bb%3D%3D";
        server.enqueue(answer(200, list("conversations", "", "https://conversations.twilio.com" + next)));
        server.enqueue(answer(200, list("conversations", "", null)));
        PageRequest page = PageRequest.first(20);

        Slice<?> first = await(mine.list(page).toCompletableFuture());
        Slice<?> second = await(mine.list(page.after(first.next())).toCompletableFuture());

        assertThat(taken().getTarget()).isEqualTo("/v1/Users/alice%40x/Conversations?PageSize=20");
        assertThat(taken().getTarget()).isEqualTo(next);
        assertThat(second.next()).isNull();
    }

    /** Pages that are absolute to the server itself survive a region, which would make 127.ie1.0.1 of its address. */
    @Test
    void theReadersOfTwilioJavaGetTheRightNextPageFromUs() throws Exception {
        Credentials credentials = Credentials.builder(ACCOUNT)
                .apiKey(KEY, "key-secret")
                .region("ie1")
                .build();
        TwilioRestClient twilio = client(credentials, options -> options).twilio();
        String next = "/v1/Users/alice%40x/Conversations?PageSize=1&Page=1&PageToken=PAa%2Bb%3D%3D";
        String item = "{\"conversation_sid\": \"CH%d\"}";
        server.enqueue(answer(200, list("conversations", item.formatted(1), baseUrl() + next)));
        server.enqueue(
                answer(200, list("conversations", item.formatted(2), "https://conversations.twilio.com" + next + "2")));
        server.enqueue(answer(200, list("conversations", item.formatted(3), null)));

        List<String> sids = new ArrayList<>();
        UserConversation.reader("alice@x")
                .read(twilio)
                .forEach(conversation -> sids.add(conversation.getConversationSid()));

        assertThat(sids).containsExactly("CH1", "CH2", "CH3");
        assertThat(taken().getTarget()).isEqualTo("/v1/Users/alice%40x/Conversations");
        assertThat(taken().getTarget()).isEqualTo(next);
        assertThat(taken().getTarget()).isEqualTo(next + "2");
    }

    @Test
    void thePageSizeIsSentOnceAndNotBeyondWhatTwilioServes() throws Exception {
        server.enqueue(answer(200, list("messages", "", null)));
        server.enqueue(answer(200, list("users", "", null)));

        ConversationsApi api = api();
        await(api.messages()
                .list("CH1", ConversationsApi.Order.DESCENDING, null, PageRequest.first(100))
                .toCompletableFuture());
        await(api.users().list(PageRequest.first(100)).toCompletableFuture());

        assertThat(taken().getUrl().queryParameterValues("PageSize")).containsExactly("100");
        assertThat(taken().getUrl().queryParameterValues("PageSize")).containsExactly("50");
    }

    @Test
    void anEmptyPageInTheMiddleDoesNotEndTheList() throws Exception {
        ConversationsApi.Messages messages = api().messages();
        String link = "https://conversations.twilio.com/v1/Conversations/CH1/Messages?PageToken=";
        server.enqueue(answer(200, list("messages", "", link + 1)));
        server.enqueue(answer(200, list("messages", message(1), link + 2)));
        server.enqueue(answer(200, list("messages", "", link + 3)));
        server.enqueue(answer(200, list("messages", message(7), null)));

        Slice<Message> empty = await(messages.list("CH1", ConversationsApi.Order.ASCENDING, null, PageRequest.first(1))
                .toCompletableFuture());
        assertThat(empty.items()).isEmpty();
        assertThat(empty.next()).isEqualTo(link + 1);

        Slice<Message> found = await(messages.list(
                        "CH1",
                        ConversationsApi.Order.ASCENDING,
                        5,
                        PageRequest.first(1).after(link + 1))
                .toCompletableFuture());
        assertThat(found.items()).extracting(Message::index).containsExactly(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/v1?PageToken=1",
                "http://conversations.twilio.com/v1?PageToken=1",
                "nonsense"
            })
    void aLinkInAnAnswerTakesNoSecretElsewhere(String link) throws Exception {
        ConversationsApi.Users users = api().users();
        server.enqueue(answer(200, list("users", "", link)));
        Slice<?> page = await(users.list(PageRequest.first(50)).toCompletableFuture());

        assertThat(failure(users.list(PageRequest.first(50).after(page.next())).toCompletableFuture()))
                .isInstanceOf(ConversationsException.class)
                .hasMessageStartingWith("list users: the link");

        server.enqueue(answer(200, list("users", "{\"sid\": \"US1\"}", link)));
        TwilioRestClient twilio = client().twilio();
        assertThatThrownBy(() -> User.reader().read(twilio).forEach(user -> {}))
                .isInstanceOfAny(ApiConnectionException.class, ApiException.class);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void answersHaveHeadersAndNothingOfACallIsKept() throws Exception {
        TwilioRestClient twilio = client().twilio();
        server.enqueue(new MockResponse(204, Headers.of("X-One", "1", "X-One", "2"), ""));
        server.enqueue(new MockResponse(404, Headers.of(), ""));

        Response response = twilio.request(new Request(HttpMethod.DELETE, "conversations", "/v1/Conversations/CH1"));
        assertThat(response.getHeaders())
                .extracting(header -> header.getName() + '=' + header.getValue())
                .contains("X-One=1", "X-One=2");
        assertThat(twilio.request(new Request(HttpMethod.GET, "conversations", "/v1/x"))
                        .getHeaders())
                .isNotNull();

        assertThat(twilio.getHttpClient().getLastRequest()).isNull();
        assertThat(twilio.getHttpClient().getLastResponse()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html>Bad gateway</html> | text/html | 24 bytes of text/html that are no JSON of Twilio's; a proxy may have",
                "''                       | text/html | an empty answer",
                "[1]                      | text/json | 3 bytes of text/json that are no JSON of Twilio's",
                "{\"code\": \"x\", \"message\": 5} | application/json | 'HTTP 404'",
            })
    void anErrorThatIsNoJsonOfTwiliosKeepsItsStatus(String body, String type, String text) throws Exception {
        RestClient client = client();
        server.enqueue(new MockResponse(404, Headers.of("Content-Type", type, "Twilio-Request-Id", "RQ7"), body));
        server.enqueue(new MockResponse(404, Headers.of("Content-Type", type), body));

        assertThat(failure(client.send(read(client))))
                .hasMessageContaining(text)
                .isInstanceOfSatisfying(TwilioApiException.class, e -> {
                    assertThat(e.status()).isEqualTo(404);
                    assertThat(e.code()).isEmpty();
                    assertThat(e.requestId()).contains("RQ7");
                });
        assertThatThrownBy(() -> User.fetcher("US1").fetch(client.twilio()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getStatusCode()).isEqualTo(404));
    }

    @Test
    void anErrorOfTwiliosReachesTwilioJavaWhole() {
        TwilioRestClient twilio = client().twilio();
        server.enqueue(answer(404, ERROR_404));

        assertThatThrownBy(() -> User.fetcher("US1").fetch(twilio)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(404);
            assertThat(e.getCode()).isEqualTo(20404);
            assertThat(e.getMessage()).contains("was not found");
            assertThat(e.getMoreInfo()).isEqualTo("https://www.twilio.com/docs/errors/20404");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z,              2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.678Z,          2026-01-02T03:04:05.678Z",
        "2026-01-02T04:04:05+01:00,         2026-01-02T03:04:05Z",
        "'Fri, 02 Jan 2026 03:04:05 +0000', 2026-01-02T03:04:05Z",
        "yesterday,                         ",
        "2026-99-99T03:04:05Z,              ",
    })
    void aDateIsReadOrLeftOutButNeverCostsTheMessage(String date, Instant expected) throws Exception {
        server.enqueue(answer(
                200,
                "{\"sid\": \"IM1\", \"conversation_sid\": \"CH1\", \"index\": 3, \"date_created\": \"" + date + "\"}"));

        Message message = await(api().messages().fetch("CH1", "IM1").toCompletableFuture());

        assertThat(message.dateCreated()).isEqualTo(expected);
        assertThat(message.index()).isEqualTo(3);
    }

    /** Its class Twilio reads the environment and keeps global state as soon as it is touched. */
    @Test
    void theGlobalClientOfTwilioJavaIsNotTouched() throws Exception {
        server.enqueue(answer(200, "{\"sid\": \"MB1\", \"conversation_sid\": \"CH1\", \"identity\": \"a\"}"));
        server.enqueue(answer(200, "{\"sid\": \"US1\", \"identity\": \"a\"}"));

        try (OwnClasses classes = new OwnClasses()) {
            classes.run(ThroughBothDoors.class, baseUrl());

            assertThat(classes.knows("com.twilio.http.Request")).isTrue();
            assertThat(classes.knows("com.twilio.Twilio")).isFalse();
        }
        assertThat(taken().getTarget()).isEqualTo("/v1/Conversations/CH1/Participants/a");
        assertThat(taken().getTarget()).isEqualTo("/v1/Users/a");
    }

    /** Calls through our API, and through twilio-java's own classes with our client. */
    public static final class ThroughBothDoors {
        private ThroughBothDoors() {}

        public static void run(String baseUrl) throws Exception {
            RestOptions options = RestOptions.builder().baseUrl(baseUrl).build();
            ManualTime time = new ManualTime();
            try (RestClient client =
                    new RestClient(credentials(), options, new RestRuntime(time, time, new Random(1), Runnable::run))) {
                CompletableFuture<Participant> fetched = new RestConversationsApi(client)
                        .participants()
                        .fetch("CH1", "a")
                        .toCompletableFuture();
                assertThat(await(fetched).sid()).isEqualTo("MB1");
                assertThat(User.fetcher("a").fetch(client.twilio()).getSid()).isEqualTo("US1");
            }
        }
    }

    /** Loads twilio-java and us anew, to see which classes that takes. */
    private static final class OwnClasses extends ClassLoader implements AutoCloseable {
        OwnClasses() {
            super(SdkDefectsTest.class.getClassLoader());
        }

        void run(Class<?> main, String argument) throws Exception {
            try {
                loadClass(main.getName()).getMethod("run", String.class).invoke(null, argument);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }

        boolean knows(String name) {
            return findLoadedClass(name) != null;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("com.twilio.") && !name.startsWith("io.github.conversations4j.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public void close() {}
    }
}
