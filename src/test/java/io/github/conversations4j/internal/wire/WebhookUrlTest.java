package io.github.conversations4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.example/x?q=%2B%7e,           https://a.example/x?q=%2B%7e,      https://a.example:443/x?q=%2B%7e",
        "http://a.example/,                      http://a.example/,                 http://a.example:80/",
        "HTTPS://A.example/?q=:1,                HTTPS://A.example/?q=:1,           HTTPS://A.example:443/?q=:1",
        "https://a.example:8443/x//y,            https://a.example:8443/x//y,       https://a.example/x//y",
        "https://a.example:443/,                 https://a.example:443/,            https://a.example/",
        "https://user:p@ss:word@a.example:1/x@y, https://a.example:1/x@y,           https://a.example/x@y",
        "https://user@a.example/x,               https://a.example/x,               https://a.example:443/x",
        "https://[::1]/x,                        https://[::1]/x,                   https://[::1]:443/x",
        "https://[::1]:8443/x,                   https://[::1]:8443/x,              https://[::1]/x",
        "https://a.example/x?q=1#rc=2&rt=3,      https://a.example/x?q=1,           https://a.example:443/x?q=1",
        "https://a.example/p:1/@q?u=b:2@c,       https://a.example/p:1/@q?u=b:2@c,  https://a.example:443/p:1/@q?u=b:2@c",
    })
    void givesTheTextsThatMayHaveBeenSigned(String url, String asIs, String otherPort) {
        assertThat(WebhookUrl.signable(url)).containsExactly(asIs, otherPort);
    }

    @Test
    void addsTheSlashThatIsRequestedWhereThereIsNoPath() {
        assertThat(WebhookUrl.signable("https://a.example?q=1#f"))
                .containsExactly(
                        "https://a.example?q=1",
                        "https://a.example:443?q=1",
                        "https://a.example/?q=1",
                        "https://a.example:443/?q=1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x?y=z://, /x?y=z://",
        "/x?y=https://b.example/,    /x?y=https://b.example/",
        "https://a.example?y,        ?y",
        "*,                          *",
    })
    void cutsOffWhatStandsBeforeThePath(String url, String expected) {
        assertThat(WebhookUrl.target(url)).isEqualTo(expected);
    }

    @Test
    void leavesAloneWhatIsNoUrl() {
        assertThat(WebhookUrl.signable("not a url")).containsExactly("not a url");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x?y#z, https://a.example/x",
        "https://a.example/x#z?y, https://a.example/x",
        "https://a.example/x,     https://a.example/x",
    })
    void cutsOffTheQuery(String url, String expected) {
        assertThat(WebhookUrl.withoutQuery(url)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:0/x?y=:0, http://127.0.0.1:8443/x?y=:0",
        "http://[::1]:0,            http://[::1]:8443",
        "http://a.example:80/x,     http://a.example:80/x",
        "http://a.example/x:0,      http://a.example/x:0",
        "http://a.example,          http://a.example",
    })
    void putsTheBoundPortInPlaceOfPortZero(String url, String expected) {
        assertThat(WebhookUrl.withBoundPort(url, 8443)).isEqualTo(expected);
    }

    @Test
    void redactsForLogs() {
        assertThat(WebhookUrl.redacted("https://u:p@a.example/x?a=1=2&b&c=3"))
                .isEqualTo("https://a.example/x?a=…&b&c=…");
        assertThat(WebhookUrl.redacted("/x=1\r\nFAKE log line\u009b")).isEqualTo("/x=1??FAKE log line?");
        assertThat(WebhookUrl.redacted("/" + "x".repeat(500))).hasSize(300);
    }
}
