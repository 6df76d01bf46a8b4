package io.github.conversations4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice@example.com", "jürgen 🙂", "a/b?c#d", "US", "USA"})
    void letsThroughWhatTwilioTakes(String identity) {
        assertThat(IdentityRule.require(identity)).isSameAs(identity);
    }

    @Test
    void refusesWhatTwilioRefusesAndSaysWhy() {
        assertThat(IdentityRule.require("x".repeat(256))).hasSize(256);
        assertThatThrownBy(() -> IdentityRule.require("x".repeat(257)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("identity: must not be longer than 256 characters, this one has 257");
        assertThatThrownBy(() -> IdentityRule.require(" \t")).hasMessage("identity: must not be blank");
        assertThatThrownBy(() -> IdentityRule.require("US0123456789abcdef0123456789ABCDEF"))
                .hasMessageContaining("must not look like the SID of a user");
        assertThatThrownBy(() -> IdentityRule.require("half \ud83d")).hasMessageContaining("half a character");
    }
}
