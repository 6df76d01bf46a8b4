package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.conversations4j.internal.poll.Window.Reading;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.tests.SampleEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window knows what a map of its messages would know. */
class WindowTest {
    private static final int MOST = 100;

    private final Window window = new Window();

    private static Message message(int index, String sid, String body) {
        return Message.builder(sid, SampleEvents.conversation(1), index)
                .body(body)
                .build();
    }

    private static Message message(int index, String body) {
        return message(index, SampleEvents.sid("IM", index), body);
    }

    private static Reading reading(int from, Message... oldestFirst) {
        return new Reading(List.of(oldestFirst), from, true);
    }

    private record Known(Message message, boolean told) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void knowsWhatAMapKnows(long seed) {
        Random chance = new Random(seed);
        NavigableMap<Integer, Known> map = new TreeMap<>();
        int next = 0;
        for (int turn = 0; turn < 5_000; turn++) {
            int what = chance.nextInt(10);
            if (what < 6 || map.isEmpty()) {
                next += 1 + chance.nextInt(3);
                put(map, new Known(message(next, "new " + turn), chance.nextBoolean()));
            } else if (what < 8) {
                put(map, new Known(message(oneOf(map, chance), "edited " + turn), chance.nextBoolean()));
            } else {
                int gone = oneOf(map, chance);
                window.remove(gone);
                map.remove(gone);
            }
            if (chance.nextInt(50) == 0) {
                trim(map);
            }
            if (turn % 50 == 0) {
                requireEqual(map, next);
            }
        }
    }

    private void put(NavigableMap<Integer, Known> map, Known known) {
        window.put(known.message(), known.told());
        map.put(known.message().index(), known);
    }

    private static int oneOf(NavigableMap<Integer, Known> map, Random chance) {
        return List.copyOf(map.keySet()).get(chance.nextInt(map.size()));
    }

    private void trim(NavigableMap<Integer, Known> map) {
        List<String> forgotten = new ArrayList<>();
        int last = -1;
        while (map.size() > MOST) {
            last = map.firstKey();
            forgotten.add(map.pollFirstEntry().getValue().message().sid());
        }
        assertThat(window.trim(MOST)).isEqualTo(forgotten);
        if (last >= 0) {
            assertThat(window.covers(last)).isFalse();
            assertThat(window.covers(last + 1)).isTrue();
        }
    }

    private void requireEqual(NavigableMap<Integer, Known> map, int next) {
        assertThat(window.missingFrom(reading(0))).containsExactlyElementsOf(map.keySet());
        assertThat(window.top()).isEqualTo(next);
        map.forEach((index, known) -> {
            assertThat(window.sid(index)).isEqualTo(known.message().sid());
            assertThat(window.wasTold(index)).isEqualTo(known.told());
            assertThat(window.isStill(known.message())).isTrue();
            assertThat(window.isStill(message(index, "otherwise"))).isFalse();
        });
    }

    @Test
    void whatAReadingDoesNotShowIsMissing() {
        for (int i = 0; i < 6; i++) {
            window.put(message(i, "text"), true);
        }
        assertThat(window.missingFrom(reading(2, message(2, "text"), message(4, "edited"), message(7, "new"))))
                .containsExactly(3, 5);
        assertThat(window.knows(3)).isTrue();
        assertThat(window.knows(7)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> window.sid(7)).withMessage("nothing is known at 7");
    }

    @Test
    void aSidOfAnyKindIsKept() {
        String upper = "IM" + "ABCDEF0123456789".repeat(2);
        window.put(message(0, upper, "text"), true);
        window.put(message(1, "IM1", "text"), true);
        window.put(message(2, "IM" + "f".repeat(32), "text"), true);

        assertThat(List.of(window.sid(0), window.sid(1), window.sid(2)))
                .containsExactly(upper, "IM1", "IM" + "f".repeat(32));
        assertThat(window.trim(1)).containsExactly(upper, "IM1");
        assertThat(window.sid(2)).isEqualTo("IM" + "f".repeat(32));
    }
}
