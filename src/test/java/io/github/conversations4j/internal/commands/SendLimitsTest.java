package io.github.conversations4j.internal.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendLimitsTest {
    private static Attributes attributes(int bytes) {
        return Attributes.of("{\"a\":\"" + "x".repeat(bytes - 8) + "\"}");
    }

    @Test
    void a_body_has_at_most_32_kilobytes_however_many_characters() {
        assertThatNoException().isThrownBy(() -> SendLimits.check(NewMessage.text("a".repeat(32 * 1024))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SendLimits.check(NewMessage.text("a".repeat(32 * 1024 + 1))))
                .withMessage("body: is 32769 bytes long, at most 32768 are taken, the limit of chat");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SendLimits.check(NewMessage.text("€".repeat(11_000))))
                .withMessageContaining("33000 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SendLimits.check(
                        MessageChange.builder().body("a".repeat(40_000)).build()));
    }

    @Test
    void attributes_have_at_most_4_kilobytes_on_messages_and_16_on_conversations() {
        assertThatNoException().isThrownBy(() -> SendLimits.messageAttributes(attributes(4096)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SendLimits.messageAttributes(attributes(4097)))
                .withMessageContaining("4097")
                .withMessageContaining("4096");
        assertThatNoException().isThrownBy(() -> SendLimits.conversationAttributes(attributes(16 * 1024)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SendLimits.conversationAttributes(attributes(16 * 1024 + 1)));
    }

    @Test
    void attributes_are_json() {
        for (String wrong : List.of("no json", "{\"a\":1", "{} {}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SendLimits.check(NewMessage.builder()
                            .body("x")
                            .attributes(Attributes.of(wrong))
                            .build()))
                    .withMessageContaining("must be JSON");
        }
    }

    @Test
    void a_message_holds_something() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SendLimits.check(NewMessage.builder().body("").build()))
                .withMessageContaining("needs a body");
        assertThatNoException()
                .isThrownBy(() -> SendLimits.check(NewMessage.builder()
                        .mediaSids(List.of("ME" + "0".repeat(32)))
                        .build()));
    }

    @Test
    void names_are_short_and_no_sids() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SendLimits.check(
                        NewConversation.builder().friendlyName("n".repeat(257)).build()))
                .withMessageContaining("friendly name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SendLimits.check(ConversationChange.builder()
                        .uniqueName("CH" + "0".repeat(32))
                        .build()))
                .withMessageContaining("must not look like a SID");
    }

    @Test
    void sms_takes_1600_characters_counted_as_people_do() {
        assertThat(SendLimits.exceedsChannel("😀".repeat(1600))).isFalse();
        assertThat(SendLimits.exceedsChannel("😀".repeat(1601))).isTrue();
        assertThat(SendLimits.exceedsChannel(null)).isFalse();
    }
}
