package io.github.conversations4j.internal.emulator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShelfTest {
    private final Shelf<Integer> shelf = new Shelf<>();

    @BeforeEach
    void fill() {
        for (int number = 0; number < 10; number++) {
            shelf.add("k" + number, number);
        }
    }

    private List<Integer> walk(boolean descending) {
        List<Integer> seen = new ArrayList<>();
        PageAt at = new PageAt(3, descending, null);
        ShelfPage<Integer> page = shelf.page(at, number -> true);
        seen.addAll(page.items());
        while (page.next() != null) {
            page = shelf.page(at.at(page.next()), number -> true);
            seen.addAll(page.items());
        }
        return seen;
    }

    @Test
    void isReadInPagesBothWays() {
        assertThat(walk(false)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(walk(true)).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pagesLeadBackToWhereTheyCameFrom(boolean descending) {
        PageAt at = new PageAt(4, descending, null);
        ShelfPage<Integer> first = shelf.page(at, number -> true);
        ShelfPage<Integer> second = shelf.page(at.at(first.next()), number -> true);
        ShelfPage<Integer> back = shelf.page(at.at(second.previous()), number -> true);
        assertThat(back.items()).isEqualTo(first.items());
        assertThat(back.previous()).isNull();
        assertThat(shelf.page(at.at(back.next()), number -> true).items()).isEqualTo(second.items());
    }

    @Test
    void aPageIsNotMovedByWhatComesAndGoesBeforeIt() {
        PageAt at = new PageAt(3, false, null);
        ShelfPage<Integer> first = shelf.page(at, number -> true);
        shelf.remove("k0");
        shelf.remove("k2");
        assertThat(shelf.page(at.at(first.next()), number -> true).items()).containsExactly(3, 4, 5);
    }

    @Test
    void whatIsReplacedKeepsItsPlace() {
        shelf.replace("k3", 33);
        shelf.replace("k99", 99);
        assertThat(shelf.all()).containsExactly(0, 1, 2, 33, 4, 5, 6, 7, 8, 9);
        assertThat(shelf.find("k3")).isEqualTo(33);
        assertThat(shelf.find("k99")).isNull();
    }

    @Test
    void filteredPagesAreFull() {
        ShelfPage<Integer> odd = shelf.page(new PageAt(3, false, null), number -> number % 2 == 1);
        assertThat(odd.items()).containsExactly(1, 3, 5);
        assertThat(shelf.page(PageAt.first(3).at(odd.next()), number -> number % 2 == 1)
                        .items())
                .containsExactly(7, 9);
    }

    @Test
    void aPageLooksAtNoMoreThanItHolds() {
        Shelf<Integer> large = new Shelf<>();
        for (int number = 0; number < 10_000; number++) {
            large.add("k" + number, number);
        }
        PageAt at = new PageAt(100, true, null);
        AtomicInteger looked = new AtomicInteger();
        for (int page = 0; page < 50; page++) {
            at = at.at(large.page(at, number -> looked.incrementAndGet() > 0).next());
        }

        assertThat(looked.get()).isBetween(50 * 100, 50 * 101);
    }

    @Test
    void anExactlyFullPageIsTheLast() {
        assertThat(shelf.page(PageAt.first(10), number -> true).next()).isNull();
        assertThat(shelf.page(PageAt.first(9), number -> true).next()).isNotNull();
    }
}
