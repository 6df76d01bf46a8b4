package io.github.conversations4j.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookRequestTest {
    @Test
    void findsHeadersInAnyCase() {
        WebhookRequest request = WebhookRequest.builder("post", "/twilio")
                .header("X-Twilio-Signature", "one")
                .headers(Map.of("x-forwarded-for", List.of("a", "b")))
                .build();

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("x-twilio-signature")).isEqualTo("one");
        assertThat(request.header("X-FORWARDED-FOR")).isEqualTo("a");
        assertThat(request.headers("X-Forwarded-For")).containsExactly("a", "b");
        assertThat(request.header("Host")).isNull();
        assertThat(request.headers("Host")).isEmpty();
    }

    @Test
    void leavesTheQueryAsItCame() {
        assertThat(WebhookRequest.builder("GET", "/x?a=%2b?&b").build().query()).isEqualTo("a=%2b?&b");
        assertThat(WebhookRequest.builder("GET", "https://a.example/x?").build().query())
                .isEmpty();
        assertThat(WebhookRequest.builder("GET", "/x").build().query()).isNull();
    }

    @Test
    void printsNeitherQueryNorHeadersNorBody() {
        WebhookRequest request = WebhookRequest.builder("POST", "/x?secret=1")
                .header("Authorization", "secret")
                .body("secret")
                .remoteAddress("10.0.0.1")
                .build();

        assertThat(request).hasToString("POST /x?… (6 bytes)");
        assertThat(request.body()).asString(UTF_8).isEqualTo("secret");
        assertThat(request.remoteAddress()).isEqualTo("10.0.0.1");
    }

    @Test
    void repliesAreValues() {
        assertThat(WebhookReply.json(200, "{}")).isEqualTo(WebhookReply.json(200, "{}"));
        assertThat(WebhookReply.json(200, "{}")).hasSameHashCodeAs(WebhookReply.json(200, "{}"));
        assertThat(WebhookReply.json(200, "{}")).isNotEqualTo(WebhookReply.json(200, "[]"));
        assertThat(WebhookReply.json(200, "{}")).isNotEqualTo(WebhookReply.empty(200));
        assertThat(WebhookReply.empty(200)).isNotEqualTo(WebhookReply.empty(503));
        assertThat(WebhookReply.json(200, "{\"token\":1}")).hasToString("200 (11 bytes)");
    }
}
