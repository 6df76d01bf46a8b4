package io.github.conversations4j.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.internal.delivery.ResourceMemory.Known;
import io.github.conversations4j.internal.delivery.ResourceMemory.Phase;
import io.github.conversations4j.internal.delivery.ResourceMemory.Step;
import io.github.conversations4j.tests.SampleEvents;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bounded in number and in characters, and steps can be taken back. */
class ResourceMemoryTest {
    private static Known known(String state, int weight) {
        return new Known(state, "sample", Phase.ADDED, weight);
    }

    private static @Nullable Known look(ResourceMemory memory, String sid) {
        AtomicReference<@Nullable Known> seen = new AtomicReference<>();
        memory.decide(sid, before -> {
            seen.set(before);
            return null;
        });
        return seen.get();
    }

    private static Step put(ResourceMemory memory, String sid, Known now) {
        Step step = memory.decide(sid, before -> now);
        assertThat(step).isNotNull();
        return step;
    }

    @Test
    void it_keeps_no_more_resources_than_it_may_and_forgets_the_one_used_longest_ago() {
        ResourceMemory memory = new ResourceMemory(6_400, Long.MAX_VALUE);
        for (int number = 0; number < 100_000; number++) {
            put(memory, SampleEvents.sid("IM", number), known("state", 1));
            look(memory, SampleEvents.sid("IM", 0));
        }
        assertThat(memory.size()).isLessThanOrEqualTo(6_400).isGreaterThan(6_000);
        assertThat(look(memory, SampleEvents.sid("IM", 0)))
                .as("used all the time")
                .isNotNull();
        assertThat(look(memory, SampleEvents.sid("IM", 1))).isNull();
        assertThat(look(memory, SampleEvents.sid("IM", 99_999))).isNotNull();
    }

    @Test
    void it_keeps_no_more_characters_than_it_may() {
        ResourceMemory memory = new ResourceMemory(1_000_000, 6_400_000);
        for (int number = 0; number < 100_000; number++) {
            put(memory, SampleEvents.sid("IM", number), known("state", 10_000));
        }
        assertThat(memory.size()).isLessThanOrEqualTo(640).isGreaterThan(600);
    }

    @Test
    void what_is_too_large_for_it_is_kept_alone_until_the_next_comes() {
        ResourceMemory memory = new ResourceMemory(64, 64);
        put(memory, "a", known("large", 1_000_000));
        assertThat(look(memory, "a")).isNotNull();
    }

    @Test
    void weights_are_counted_right_when_states_grow_shrink_and_go() {
        ResourceMemory memory = new ResourceMemory(1_000_000, 64 * 100);
        for (int round = 0; round < 1_000; round++) {
            Step grown = put(memory, "a", known("grown", 90));
            put(memory, "a", known("shrunk", 1));
            memory.undo(put(memory, "b" + round, known("undone", 90)));
            memory.undo(grown);
        }
        put(memory, "a", known("grown", 90));
        assertThat(memory.size()).isEqualTo(1);
        assertThat(look(memory, "a")).isEqualTo(known("grown", 90));
    }

    @Test
    void a_step_is_taken_back_to_what_was_known_before() {
        ResourceMemory memory = new ResourceMemory(100, 100_000);
        Step first = put(memory, "a", known("first", 1));
        Step second = put(memory, "a", known("second", 1));
        memory.undo(second);
        assertThat(look(memory, "a")).isEqualTo(known("first", 1));
        memory.undo(first);
        assertThat(look(memory, "a")).isNull();
        memory.undo(first);
        assertThat(memory.size()).isZero();
    }

    @Test
    void a_step_from_which_somebody_has_gone_on_is_not_taken_back_but_for_its_coming_to_be() {
        ResourceMemory memory = new ResourceMemory(100, 100_000);
        Step added = put(memory, "a", known("added", 1));
        Step updated = put(memory, "a", known("updated", 1));
        memory.undo(added);
        assertThat(look(memory, "a")).isEqualTo(known("updated", 1).in(Phase.SEEN));
        memory.undo(updated);
        assertThat(look(memory, "a")).isEqualTo(known("updated", 1).in(Phase.SEEN));
    }
}
