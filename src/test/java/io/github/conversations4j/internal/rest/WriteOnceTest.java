package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.rest.conversations.v1.conversation.Message;
import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.OutcomeUnknownException;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.internal.rest.CuttingServer.Cut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens on the way, Twilio gets a write once; only a 429, which says that nothing was done, is repeated. */
class WriteOnceTest extends RestFixture {
    /** Sends again whatever failed, as interceptors found on the internet do. */
    private static final Interceptor STUBBORN = chain -> {
        IOException last = null;
        for (int i = 0; i < 3; i++) {
            try {
                return chain.proceed(chain.request());
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    };

    private enum Kind {
        OWN,
        CALLERS,
        CALLERS_STUBBORN
    }

    static Stream<Arguments> cuts() {
        return Arrays.stream(Cut.values())
                .flatMap(cut -> Arrays.stream(Kind.values())
                        .flatMap(kind -> Stream.of(Arguments.of(cut, kind, true), Arguments.of(cut, kind, false))));
    }

    private final ConnectionPool callersConnections = new ConnectionPool();

    @AfterEach
    void closeTheCallersConnections() {
        callersConnections.evictAll();
    }

    private OkHttpClient.Builder callersClient() {
        return new OkHttpClient.Builder().connectionPool(callersConnections);
    }

    private RestClient client(String url, Kind kind) {
        return client(options -> options.baseUrl(url)
                .httpClient(
                        switch (kind) {
                            case OWN -> null;
                            case CALLERS -> callersClient().build();
                            case CALLERS_STUBBORN ->
                                callersClient().addInterceptor(STUBBORN).build();
                        }));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aWriteThatIsCutOffIsSentOnce(Cut cut, Kind kind, boolean post) throws Exception {
        try (CuttingServer cutting = new CuttingServer(cut)) {
            RestClient client = client(cutting.url(), kind);

            CompletableFuture<Void> sent = client.send(post ? write(client) : removal(client));

            assertThat(failure(sent))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageStartingWith(
                            (post ? "update" : "delete") + " conversation CH1: it was sent and may have")
                    .hasCauseInstanceOf(IOException.class);
            assertThat(cutting.writes()).isOne();
        }
    }

    /** A kept-alive connection that dies is what OkHttp repeats by itself. */
    @ParameterizedTest
    @EnumSource(Cut.class)
    void aWriteOnAConnectionThatWasUsedBeforeIsSentOnce(Cut cut) throws Exception {
        try (CuttingServer cutting = new CuttingServer(cut)) {
            RestClient client = client(cutting.url(), Kind.OWN);
            await(client.send(read(client)));

            assertThat(failure(client.send(write(client)))).isInstanceOf(OutcomeUnknownException.class);
            assertThat(cutting.reads()).isOne();
            assertThat(cutting.writes()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void twilioJavaSendsOnceToo(Cut cut) throws Exception {
        try (CuttingServer cutting = new CuttingServer(cut)) {
            RestClient client = client(cutting.url(), Kind.OWN);

            assertThatThrownBy(() -> Message.creator("CH1").setBody("hi").create(client.twilio()))
                    .isInstanceOf(ApiConnectionException.class)
                    .hasCauseInstanceOf(OutcomeUnknownException.class);
            assertThatThrownBy(() -> Message.deleter("CH1", "IM1").delete(client.twilio()))
                    .isInstanceOf(ApiConnectionException.class)
                    .hasCauseInstanceOf(OutcomeUnknownException.class);
            assertThat(cutting.writes()).isEqualTo(2);
        }
    }

    /** With Retry-After: 0 OkHttp itself sends a 503 again, a DELETE too; twilio-java sends each of them three times. */
    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aServerErrorIsNotRepeatedBecauseTheWriteMayBeDone(int status) throws Exception {
        RestClient client = client();
        for (int i = 0; i < 3; i++) {
            server.enqueue(new MockResponse.Builder()
                    .code(status)
                    .addHeader("Retry-After", "0")
                    .body("{\"code\": 20503, \"message\": \"down\"}")
                    .build());
        }

        for (TwilioRequest request : new TwilioRequest[] {write(client), removal(client)}) {
            assertThat(failure(client.send(request)))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .cause()
                    .isInstanceOfSatisfying(TwilioApiException.class, e -> {
                        assertThat(e.status()).isEqualTo(status);
                        assertThat(e.code()).hasValue(20503);
                    });
        }
        assertThat(server.getRequestCount()).isEqualTo(2);

        assertThatThrownBy(() -> Message.creator("CH1").setBody("hi").create(client.twilio()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getStatusCode()).isEqualTo(status));
        assertThat(server.getRequestCount()).isEqualTo(3);
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRedirectIsNotFollowed(int status) throws Exception {
        RestClient client = client(options -> options.httpClient(callersClient().build()));
        MockResponse redirect = new MockResponse.Builder()
                .code(status)
                .addHeader("Location", server.url("/elsewhere"))
                .build();
        server.enqueue(redirect);
        server.enqueue(redirect);
        server.enqueue(redirect);

        assertThat(failure(client.send(write(client))))
                .isInstanceOf(TwilioApiException.class)
                .hasMessageContaining("HTTP " + status + ": a redirect, which is not followed; is the base URL right?");
        assertThat(failure(client.send(read(client)))).isInstanceOf(TwilioApiException.class);
        assertThatThrownBy(() -> Message.fetcher("CH1", "IM1").fetch(client.twilio()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("a redirect, which is not followed");
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void anAuthenticatorOfTheCallersClientSendsNothingAgain() throws Exception {
        OkHttpClient given = callersClient()
                .authenticator((route, response) -> response.request()
                        .newBuilder()
                        .header("Authorization", "other")
                        .build())
                .build();
        RestClient client = client(options -> options.httpClient(given));
        server.enqueue(answer(401, "{\"code\": 20003}"));

        assertThat(failure(client.send(write(client)))).isInstanceOf(AccessDeniedException.class);
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void aTimeoutRequestIsNotRepeated() throws Exception {
        RestClient client = client(options -> options.httpClient(callersClient().build()));
        server.enqueue(answer(408, "{}"));

        assertThat(failure(client.send(removal(client)))).isInstanceOf(TwilioApiException.class);
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void aWriteRefusedForItsRateIsRepeated() throws Exception {
        RestClient client = client();
        server.enqueue(answer(429, "{\"code\": 20429}"));
        server.enqueue(answer(429, ""));
        server.enqueue(conversation());

        await(client.send(write(client)));

        assertThat(server.getRequestCount()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            RecordedRequest request = taken();
            assertThat(request.getBody().utf8()).isEqualTo("FriendlyName=x");
        }
        assertThat(waits).hasSize(2);
    }

    @Test
    void repeatsHaveAnEnd() throws Exception {
        RestClient client = client(options -> options.maxRepeats(2));
        for (int i = 0; i < 3; i++) {
            server.enqueue(answer(429, ""));
        }

        assertThat(failure(client.send(write(client)))).isInstanceOf(RateLimitedException.class);
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void aWriteThatNeverLeftIsTriedAgainAndItsFailureSaysSo() throws Exception {
        // Bound and not listening: a port at which calls are refused, and that nobody else can take meanwhile.
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            String url = "http://127.0.0.1:" + nobody.getLocalPort();
            RestClient client = client(options -> options.baseUrl(url).maxRepeats(2));

            assertThat(failure(client.send(write(client))))
                    .isInstanceOf(ConnectionFailedException.class)
                    .hasMessageContaining("could not connect to " + url)
                    .hasMessageContaining("Nothing was sent");
            assertThat(waits).hasSize(2);
        }
    }

    @Test
    void anAnswerThatCanNotBeReadLeavesTheOutcomeUnknown() throws Exception {
        RestClient client = client();
        server.enqueue(answer(201, "<html>"));
        server.enqueue(answer(201, "{\"state\": \"active\"}"));

        assertThat(failure(client.send(write(client), Resources::conversation)))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("that are no JSON of Twilio's");
        assertThat(failure(client.send(write(client), Resources::conversation)))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("a resource without \"sid\"");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aRefusalWhoseBodyIsCutOffIsStillARefusal() throws Exception {
        RestClient client = client();
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .addHeader("Content-Length", "100")
                .onResponseBody(new SocketEffect.CloseSocket())
                .body("{\"code\": 50")
                .build());

        assertThat(failure(client.send(write(client))))
                .isInstanceOfSatisfying(
                        TwilioApiException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    /** The time limit comes while the server thinks. */
    @Test
    void aWriteThatTakesTooLongHasAnUnknownOutcome() throws Exception {
        RestClient client = client();
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        CompletableFuture<Void> sent = client.send(write(client));
        taken();

        time.advance(Duration.ofSeconds(60));

        assertThat(failure(sent))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("no answer from http://127.0.0.1:" + server.getPort() + " within PT1M");
        assertThat(server.getRequestCount()).isOne();
    }
}
