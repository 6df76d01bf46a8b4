package io.github.conversations4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      10.255.1.2,            true",
        "10.0.0.0/8,      11.0.0.0,              false",
        "10.1.128.0/17,   10.1.200.1,            true",
        "10.1.128.0/17,   10.1.100.1,            false",
        "192.168.1.7,     192.168.1.7,           true",
        "192.168.1.7,     192.168.1.8,           false",
        "0.0.0.0/0,       203.0.113.9,           true",
        "0.0.0.0/0,       ::2,                   false",
        "::/0,            203.0.113.9,           false",
        "127.0.0.1,       ::ffff:127.0.0.1,      true",
        "::1,             0:0:0:0:0:0:0:1,       true",
        "fd00::/8,        fdff::1%eth0,          true",
        "fd00::/8,        fe00::1,               false",
        "10.0.0.0/8,      localhost,             false",
        "10.0.0.0/8,      '',                    false",
        "10.0.0.0/8,      10,                    false",
        "10.0.0.0/8,      300.0.0.1,             false",
    })
    void containsWhatBeginsWithItsBits(String range, String address, boolean expected) {
        assertThat(AddressRange.parse(range).contains(address)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "proxy.example.com",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8x",
                "::/129",
                "10.0.0/8",
                "be.ef",
                "1.2.3.4/0008"
            })
    void refusesWhatIsNoRange(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageContaining("'" + text + "'");
    }
}
