package io.github.conversations4j.internal.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SettableClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is kept of conversations: here the bodies of their messages, each of which weighs 1. */
class CellsTest {
    private static final String ONE = "CH" + "1".repeat(32);
    private static final String TWO = "CH" + "2".repeat(32);
    private static final String THREE = "CH" + "3".repeat(32);

    private final ManualTime time = new ManualTime();
    private final SettableClock clock = new SettableClock(time);
    private final List<String> read = new ArrayList<>();

    private Cells<List<String>> cells(long weight) {
        return new Cells<>(new Cells.Limits(weight, Duration.ofMinutes(10)), List::size, CellsTest::after, clock);
    }

    private static List<String> after(List<String> bodies, ConversationScoped event) {
        List<String> more = new ArrayList<>(bodies);
        more.add(String.valueOf(((MessageAdded) event).message().body()));
        return List.copyOf(more);
    }

    private MessageAdded message(String sid, String body) {
        return new MessageAdded(
                EventMeta.live(body, time.instant(), "test"),
                Message.builder("IM" + body, sid, 0).body(body).build());
    }

    private CompletionStage<List<String>> read(Cells<List<String>> cells, String sid, String... bodies) {
        return cells.get(sid, any -> true, () -> {
            read.add(sid);
            return CompletableFuture.completedFuture(List.of(bodies));
        });
    }

    private static <T> T now(CompletionStage<T> stage) {
        assertThat(stage.toCompletableFuture()).isCompleted();
        return stage.toCompletableFuture().join();
    }

    @Test
    void what_was_read_once_is_kept_right_by_events() {
        Cells<List<String>> cells = cells(100);
        cells.observe(message(ONE, "before anybody asked"));
        assertThat(now(read(cells, ONE, "a"))).containsExactly("a");
        cells.observe(message(ONE, "b"));
        cells.observe(message(TWO, "c"));

        assertThat(now(read(cells, ONE, "not read"))).containsExactly("a", "b");
        assertThat(read).containsExactly(ONE);
    }

    @Test
    void what_happens_while_it_is_read_is_applied_to_what_was_read_and_the_reading_is_shared() {
        Cells<List<String>> cells = cells(100);
        CompletableFuture<List<String>> reading = new CompletableFuture<>();
        CompletionStage<List<String>> first = cells.get(ONE, any -> true, () -> reading);
        CompletionStage<List<String>> second = read(cells, ONE, "not read");
        cells.observe(message(ONE, "b"));
        reading.complete(List.of("a"));

        assertThat(now(first)).containsExactly("a", "b");
        assertThat(now(second)).containsExactly("a", "b");
        assertThat(read).isEmpty();
    }

    @Test
    void what_will_not_do_is_read_again() {
        Cells<List<String>> cells = cells(100);
        read(cells, ONE, "a");

        assertThat(now(cells.get(
                        ONE, held -> held.size() > 1, () -> CompletableFuture.completedFuture(List.of("a", "b")))))
                .containsExactly("a", "b");
    }

    @Test
    void what_somebody_else_reads_is_read_again_if_it_will_not_do() {
        Cells<List<String>> cells = cells(100);
        CompletableFuture<List<String>> reading = new CompletableFuture<>();
        CompletionStage<List<String>> few = cells.get(ONE, any -> true, () -> reading);
        CompletionStage<List<String>> many =
                cells.get(ONE, held -> held.size() > 1, () -> CompletableFuture.completedFuture(List.of("a", "b")));
        reading.complete(List.of("b"));

        assertThat(now(few)).containsExactly("b");
        assertThat(now(many)).containsExactly("a", "b");
    }

    @Test
    void what_is_too_old_or_gone_or_failed_is_read_again() {
        Cells<List<String>> cells = cells(100);
        read(cells, ONE, "a");
        time.advance(Duration.ofMinutes(10));
        assertThat(now(read(cells, ONE, "b"))).containsExactly("b");
        clock.setBack(Duration.ofDays(1));
        read(cells, ONE);
        time.advance(Duration.ofMinutes(10));
        assertThat(now(read(cells, ONE, "b2")))
                .as("though the clock was set back")
                .containsExactly("b2");
        cells.observe(new ConversationRemoved(
                EventMeta.live("gone", time.instant(), "test"),
                ConversationSnapshot.builder(ONE).build()));
        assertThat(now(read(cells, ONE, "c"))).containsExactly("c");

        assertThat(cells.get(TWO, any -> true, () -> CompletableFuture.failedFuture(new IllegalStateException("down")))
                        .toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(now(read(cells, TWO, "d"))).containsExactly("d");
    }

    @Test
    void what_was_asked_for_longest_ago_is_let_go_first_whatever_has_happened_there() {
        Cells<List<String>> cells = cells(4);
        read(cells, ONE, "a");
        read(cells, TWO, "b");
        read(cells, ONE, "not read");
        cells.observe(message(TWO, "c"));
        read(cells, THREE, "d", "e");
        read.clear();

        read(cells, ONE, "not read");
        read(cells, THREE, "not read");
        read(cells, TWO, "b");
        assertThat(read).containsExactly(TWO);
    }

    @Test
    void without_room_nothing_is_kept() {
        Cells<List<String>> cells = cells(0);
        read(cells, ONE, "a");
        read(cells, ONE, "a");

        assertThat(read).containsExactly(ONE, ONE);
    }

    @Test
    void what_is_kept_for_ever_is_not_read_again() {
        Cells<List<String>> cells = new Cells<>(
                new Cells.Limits(100, ChronoUnit.FOREVER.getDuration()), List::size, CellsTest::after, time);
        read(cells, ONE, "a");
        time.advance(Duration.ofDays(10_000));

        assertThat(now(read(cells, ONE, "not read"))).containsExactly("a");
    }
}
