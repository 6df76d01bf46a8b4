package io.github.conversations4j.internal.realtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.internal.wire.PacketCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketsTest {
    private static final PacketCodec CODEC = new PacketCodec(1 << 16, 1 << 23);

    @Test
    void makesOfBytesWhatATreeWouldMake() {
        String id = "TM0123456789abcdef0123456789abcdef";

        assertThat(Packets.receipt(id, CODEC)).isEqualTo(CODEC.encode(Packets.reply(id)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TM1", "~ TM1-{}", "a\"b", "a\\b", "a\nb", "a\u007fb", "gr\u00fc\u00df", "\ud83d\ude00", "\ud800"
            })
    void repeatsAnyId(String id) {
        Packet receipt = CODEC.decode(Packets.receipt(id, CODEC));

        assertThat(receipt.id()).isEqualTo(id);
        assertThat(receipt.header()).isEqualTo(Packets.reply(id).header());
    }
}
