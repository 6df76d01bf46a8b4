package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends the start of a backend, and what it waits out. */
class CredentialCheckTest {
    private static final String ACCEPTED = "{\"conversations\": [], \"meta\": {\"key\": \"conversations\"}}";

    private final ClientFixture fixture = new ClientFixture();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Throwable> initFailed = new CopyOnWriteArrayList<>();
    private final List<Throwable> connectionErrors = new CopyOnWriteArrayList<>();
    private final List<String> ids = new CopyOnWriteArrayList<>();

    private ConversationsClient start(ClientOptions.Builder options) {
        return ConversationsClient.start(options.hookExecutor(Runnable::run).build(), client -> {
            client.onInitFailed(event -> initFailed.add(event.cause()));
            client.onConnectionError(event -> {
                connectionErrors.add(event.cause());
                ids.add(event.meta().id());
            });
        });
    }

    private ConversationsClient startAgainst(Interceptor twilio) {
        return start(fixture.options()
                .httpClient(new OkHttpClient.Builder().addInterceptor(twilio).build()));
    }

    private static Response answer(Interceptor.Chain chain, int status, String body) {
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("")
                .body(ResponseBody.create(body, MediaType.get("text/html")))
                .build();
    }

    private void assertFailedFor(ConversationsClient client, Class<? extends ConversationsException> cause) {
        assertThatThrownBy(() -> client.ready().await(LONG)).isInstanceOf(cause);
        assertThat(initFailed).singleElement().isInstanceOf(cause);
        assertThat(fixture.reported()).containsExactly("the client could not start");
        assertThat(connectionErrors).isEmpty();
    }

    @Test
    void a_service_that_is_not_there_ends_the_start_and_is_named() {
        String mistyped = SampleEvents.sid("IS", 404);
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                ConversationsClient client = start(ClientOptions.backend(Credentials.builder(twilio.accountSid())
                                .authToken(twilio.credentials().authTokens().get(0))
                                .serviceSid(mistyped)
                                .build())
                        .baseUrl(twilio.url())
                        .errorHandler(fixture.reports::add))) {
            assertFailedFor(client, NotFoundException.class);
            assertThat(initFailed.get(0)).hasMessageContainingAll("service SID of the credentials", mistyped);
        }
    }

    @Test
    void wrong_credentials_of_any_kind_end_the_start() {
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            for (Credentials.Builder wrong : List.of(
                    Credentials.builder(twilio.accountSid()).authToken("0".repeat(32)),
                    Credentials.builder(twilio.accountSid()).apiKey(SampleEvents.sid("SK", 1), "wrong"))) {
                initFailed.clear();
                fixture.reports.clear();
                try (ConversationsClient client = start(ClientOptions.backend(wrong.build())
                        .baseUrl(twilio.url())
                        .errorHandler(fixture.reports::add))) {
                    assertFailedFor(client, AccessDeniedException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, '{\"code\": 20001, \"status\": 400}'",
        "404, <html>",
        "302, ''",
        "200, <html>",
        "200, '{\"something\": \"else\"}'"
    })
    void an_answer_that_would_stay_the_same_ends_the_start(int status, String body) {
        try (ConversationsClient client = startAgainst(chain -> answer(chain, status, body))) {
            assertFailedFor(client, TwilioApiException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 429, 500, 503})
    void trouble_that_may_pass_is_waited_out_and_logged_once(int status) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, UTF_8));
        try (ConversationsClient client = startAgainst(chain -> trouble(chain, status))) {
            Patience.until(() -> {
                fixture.time.advance(Duration.ofSeconds(1));
                return client.ready().isDone();
            });
            client.ready().await(LONG);
        } finally {
            System.setErr(before);
        }
        assertThat(connectionErrors).hasSizeGreaterThan(1);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(initFailed).isEmpty();
        assertThat(log.toString(UTF_8)).containsOnlyOnce("whether it accepts the credentials");
    }

    /** Ten times, which is more often than a call is repeated before it fails. */
    private Response trouble(Interceptor.Chain chain, int status) throws IOException {
        if (asked.incrementAndGet() > 10) {
            return answer(chain, 200, ACCEPTED);
        }
        if (status == 0) {
            throw new IOException("no network");
        }
        return answer(chain, status, "");
    }
}
