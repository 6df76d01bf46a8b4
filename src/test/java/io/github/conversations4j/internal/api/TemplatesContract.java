package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

abstract class TemplatesContract extends Contract {
    TemplatesContract(Side side) {
        super(side, ConversationsApi.Templates.class);
    }

    @Test
    @Covers("list")
    void an_account_without_templates_has_an_empty_list() {
        assertThat(all(50, api.templates()::list)).isEmpty();
    }
}
