package io.github.conversations4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolTest {
    private final List<Object> made = new ArrayList<>();
    private final Pool<Object> pool = new Pool<>(() -> {
        Object object = new Object();
        made.add(object);
        return object;
    });

    @Test
    void lendsTheSameObjectAgain() {
        Object first = pool.take();
        pool.giveBack(first);

        assertThat(pool.take()).isSameAs(first);
        assertThat(made).hasSize(1);
    }

    @Test
    void neverLendsAnObjectTwiceAtOnce() {
        Set<Object> lent = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            lent.add(pool.take());
        }
        assertThat(lent).hasSize(100);

        lent.forEach(pool::giveBack);
        Set<Object> again = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            again.add(pool.take());
        }
        assertThat(again).hasSize(100);
    }

    @Test
    void keepsOnlyAFew() {
        List<Object> lent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            lent.add(pool.take());
        }
        lent.forEach(pool::giveBack);
        for (int i = 0; i < 1_000; i++) {
            pool.take();
        }

        assertThat(made.size()).isGreaterThan(1_900);
    }
}
