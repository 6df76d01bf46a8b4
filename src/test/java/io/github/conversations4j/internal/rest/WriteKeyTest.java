package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteKeyTest {
    private static @Nullable WriteKey key(String method, String path) {
        return WriteKey.of(method, HttpUrl.get("https://conversations.twilio.com" + path));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/Conversations",
        "DELETE, /v1/Conversations/CH1",
        "POST, /v1/ConversationWithParticipants",
        "POST, /v1/Users",
        "POST, /v1/Users/US1",
        "DELETE, /v1/Users/US1",
        "POST, /v1/Roles/RL1"
    })
    void countsForTheService(String method, String path) {
        assertThat(key(method, path)).isEqualTo(new WriteKey(true, ""));
        assertThat(key(method, path.replace("/v1", "/v1/Services/IS1"))).isEqualTo(new WriteKey(true, "IS1"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/Conversations/CH1",
        "POST, /v1/Conversations/CH1/Messages",
        "DELETE, /v1/Conversations/CH1/Messages/IM1",
        "POST, /v1/Conversations/CH1/Participants/MB1",
        "DELETE, /v1/Conversations/CH1/Participants/MB1",
        "POST, /v1/Conversations/CH1/Webhooks",
        "POST, /v1/Users/US1/Conversations/CH1"
    })
    void countsForItsConversation(String method, String path) {
        assertThat(key(method, path)).isEqualTo(new WriteKey(false, "/CH1"));
        assertThat(key(method, path.replace("/v1", "/v1/Services/IS1"))).isEqualTo(new WriteKey(false, "IS1/CH1"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/Conversations/CH1/Messages",
        "GET, /v1/Services/IS1/Users",
        "POST, /v1/Configuration",
        "POST, /v1/Services",
        "DELETE, /v1/Services/IS1",
        "POST, /v1/Services/IS1/Configuration",
        "POST, /v2/token",
        "POST, /"
    })
    void countsForNothing(String method, String path) {
        assertThat(key(method, path)).isNull();
    }
}
