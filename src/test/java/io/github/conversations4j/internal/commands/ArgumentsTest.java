package io.github.conversations4j.internal.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final String DIGITS = "0123456789abcdef0123456789ABCDEF";

    @Test
    void null_is_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> Arguments.text("body", null))
                .withMessage("body: must not be null");
        assertThatNullPointerException().isThrownBy(() -> Arguments.sid("conversation SID", "CH", null));
        assertThatNullPointerException().isThrownBy(() -> Arguments.identity(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void blank_is_refused_by_name(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.text("body", blank))
                .withMessage("body: must not be blank");
        assertThatIllegalArgumentException().isThrownBy(() -> Arguments.sidOrName("user", "US", blank));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CH123", "ch" + DIGITS, "IM" + DIGITS, "CH" + DIGITS + "0", "general"})
    void only_a_sid_of_the_kind_is_a_sid(String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.sid("conversation SID", "CH", wrong))
                .withMessageContaining("conversation SID")
                .withMessageContaining(wrong);
        assertThat(Arguments.sid("conversation SID", "CH", "CH" + DIGITS)).isEqualTo("CH" + DIGITS);
    }

    @Test
    void the_sid_of_something_else_is_no_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.sidOrName("participant", "MB", "IM" + DIGITS))
                .withMessageContaining("SID of something else");
        assertThat(Arguments.sidOrName("participant", "MB", "MB" + DIGITS)).isEqualTo("MB" + DIGITS);
        assertThat(Arguments.sidOrName("participant", "MB", "alice")).isEqualTo("alice");
        assertThat(Arguments.sidOrName("participant", "MB", "XY" + DIGITS)).isEqualTo("XY" + DIGITS);
    }

    @Test
    void an_identity_is_short_and_no_sid() {
        assertThat(Arguments.identity("i".repeat(256))).hasSize(256);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.identity("i".repeat(257)))
                .withMessageContaining("256")
                .withMessageContaining("257");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.identity("US" + DIGITS))
                .withMessageContaining("is a SID");
    }

    @Test
    void numbers_stay_in_their_range() {
        assertThat(Arguments.range("page size", 1, 100, 100)).isEqualTo(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.range("page size", 1, 100, 101))
                .withMessage("page size: must be 1 to 100, was 101");
        assertThatIllegalArgumentException().isThrownBy(() -> Arguments.index(-1));
    }
}
