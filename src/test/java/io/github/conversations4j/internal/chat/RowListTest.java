package io.github.conversations4j.internal.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.ChatListChange;
import io.github.conversations4j.ChatRow;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Unread;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a row stands, though REST tells whole seconds and events milliseconds. */
class RowListTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final RowList list = new RowList();

    private static ChatRow row(String sid, long millis, String name) {
        return new ChatRow(
                sid,
                name,
                null,
                ConversationState.ACTIVE,
                Attributes.EMPTY,
                List.of(),
                0,
                null,
                null,
                Unread.of(0),
                NotificationLevel.DEFAULT,
                NOON.plusMillis(millis),
                List.of());
    }

    private List<String> order() {
        return list.rows().stream().map(ChatRow::conversationSid).toList();
    }

    @Test
    void of_two_with_activity_in_one_second_the_one_that_changed_last_stands_first() {
        list.put(row("CH1", 900, "one"));
        list.put(row("CH2", 0, "two"));
        assertThat(order()).containsExactly("CH2", "CH1");
        list.put(row("CH1", 950, "one"));
        assertThat(order()).containsExactly("CH1", "CH2");
    }

    @Test
    void a_row_that_changes_otherwise_or_is_read_again_less_exactly_stays_where_it_is() {
        list.put(row("CH1", 900, "one"));
        list.put(row("CH2", 950, "two"));
        assertThat(list.put(row("CH1", 900, "uno"))).isEqualTo(new ChatListChange.Row(row("CH1", 900, "uno"), 1));
        assertThat(list.put(row("CH1", 0, "uno"))).isEqualTo(new ChatListChange.Row(row("CH1", 0, "uno"), 1));
        assertThat(list.put(row("CH1", 0, "uno"))).isNull();
    }

    @Test
    void activity_in_another_second_moves_a_row_up_and_down() {
        list.addAll(List.of(row("CH1", 1_000, "one"), row("CH2", 2_000, "two"), row("CH3", 3_000, "three")));
        assertThat(order()).containsExactly("CH3", "CH2", "CH1");
        list.put(row("CH1", 4_000, "one"));
        assertThat(order()).containsExactly("CH1", "CH3", "CH2");
        list.put(row("CH1", 2_500, "one"));
        assertThat(order()).containsExactly("CH3", "CH1", "CH2");
    }
}
