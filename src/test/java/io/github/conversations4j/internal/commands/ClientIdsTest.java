package io.github.conversations4j.internal.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.Message;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientIdsTest {
    private final SplittableRandom random = new SplittableRandom(17);
    private final ClientIds ids = ClientIds.unshared(random);

    @Test
    void an_id_has_the_form_of_a_uuid_of_its_own_kind() {
        UUID id = UUID.fromString(ids.next("CH1", "alice"));

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void no_id_comes_twice() {
        assertThat(IntStream.range(0, 10_000).mapToObj(any -> ids.next("CH1", "alice")))
                .doesNotHaveDuplicates();
    }

    @Test
    void an_id_holds_for_its_place_and_author_only() {
        String id = ids.next("CH1", "alice");

        assertThat(ids.isOwn(id, "CH1", "alice")).isTrue();
        assertThat(ids.isOwn(id, "CH2", "alice")).isFalse();
        assertThat(ids.isOwn(id, "CH1", "bob")).isFalse();
        assertThat(ClientIds.unshared(random).isOwn(id, "CH1", "alice")).isFalse();
    }

    @Test
    void every_bit_of_an_id_counts() {
        UUID id = UUID.fromString(ids.next("CH1", "alice"));

        for (int bit = 0; bit < 128; bit++) {
            long high = bit < 64 ? id.getMostSignificantBits() ^ 1L << bit : id.getMostSignificantBits();
            long low = bit < 64 ? id.getLeastSignificantBits() : id.getLeastSignificantBits() ^ 1L << bit - 64;
            assertThat(ids.isOwn(new UUID(high, low).toString(), "CH1", "alice"))
                    .as("bit " + bit)
                    .isFalse();
        }
    }

    @Test
    void a_shared_name_needs_the_same_secret_too() {
        String id = ClientIds.shared("bot", "secret", random).next("CH1", "bot");

        assertThat(ClientIds.shared("bot", "secret", random).isOwn(id, "CH1", "bot"))
                .isTrue();
        assertThat(ClientIds.shared("bot", "other", random).isOwn(id, "CH1", "bot"))
                .isFalse();
        assertThat(ClientIds.shared("rob", "secret", random).isOwn(id, "CH1", "bot"))
                .isFalse();
    }

    @Test
    void whatever_a_message_carries_no_id_of_ours_is_not_ours() {
        for (String attributes :
                new String[] {"{}", "[]", "no json", "{\"conversations4j\":3}", "{\"conversations4j\":{\"id\":\"x\"}}"
                }) {
            Message message = Message.builder("IM1", "CH1", 0)
                    .attributes(Attributes.of(attributes))
                    .build();
            assertThat(ids.isOwn(message, "alice")).as(attributes).isFalse();
        }
    }
}
