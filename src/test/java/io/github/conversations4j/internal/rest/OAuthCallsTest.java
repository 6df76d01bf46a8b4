package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.rest.conversations.v1.Conversation;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.model.ConversationSnapshot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthCallsTest extends RestFixture {
    private static final String SECRET = "client+secret/1";

    private RestClient atServer() {
        return client(Credentials.builder(ACCOUNT).oauth("OQ1", SECRET).build(), options -> options);
    }

    private static MockResponse token(String token, int seconds) {
        return answer(
                200,
                "{\"access_token\": \"" + token + "\", \"token_type\": \"Bearer\", \"expires_in\": " + seconds
                        + ", \"refresh_token\": null}");
    }

    private static MockResponse unauthorized() {
        return answer(401, "{\"code\": 20003, \"message\": \"Authenticate\", \"status\": 401}");
    }

    private static CompletableFuture<ConversationSnapshot> fetch(RestClient client) {
        return client.send(read(client), Resources::conversation);
    }

    @Test
    void aTokenIsFetchedForAllCallsTogether() throws Exception {
        RestClient rest = atServer();
        server.enqueue(token("t1", 3600));
        IntStream.range(0, 5).forEach(i -> server.enqueue(conversation()));

        List<CompletableFuture<ConversationSnapshot>> calls =
                IntStream.range(0, 5).mapToObj(i -> fetch(rest)).toList();
        for (CompletableFuture<ConversationSnapshot> call : calls) {
            assertThat(await(call).sid()).isEqualTo("CH1");
        }

        RecordedRequest asked = taken();
        assertThat(asked.getTarget()).isEqualTo("/v2/token");
        assertThat(asked.getMethod()).isEqualTo("POST");
        assertThat(asked.getHeaders().get("Authorization")).isNull();
        assertThat(asked.getHeaders().get("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(asked.getBody().utf8())
                .isEqualTo("client_id=OQ1&client_secret=client%2Bsecret%2F1&grant_type=client_credentials");
        for (int i = 0; i < 5; i++) {
            assertThat(taken().getHeaders().get("Authorization")).isEqualTo("Bearer t1");
        }
        assertThat(server.getRequestCount()).isEqualTo(6);
    }

    @Test
    void moreCallsThanMayBeUnderWayAtOnceDoNotKeepTheTokenFromComing() throws Exception {
        RestClient rest =
                client(Credentials.builder(ACCOUNT).oauth("OQ1", SECRET).build(), options -> options.maxConcurrent(1));
        server.enqueue(token("t1", 3600));
        server.enqueue(conversation());
        server.enqueue(conversation());

        CompletableFuture<ConversationSnapshot> one = fetch(rest);
        CompletableFuture<ConversationSnapshot> other = fetch(rest);

        assertThat(await(one).sid()).isEqualTo("CH1");
        assertThat(await(other).sid()).isEqualTo("CH1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusedTokenIsRenewedOnceAndTheCallGoesOutAgain(boolean write) throws Exception {
        RestClient rest = atServer();
        server.enqueue(token("t1", 3600));
        server.enqueue(unauthorized());
        server.enqueue(token("t2", 3600));
        server.enqueue(conversation());

        assertThat(await(rest.send(write ? write(rest) : read(rest), Resources::conversation))
                        .sid())
                .isEqualTo("CH1");

        taken();
        assertThat(taken().getHeaders().get("Authorization")).isEqualTo("Bearer t1");
        taken();
        assertThat(taken().getHeaders().get("Authorization")).isEqualTo("Bearer t2");
        assertThat(rest.counts().sent()).isEqualTo(4);
        assertThat(rest.counts().repeated()).isEqualTo(1);
    }

    @Test
    void aSecondRefusalIsReported() throws Exception {
        RestClient rest = atServer();
        server.enqueue(token("t1", 3600));
        server.enqueue(unauthorized());
        server.enqueue(token("t2", 3600));
        server.enqueue(unauthorized());

        assertThat(failure(fetch(rest))).isInstanceOf(AccessDeniedException.class);
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void aKeyThatIsRefusedIsNotTriedAgain() throws Exception {
        RestClient rest = client();
        server.enqueue(unauthorized());

        assertThat(failure(fetch(rest))).isInstanceOf(AccessDeniedException.class);
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void anExpiringTokenIsRenewed() throws Exception {
        RestClient rest = atServer();
        server.enqueue(token("t1", 3600));
        server.enqueue(conversation());
        await(fetch(rest));
        time.advance(Duration.ofHours(1));
        server.enqueue(token("t2", 3600));
        server.enqueue(conversation());
        await(fetch(rest));

        taken();
        assertThat(taken().getHeaders().get("Authorization")).isEqualTo("Bearer t1");
        assertThat(taken().getTarget()).isEqualTo("/v2/token");
        assertThat(taken().getHeaders().get("Authorization")).isEqualTo("Bearer t2");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void aWrongClientIsDenied(int status) throws Exception {
        RestClient rest = atServer();
        server.enqueue(answer(status, "{\"error\": \"invalid_client\"}"));

        Throwable failure = failure(fetch(rest));

        assertThat(failure)
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("fetch a token for OAuth client OQ1 (are client id and secret right");
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain(SECRET).doesNotContain("client%2Bsecret");
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void fetchingIsRepeatedLikeARead() throws Exception {
        RestClient rest = atServer();
        server.enqueue(new MockResponse(503, Headers.of("Retry-After", "2"), ""));
        server.enqueue(token("t1", 3600));
        server.enqueue(conversation());

        assertThat(await(fetch(rest)).sid()).isEqualTo("CH1");
        assertThat(waits).singleElement().satisfies(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(2)));
    }

    @Test
    void tooManyFetchesAreToldAsSuch() throws Exception {
        RestClient rest =
                client(Credentials.builder(ACCOUNT).oauth("OQ1", SECRET).build(), options -> options.maxRepeats(0));
        server.enqueue(new MockResponse(429, Headers.of("Retry-After", "7"), ""));

        assertThat(failure(fetch(rest)))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        limited -> assertThat(limited.retryAfter()).contains(Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | holds no bearer token",
                "{\"access_token\": \"a b\"} | holds no bearer token",
                "{\"access_token\": \"a\\u000ab\"} | holds no bearer token",
                "{\"access_token\": \"t\", \"token_type\": \"mac\"} | holds no bearer token",
                "{\"access_token\": \"t\", \"expires_in\": 0} | has expired already",
                "<html> | no JSON"
            })
    void anAnswerThatIsNoTokenIsRefused(String body, String message) throws Exception {
        RestClient rest = atServer();
        server.enqueue(answer(200, body));

        assertThat(failure(fetch(rest)))
                .isInstanceOf(ConversationsException.class)
                .hasMessageContaining("fetch a token for OAuth client OQ1")
                .hasMessageContaining(message);
    }

    @Test
    void twilioJavaSignsInTheSameWay() throws Exception {
        RestClient rest = atServer();
        server.enqueue(token("t1", 3600));
        server.enqueue(unauthorized());
        server.enqueue(token("t2", 3600));
        server.enqueue(conversation());

        assertThat(Conversation.fetcher("CH1").fetch(rest.twilio()).getSid()).isEqualTo("CH1");
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void closingEndsWhoWaitsForAToken() throws Exception {
        RestClient rest = atServer();
        server.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());
        CompletableFuture<ConversationSnapshot> call = fetch(rest);
        taken();

        rest.close();

        assertThat(failure(call)).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void tokensComeFromOnePlaceForAllRegions() {
        assertThat(new Endpoints(null, "ie1", "dublin").global("https://oauth.twilio.com/v2/token"))
                .hasToString("https://oauth.twilio.com/v2/token");
        assertThat(new Endpoints("http://127.0.0.1:8090", "ie1", null).global("https://oauth.twilio.com/v2/token"))
                .hasToString("http://127.0.0.1:8090/v2/token");
        assertThatThrownBy(() -> new BearerStrategy().getAuthString()).isInstanceOf(IllegalStateException.class);
    }
}
