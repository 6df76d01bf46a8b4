package io.github.conversations4j.internal.realtime.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.realtime.sync.EventOrder.Fate;
import io.github.conversations4j.internal.realtime.sync.SyncChange.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventOrderTest {
    private final List<Long> passed = new ArrayList<>();
    private final HeldEvents allowance = new HeldEvents(4, 1000);
    private final EventOrder order = new EventOrder(5, allowance);

    private Fate push(long id) {
        return push(change(id));
    }

    private Fate push(SyncChange change) {
        return order.pushed(change, passedOn -> passed.add(passedOn.id()));
    }

    private static SyncChange large(long id, int characters) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("text", "x".repeat(characters));
        return new SyncChange(Kind.ADDED, id, "k", data, null);
    }

    private Fate replay(long id) {
        return order.replayed(change(id), change -> passed.add(change.id()));
    }

    private void caughtUp(long upTo) {
        order.caughtUp(upTo, change -> passed.add(change.id()));
    }

    private static SyncChange change(long id) {
        return new SyncChange(Kind.ADDED, id, "k", JsonNodeFactory.instance.objectNode(), null);
    }

    @Test
    void passesOnWhatFollowsAndDropsWhatWasThere() {
        assertThat(push(6)).isEqualTo(Fate.PASSED);
        assertThat(push(6)).isEqualTo(Fate.DUPLICATE);
        assertThat(push(5)).isEqualTo(Fate.DUPLICATE);
        assertThat(push(7)).isEqualTo(Fate.PASSED);
        assertThat(passed).containsExactly(6L, 7L);
        assertThat(order.complete()).isEqualTo(7);
    }

    @Test
    void holdsBackWhatLeavesNumbersOutUntilTheyCome() {
        assertThat(push(8)).isEqualTo(Fate.HELD);
        assertThat(push(8)).isEqualTo(Fate.DUPLICATE);
        assertThat(push(7)).isEqualTo(Fate.HELD);
        assertThat(order.complete()).isEqualTo(5);
        assertThat(push(6)).isEqualTo(Fate.PASSED);

        assertThat(passed).containsExactly(6L, 7L, 8L);
    }

    @Test
    void takesAReplayAsItComes() {
        replay(6);
        replay(9);

        assertThat(passed).containsExactly(6L, 9L);
    }

    @Test
    void keepsTheOrderBetweenReplayAndPush() {
        push(9);
        replay(6);
        replay(10);
        replay(9);

        assertThat(passed).containsExactly(6L, 9L, 10L);
    }

    @Test
    void waitsNoLongerOnceTheServerHasSentAll() {
        push(8);
        caughtUp(8);

        assertThat(passed).containsExactly(8L);
        assertThat(push(11)).as("gaps are normal now").isEqualTo(Fate.PASSED);
    }

    @Test
    void passesOnWhatComesLateThoughItWasLeftOut() {
        push(8);
        caughtUp(7);
        push(7);
        push(6);
        push(7);
        push(12);
        push(10);

        assertThat(passed).containsExactly(8L, 7L, 6L, 12L, 10L);
    }

    @Test
    void passesOnWhatTheServerClaimsToHaveSent() {
        caughtUp(9);
        assertThat(push(8)).isEqualTo(Fate.PASSED);
        assertThat(push(8)).isEqualTo(Fate.DUPLICATE);
        assertThat(push(10)).isEqualTo(Fate.PASSED);
    }

    @Test
    void asksForWhatWasLeftOutUntilTheServerHasNothingMore() {
        push(8);
        caughtUp(9);
        assertThat(order.complete()).isEqualTo(5);
        replay(6);
        replay(7);
        replay(8);
        assertThat(passed).containsExactly(8L, 6L, 7L);
        caughtUp(9);

        assertThat(order.complete()).isEqualTo(9);
    }

    @Test
    void holdsNoMoreThanItMay() {
        for (long id = 8; id < 13; id++) {
            push(id);
        }

        assertThat(passed).containsExactly(8L, 9L, 10L, 11L, 12L);
        assertThat(allowance.take(change(1))).isNotNull();
    }

    @Test
    void holdsNoMoreThanItMayWeigh() {
        assertThat(push(large(8, 600))).isEqualTo(Fate.HELD);
        assertThat(push(large(9, 600))).as("no room for it").isEqualTo(Fate.AHEAD);

        assertThat(passed).containsExactly(8L, 9L);
        assertThat(order.complete()).as("asks for what it has gone ahead of").isEqualTo(5);
        assertThat(push(6)).isEqualTo(Fate.PASSED);
        assertThat(push(large(12, 600))).as("room was given back").isEqualTo(Fate.HELD);
    }

    @Test
    void weighsWhatIsDeepInside() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putArray("medias").addObject().put("filename", "x".repeat(980));
        assertThat(push(new SyncChange(Kind.ADDED, 8, "k", data, null))).isEqualTo(Fate.AHEAD);
    }

    @Test
    void weighsEmptyValuesToo() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode many = data.putArray("a");
        for (int i = 0; i < 50; i++) {
            many.addObject();
        }
        assertThat(push(new SyncChange(Kind.ADDED, 8, "k", data, null))).isEqualTo(Fate.AHEAD);
    }

    @Test
    void givesBackWhatItHeld() {
        push(8);
        push(large(9, 600));
        order.forget();
        for (int i = 0; i < 4; i++) {
            assertThat(allowance.take(large(i, 150))).isNotNull();
        }
        assertThat(allowance.take(change(5))).isNull();
    }

    @Test
    void remembersALimitedNumberOfWhatWasLeftOut() {
        caughtUp(1_000_000_000_000L);

        assertThat(push(1_000_000_000_000L)).isEqualTo(Fate.PASSED);
        assertThat(push(6)).isEqualTo(Fate.DUPLICATE);
    }

    @Test
    void doesNotMoveOnFromWhatIsRefused() {
        push(7);
        assertThat(order.pushed(change(6), change -> false)).isEqualTo(Fate.REFUSED);
        assertThat(order.complete()).isEqualTo(5);
        assertThat(order.pushed(change(6), change -> change.id() == 6 && passed.add(6L)))
                .isEqualTo(Fate.REFUSED);
        assertThat(order.complete()).isEqualTo(6);
        order.forget();
        replay(7);

        assertThat(passed).containsExactly(6L, 7L);
    }

    @Test
    void isNotCaughtUpWhenSomethingIsRefused() {
        push(8);
        assertThat(order.caughtUp(9, change -> false)).isFalse();

        assertThat(order.complete()).isEqualTo(5);
    }

    @Test
    void losesAndDoublesNothingWhateverTheOrder() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Long> got = new ArrayList<>();
            EventOrder any = new EventOrder(-1, new HeldEvents(1 + random.nextInt(50), 33 + random.nextInt(1000)));
            List<Long> ids = new ArrayList<>(LongStream.range(0, 60).boxed().toList());
            ids.addAll(ids.subList(10, 30));
            Collections.shuffle(ids.subList(20, 60), random);
            try {
                for (long id : ids) {
                    if (random.nextInt(20) == 0) {
                        any.caughtUp(-1, change -> got.add(change.id()));
                    }
                    any.pushed(change(id), change -> got.add(change.id()));
                }
                any.caughtUp(-1, change -> got.add(change.id()));
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertThat(got).as("seed %d", seed).doesNotHaveDuplicates().hasSize(60);
        }
    }

    @Test
    void whatLeavesOutMoreThanCanBeRememberedComesAgainInItsTurn() {
        assertThat(push(large(263, 2000))).isEqualTo(Fate.REFUSED);
        assertThat(order.complete()).isEqualTo(5);
        assertThat(push(large(262, 2000))).as("as many as are remembered").isEqualTo(Fate.AHEAD);
        assertThat(order.complete()).isEqualTo(5);
        assertThat(replay(6)).isEqualTo(Fate.PASSED);
    }

    @Test
    void whatWaitsIsNotLeftOut() {
        HeldEvents aThousand = new HeldEvents(1000, 4_000_000);
        EventOrder busy = new EventOrder(5, aThousand);
        for (long id = 7; id < 1007; id++) {
            assertThat(busy.pushed(change(id), change -> passed.add(change.id())))
                    .isEqualTo(Fate.HELD);
        }
        assertThat(busy.pushed(change(1007), change -> passed.add(change.id()))).isEqualTo(Fate.AHEAD);
        assertThat(busy.complete()).isEqualTo(5);
    }
}
