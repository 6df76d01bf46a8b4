package io.github.conversations4j.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    @Test
    void beginsBeforeTheFirstMessage() {
        assertThat(Cursor.of("CH1", NOW)).isEqualTo(new Cursor("CH1", -1, 0, NOW, Map.of()));
    }

    @Test
    void keepsWhatEveryStoreCanKeep() {
        assertThat(Cursor.of("CH1", NOW.plusNanos(999_999)).time()).isEqualTo(NOW);
    }

    @Test
    void movesAndCountsOnlyWhenStored() {
        Cursor moved = Cursor.of("CH1", NOW).with("swept", 3).at(9, NOW.plusSeconds(1));

        assertThat(moved).isEqualTo(new Cursor("CH1", 9, 0, NOW.plusSeconds(1), Map.of("swept", 3L)));
        assertThat(moved.stored().version()).isEqualTo(1);
        assertThat(moved.fact("swept")).hasValue(3);
        assertThat(moved.without("swept").fact("swept")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CH 1", "CH*", "../CH1", "CHä"})
    void refusesNamesThatAreNoSid(String conversation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cursor.of(conversation, NOW))
                .withMessageStartingWith("conversation: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "a=b", "a,b", "a-name-of-25-characters-ok"})
    void refusesNamesThatAreNoFact(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cursor.of("CH1", NOW).with(name, 1))
                .withMessageStartingWith("facts: ");
    }

    @Test
    void refusesMoreFactsThanItMayHold() {
        Cursor full = Cursor.of("CH1", NOW);
        for (int i = 0; i < Cursor.MOST_FACTS; i++) {
            full = full.with("f" + i, i);
        }
        Cursor last = full;

        assertThat(last.with("f0", 7).fact("f0")).hasValue(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> last.with("f8", 1))
                .withMessageContaining("at most 8");
    }
}
