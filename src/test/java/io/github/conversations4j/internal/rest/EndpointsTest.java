package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ConversationsException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    private static Endpoints at(@Nullable String base) {
        return new Endpoints(base, null, null);
    }

    private static String located(Endpoints endpoints, String url) {
        HttpUrl place = endpoints.locate("test", url);
        assertThat(endpoints.trusts(place)).isTrue();
        return place.toString();
    }

    /** The pattern is product.edge.region; an edge needs a region; what the host names itself gives way. */
    @ParameterizedTest
    @CsvSource({
        "conversations.twilio.com,            ,    ,        conversations.twilio.com",
        "conversations.twilio.com,            ie1, ,        conversations.ie1.twilio.com",
        "conversations.twilio.com,            ie1, dublin,  conversations.dublin.ie1.twilio.com",
        "conversations.twilio.com,            ,    ashburn, conversations.ashburn.us1.twilio.com",
        "mcs.us1.twilio.com,                  ,    ,        mcs.us1.twilio.com",
        "mcs.us1.twilio.com,                  ie1, ,        mcs.ie1.twilio.com",
        "conversations.dublin.ie1.twilio.com, ,    ,        conversations.dublin.ie1.twilio.com",
        "conversations.dublin.ie1.twilio.com, us1, ashburn, conversations.ashburn.us1.twilio.com",
        "twilio.com,                          ie1, ,        twilio.com",
    })
    void hostsOfARegion(String host, @Nullable String region, @Nullable String edge, String expected) {
        assertThat(located(new Endpoints(null, region, edge), "https://" + host + "/v1/x?y=z"))
                .isEqualTo("https://" + expected + "/v1/x?y=z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://conversations.twilio.com",
                "https://mcs.us1.twilio.com",
                "https://content.twilio.com",
                "http://127.0.0.1:8080"
            })
    void oneServerStandsForAllOfThem(String origin) {
        assertThat(located(at("http://127.0.0.1:8080"), origin + "/v1/a%2Fb%40c%7e?PageToken=x%3D%3d+%20&q='"))
                .isEqualTo("http://127.0.0.1:8080/v1/a%2Fb%40c%7e?PageToken=x%3D%3d+%20&q=%27");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/v1",
                "https://twilio.com.evil.example/v1",
                "https://eviltwilio.com/v1",
                "https://conversations.twilio.com./v1",
                "https://conversations.twilio.com@evil.example/v1",
                "http://conversations.twilio.com/v1",
                "https://conversations.twilio.com:8443/v1",
                "https://conversations.twilio.com\\@evil.example:1/v1",
                "http://127.0.0.1:8081/v1",
                "http://localhost:8080/v1",
                "https://127.0.0.1:8080/v1",
                "file:///etc/passwd",
                "//evil.example/",
                ""
            })
    void nothingLeadsElsewhere(String url) {
        for (String base : new @Nullable String[] {null, "http://127.0.0.1:8080"}) {
            Endpoints endpoints = at(base);
            HttpUrl place;
            try {
                place = endpoints.locate("list users", url);
            } catch (ConversationsException refused) {
                assertThat(refused)
                        .hasMessageStartingWith("list users: the link")
                        .hasMessageEndingWith("Nothing was sent");
                continue;
            }
            assertThat(place.host()).isIn("conversations.twilio.com", "127.0.0.1");
            assertThat(endpoints.trusts(place)).isTrue();
        }
    }

    @Test
    void theRefusalNamesBothPlacesAndNoQuery() {
        assertThatThrownBy(
                        () -> at("http://[::1]:8080").locate("list users", "https://evil.example/x?PageToken=secret"))
                .isInstanceOf(ConversationsException.class)
                .hasMessage("list users: the link leads to https://evil.example, and credentials are sent only to"
                        + " http://[::1]:8080. Nothing was sent");
    }

    @Test
    void onlyConfiguredHostsAreTrusted() {
        assertThat(at(null).trusts(HttpUrl.get("https://api.twilio.com/"))).isTrue();
        assertThat(at(null).trusts(HttpUrl.get("http://api.twilio.com/"))).isFalse();
        assertThat(at("https://proxy.example").trusts(HttpUrl.get("https://api.twilio.com/")))
                .isFalse();
        assertThat(at("https://proxy.example").trusts(HttpUrl.get("https://proxy.example/v1")))
                .isTrue();
    }

    @Test
    void userInfoAndFragmentStayHere() {
        assertThat(located(at(null), "https://user:password@conversations.twilio.com/v1#part"))
                .isEqualTo("https://conversations.twilio.com/v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "%2e", "%2E%2e", ".%2E"})
    void dotsInAPathWouldMeanAnotherPlace(String segment) {
        assertThatThrownBy(() -> at(null).locate(
                                "delete user " + segment, "https://conversations.twilio.com/v1/Users/" + segment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can not be part of a URL's path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:1", "http://127.0.0.1", "http://127.9.9.9:2", "http://[::1]:3", "https://x.y/"
            })
    void basesThatSecretsMayGoTo(String base) {
        assertThat(located(at(base), "https://conversations.twilio.com/v1")).startsWith(HttpUrl.get(base) + "v1");
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com,            only to this machine",
        "http://127.0.0.1.evil.example, only to this machine",
        "http://0.0.0.0:80,             only to this machine",
        "http://192.168.0.1,            only to this machine",
        "http://localhost/v1,           'scheme, host and port only'",
        "http://localhost?x=1,          'scheme, host and port only'",
        "http://user:pass@localhost,    'scheme, host and port only'",
        "ftp://localhost,               must be a URL with http or https",
        "localhost:8080,                must be a URL with http or https",
    })
    void basesThatAreRefused(String base, String why) {
        assertThatThrownBy(() -> at(base))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("base URL: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("user:pass");
    }
}
