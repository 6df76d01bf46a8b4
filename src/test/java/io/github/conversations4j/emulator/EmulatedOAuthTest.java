package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.WriteLimits;
import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signing in by OAuth, from the client's options to the emulator's answer. */
class EmulatedOAuthTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ManualTime time = new ManualTime();
    private final ConversationsEmulator twilio = ConversationsEmulator.start(
            EmulatorOptions.builder().clock(time).scheduler(time).build());
    private final OkHttpClient http = new OkHttpClient();

    @AfterEach
    void stop() {
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
        twilio.close();
    }

    private ClientOptions.Builder options(Credentials credentials) {
        return ClientOptions.backend(credentials).baseUrl(twilio.url()).timeLimit(LONG);
    }

    private Credentials.OAuthClient oauth() {
        return twilio.oauthCredentials().oauth().orElseThrow();
    }

    private Response askForToken(String id, String secret, String grant) throws IOException {
        return http.newCall(new Request.Builder()
                        .url(twilio.url() + "/v2/token")
                        .post(new FormBody.Builder()
                                .add("client_id", id)
                                .add("client_secret", secret)
                                .add("grant_type", grant)
                                .build())
                        .build())
                .execute();
    }

    @Test
    void aBackendWorksWithAnOAuthClientAlone() {
        try (ConversationsClient client =
                ConversationsClient.start(options(twilio.oauthCredentials()).build())) {
            client.ready().await(LONG);
            String sid = client.createConversation(
                            NewConversation.builder().uniqueName("general").build())
                    .await()
                    .sid();

            assertThat(client.findConversation("general").await().sid()).isEqualTo(sid);
            assertThat(client.callCounts().repeated()).isZero();
        }
    }

    @Test
    void filesGoWithTheTokenToo() {
        try (ConversationsClient client =
                ConversationsClient.start(options(twilio.oauthCredentials()).build())) {
            client.ready().await(LONG);
            Media stored = client.media()
                    .upload(NewMedia.of(new byte[] {1, 2, 3}, "image/png"))
                    .await();

            assertThat(stored.sid()).startsWith("ME");
        }
    }

    @Test
    void aTokenThatTheOtherSideTakesForExpiredIsRenewed() {
        ManualTime standingStill = new ManualTime();
        try (ConversationsClient client = ConversationsClient.start(options(twilio.oauthCredentials())
                .clock(standingStill)
                .writeLimits(WriteLimits.none())
                .build())) {
            client.ready().await(LONG);
            time.advance(Duration.ofHours(1));

            client.createConversation(
                            NewConversation.builder().uniqueName("general").build())
                    .await();

            assertThat(client.callCounts().repeated()).isOne();
        }
    }

    @Test
    void aWrongSecretEndsTheStartAndIsNotRepeated() {
        Credentials wrong = Credentials.builder(twilio.accountSid())
                .oauth(oauth().id(), "wrong-secret-of-somebody")
                .build();
        try (ConversationsClient client =
                ConversationsClient.start(options(wrong).build())) {
            assertThatThrownBy(() -> client.ready().await(LONG))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("OAuth client " + oauth().id())
                    .hasMessageNotContaining("wrong-secret-of-somebody");
        }
    }

    @Test
    void whatOAuthCanNotDoSaysWhatToAdd() {
        Credentials alone = Credentials.builder(twilio.accountSid())
                .oauth(oauth().id(), oauth().secret())
                .serviceSid(twilio.serviceSid())
                .build();
        try (ConversationsClient client =
                ConversationsClient.start(options(alone).build())) {
            assertThatThrownBy(client::tokens)
                    .hasMessageContaining("signed with an API key, which OAuth can not stand in for")
                    .hasMessageContaining("TWILIO_API_KEY_SID");
        }
        try (ConversationsClient client = ConversationsClient.start(options(alone)
                .source(EventSources.webhook("http://127.0.0.1:0/twilio").bindAddress("127.0.0.1"))
                .build())) {
            assertThatThrownBy(() -> client.ready().await(LONG))
                    .hasMessageContaining("needs the auth token of " + twilio.accountSid())
                    .hasMessageContaining("API key or OAuth")
                    .hasMessageContaining("TWILIO_AUTH_TOKEN");
        }
    }

    @Test
    void theTokenLooksLikeTheRealOneAsFarAsThatIsKnown() throws IOException {
        try (Response answer = askForToken(oauth().id(), oauth().secret(), "client_credentials")) {
            JsonNode body = new ObjectMapper().readTree(answer.body().string());
            assertThat(answer.code()).isEqualTo(200);
            assertThat(body.get("token_type").textValue()).isEqualTo("Bearer");
            assertThat(body.get("expires_in").intValue()).isEqualTo(3600);
            assertThat(body.get("refresh_token").isNull()).isTrue();
            assertThat(JWT.decode(body.get("access_token").textValue()).getExpiresAtAsInstant())
                    .isEqualTo(time.instant().plusSeconds(3600));
        }
    }

    @Test
    void refusesOtherClientsOtherGrantsAndOtherTokens() throws IOException {
        try (Response other = askForToken(oauth().id(), "x", "client_credentials");
                Response unknown = askForToken("OQ9", oauth().secret(), "client_credentials");
                Response grant = askForToken(oauth().id(), oauth().secret(), "password");
                Response read = http.newCall(new Request.Builder()
                                .url(twilio.url() + "/v2/token")
                                .build())
                        .execute()) {
            assertThat(other.code()).isEqualTo(401);
            assertThat(unknown.code()).isEqualTo(401);
            assertThat(grant.code()).isEqualTo(400);
            assertThat(read.code()).isEqualTo(405);
        }
        for (String token : new String[] {"x", twilio.accessToken("alice"), ""}) {
            try (Response answer = http.newCall(new Request.Builder()
                            .url(twilio.url() + "/v1/Conversations")
                            .header("Authorization", "Bearer " + token)
                            .build())
                    .execute()) {
                assertThat(answer.code()).isEqualTo(401);
            }
        }
    }
}
