package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ConversationsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String KEY = "SK00000000000000000000000000000001";
    private static final String SERVICE = "IS00000000000000000000000000000001";

    private static Map<String, String> complete() {
        Map<String, String> variables = new HashMap<>();
        variables.put("TWILIO_ACCOUNT_SID", ACCOUNT);
        variables.put("TWILIO_AUTH_TOKEN", "primary-token");
        variables.put("TWILIO_AUTH_TOKEN_SECONDARY", "secondary-token");
        variables.put("TWILIO_API_KEY_SID", KEY);
        variables.put("TWILIO_API_SECRET", "key-secret");
        variables.put("TWILIO_CONVERSATIONS_SERVICE_SID", SERVICE);
        variables.put("TWILIO_REGION", "ie1");
        variables.put("TWILIO_EDGE", "dublin");
        return variables;
    }

    @Test
    void everyVariableFindsItsPlace() {
        Credentials credentials = Credentials.fromEnvironment(complete());

        assertThat(credentials.accountSid()).isEqualTo(ACCOUNT);
        assertThat(credentials.authTokens()).containsExactly("primary-token", "secondary-token");
        assertThat(credentials.apiKey()).contains(new Credentials.ApiKey(KEY, "key-secret"));
        assertThat(credentials.serviceSid()).contains(SERVICE);
        assertThat(credentials.region()).contains("ie1");
        assertThat(credentials.edge()).contains("dublin");
    }

    @ParameterizedTest
    @CsvSource({
        "TWILIO_API_KEY_SID, TWILIO_API_KEY",
        "TWILIO_API_SECRET, TWILIO_API_KEY_SECRET",
        "TWILIO_CONVERSATIONS_SERVICE_SID, TWILIO_CHAT_SERVICE_SID"
    })
    void aVariableMayHaveItsOtherName(String name, String other) {
        Map<String, String> variables = complete();
        variables.put(other, variables.remove(name));

        assertThat(Credentials.fromEnvironment(variables))
                .hasToString(Credentials.fromEnvironment(complete()).toString());
        assertThat(Credentials.fromEnvironment(variables).apiKey()).contains(new Credentials.ApiKey(KEY, "key-secret"));
    }

    @Test
    void theErrorListsEachVariableAndNoValue() {
        Map<String, String> variables = complete();
        variables.remove("TWILIO_ACCOUNT_SID");
        variables.put("TWILIO_REGION", " ");

        assertThatThrownBy(() -> Credentials.fromEnvironment(variables))
                .isInstanceOf(ConversationsException.class)
                .hasMessageContaining("there is no account SID")
                .hasMessageContaining("TWILIO_ACCOUNT_SID (not set)")
                .hasMessageContaining("TWILIO_AUTH_TOKEN (set)")
                .hasMessageContaining("TWILIO_AUTH_TOKEN_SECONDARY (set)")
                .hasMessageContaining("TWILIO_API_KEY_SID (set)")
                .hasMessageContaining("TWILIO_API_KEY (not set)")
                .hasMessageContaining("TWILIO_API_SECRET (set)")
                .hasMessageContaining("TWILIO_API_KEY_SECRET (not set)")
                .hasMessageContaining("TWILIO_CONVERSATIONS_SERVICE_SID (set)")
                .hasMessageContaining("TWILIO_CHAT_SERVICE_SID (not set)")
                .hasMessageContaining("TWILIO_REGION (not set)")
                .hasMessageContaining("TWILIO_EDGE (set)")
                .hasMessageNotContaining("primary-token")
                .hasMessageNotContaining("key-secret");
    }

    @Test
    void aKeyNeedsItsSecretAndTheOtherWayRound() {
        assertThatThrownBy(() -> Credentials.fromEnvironment(
                        Map.of("TWILIO_ACCOUNT_SID", ACCOUNT, "TWILIO_AUTH_TOKEN", "t", "TWILIO_API_KEY", KEY)))
                .hasMessageContaining("an API key without its secret");
        assertThatThrownBy(() -> Credentials.fromEnvironment(
                        Map.of("TWILIO_ACCOUNT_SID", ACCOUNT, "TWILIO_AUTH_TOKEN", "t", "TWILIO_API_SECRET", "s")))
                .hasMessageContaining("an API secret without its key");
    }

    @Test
    void oneOfKeyAndTokenIsEnough() {
        assertThat(Credentials.builder(ACCOUNT).authToken("t").build().apiKey()).isEmpty();
        assertThat(Credentials.builder(ACCOUNT).apiKey(KEY, "s").build().authTokens())
                .isEmpty();
        assertThatThrownBy(() -> Credentials.builder(ACCOUNT).build())
                .isInstanceOf(ConversationsException.class)
                .hasMessageContaining("neither an API key nor an OAuth client nor an auth token");
        assertThatThrownBy(() -> Credentials.fromEnvironment(Map.of("TWILIO_ACCOUNT_SID", ACCOUNT)))
                .hasMessageContaining("neither an API key nor an OAuth client nor an auth token");
    }

    @Test
    void anOAuthClientIsEnoughToo() {
        Map<String, String> variables = new HashMap<>();
        variables.put("TWILIO_ACCOUNT_SID", ACCOUNT);
        variables.put("TWILIO_OAUTH_CLIENT_ID", "OQ1");
        assertThatThrownBy(() -> Credentials.fromEnvironment(variables))
                .hasMessageContaining("an OAuth client without its secret")
                .hasMessageContaining("TWILIO_OAUTH_CLIENT_SECRET (not set)");
        variables.put("TWILIO_OAUTH_CLIENT_SECRET", "client-secret");

        Credentials credentials = Credentials.fromEnvironment(variables);

        assertThat(credentials.oauth()).contains(new Credentials.OAuthClient("OQ1", "client-secret"));
        assertThat(credentials.apiKey()).isEmpty();
        assertThat(credentials.oauth().orElseThrow()).hasToString("OAuthClient[OQ1, secret=***]");
        assertThat(credentials).hasToString("Credentials[" + ACCOUNT + ", auth tokens: 0, OAuth client OQ1]");
        variables.remove("TWILIO_OAUTH_CLIENT_ID");
        assertThatThrownBy(() -> Credentials.fromEnvironment(variables))
                .hasMessageContaining("an OAuth secret without its client");
        assertThatThrownBy(() -> Credentials.builder(ACCOUNT).oauth("OQ1", "se cret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("OAuth client secret: must be printable ASCII")
                .hasMessageNotContaining("se cret");
    }

    @Test
    void theSameTokenTwiceIsOneToken() {
        assertThat(Credentials.builder(ACCOUNT)
                        .authToken("t")
                        .authToken("t")
                        .build()
                        .authTokens())
                .containsExactly("t");
    }

    @Test
    void noTextShowsASecret() {
        Credentials credentials = Credentials.fromEnvironment(complete());

        assertThat(credentials)
                .hasToString("Credentials[" + ACCOUNT + ", auth tokens: 2, API key " + KEY + ", service " + SERVICE
                        + ", region ie1, edge dublin]");
        assertThat(credentials.apiKey().orElseThrow()).hasToString("ApiKey[" + KEY + ", secret=***]");
    }

    @Test
    void aSecretInThePlaceOfASidIsNotRepeated() {
        assertThatThrownBy(() -> Credentials.builder("0123456789abcdef0123456789abcdef"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("account SID: must begin with AC")
                .hasMessageNotContaining("0123456789abcdef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token\n", "to ken", "", "tökén"})
    void aSecretThatCanNotBeSentIsRefusedAndNotRepeated(String secret) {
        assertThatThrownBy(() -> Credentials.builder(ACCOUNT).authToken(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("auth token: must be printable ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ie1.evil.example", "IE1", "", "-a", "a/b"})
    void aRegionIsOnePartOfAHostName(String region) {
        assertThatThrownBy(() -> Credentials.builder(ACCOUNT).region(region))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("region: must be one part of a host name");
        assertThatThrownBy(() -> Credentials.builder(ACCOUNT).edge(region))
                .hasMessageContaining("edge: must be one part");
    }
}
