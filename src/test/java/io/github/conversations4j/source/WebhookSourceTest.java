package io.github.conversations4j.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.conversations4j.event.EventType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSourceTest {
    private final WebhookSource source = EventSources.webhook("https://chat.example.com/twilio");

    @Test
    void listensOnAnyFreePortIfTheUrlLeavesItOpen() {
        assertThat(EventSources.webhook("http://127.0.0.1:0/twilio").port()).isZero();
        assertThat(EventSources.webhook("http://127.0.0.1:0").port()).isZero();
        assertThat(EventSources.webhook("http://127.0.0.1:80/a:0").port()).isEqualTo(WebhookSource.DEFAULT_PORT);
        assertThat(EventSources.webhook("http://127.0.0.1:0/twilio").port(9000).port())
                .isEqualTo(9000);
    }

    @Test
    void hasDefaultsThatFitTwilio() {
        assertThat(source.port()).isEqualTo(8080);
        assertThat(source.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(source.isMountedElsewhere()).isFalse();
        assertThat(source.maxBodyBytes()).isEqualTo(262_144);
        assertThat(source.maxParameters()).isEqualTo(200);
        assertThat(source.readTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(source.authTokens()).isEmpty();
        assertThat(source.serviceSids()).isEmpty();
        assertThat(source.isTrustedProxy("127.0.0.1")).isFalse();
    }

    @Test
    void everySettingGivesACopy() {
        WebhookSource changed = source.port(9090)
                .bindAddress("127.0.0.1")
                .readTimeout(Duration.ofSeconds(2))
                .maxBodyBytes(1000)
                .maxParameters(20)
                .authTokens("new", "old")
                .onlyServices("IS1")
                .trustForwardedHeadersFrom("10.0.0.0/8");

        assertThat(changed.port()).isEqualTo(9090);
        assertThat(changed.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(changed.readTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(changed.maxBodyBytes()).isEqualTo(1000);
        assertThat(changed.maxParameters()).isEqualTo(20);
        assertThat(changed.authTokens()).containsExactly("new", "old");
        assertThat(changed.serviceSids()).containsExactly("IS1");
        assertThat(changed.isTrustedProxy("10.1.2.3")).isTrue();
        assertThat(changed.publicUrl()).isEqualTo(source.publicUrl());
        assertThat(source.port()).isEqualTo(8080);
        assertThat(source.maxBodyBytes()).isEqualTo(262_144);
        assertThat(source.authTokens()).isEmpty();
    }

    @Test
    void firesWhatPostWebhooksTell() {
        assertThat(source.name()).isEqualTo("webhook");
        assertThat(source.events())
                .hasSize(14)
                .contains(EventType.MESSAGE_ADDED, EventType.DELIVERY_UPDATED, EventType.UNKNOWN)
                .doesNotContain(EventType.TYPING_STARTED, EventType.CONVERSATION_JOINED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/twilio", "chat.example.com/twilio", "ftp://chat.example.com", "https://", "https:///x"})
    void needsAWholeUrl(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventSources.webhook(url))
                .withMessageContaining("such as https://chat.example.com/twilio")
                .withMessageEndingWith("not '" + url + "'");
    }

    @Test
    void refusesAUrlThatTwilioCouldNotCall() {
        assertThatIllegalArgumentException().isThrownBy(() -> EventSources.webhook("https://a.example/x y"));
        assertThatIllegalArgumentException().isThrownBy(() -> EventSources.webhook("https://a.example/\r\nx"));
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.port(65536))
                .withMessageContaining("65536");
        assertThatIllegalArgumentException().isThrownBy(() -> source.port(-1)).withMessageContaining("port");
        assertThatIllegalArgumentException().isThrownBy(() -> source.maxBodyBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> source.maxParameters(0));
        assertThatIllegalArgumentException().isThrownBy(() -> source.readTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> source.authTokens("a", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.trustForwardedHeadersFrom("proxy.example.com"))
                .withMessageContaining("'proxy.example.com'");
    }

    @Test
    void refusesAReceiverWhereThereIsNone() {
        assertThat(source.mountedElsewhere().isMountedElsewhere()).isTrue();
        assertThat(source.mountedElsewhere().maxParameters(3).isMountedElsewhere())
                .isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> source.mountedElsewhere().port(1))
                .withMessageContaining("port");
        assertThatIllegalStateException()
                .isThrownBy(() -> source.port(9090).mountedElsewhere())
                .withMessageContaining("0.0.0.0:9090");
    }

    @Test
    void printsNoSecrets() {
        WebhookSource secretive = EventSources.webhook("https://user:pass@a.example:1/x?key=hidden&b=2#rc=1")
                .authTokens("token");

        assertThat(secretive).hasToString("webhook at https://a.example:1/x?key=…&b=…#rc=…");
    }
}
