package io.github.conversations4j.internal.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.Message;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The last messages of a conversation, as events change them. */
class MessageWindowTest {
    private static final EventMeta META = EventMeta.live("id", Instant.EPOCH, "test");

    private static Message message(int index) {
        return message(index, "body " + index);
    }

    private static Message message(int index, String body) {
        return Message.builder("IM" + index, "CH", index).body(body).build();
    }

    /** Four at most, as a page of the newest first gives them. */
    private static MessageWindow window(boolean more, int... newestFirst) {
        List<Message> messages =
                Arrays.stream(newestFirst).mapToObj(MessageWindowTest::message).toList();
        return MessageWindow.of(new Slice<>(messages, more ? "next" : null), 4);
    }

    private static List<Integer> indexes(MessageWindow window) {
        return window.messages().stream().map(Message::index).toList();
    }

    private static MessageWindow add(MessageWindow window, int index) {
        return window.after(new MessageAdded(META, message(index)));
    }

    @Test
    void a_new_message_pushes_out_the_oldest() {
        MessageWindow window = add(window(false, 9, 7, 3, 2), 12);

        assertThat(indexes(window)).containsExactly(3, 7, 9, 12);
        assertThat(window.fromBeginning()).isFalse();
        assertThat(window.last()).isEqualTo(message(12));
    }

    @Test
    void a_late_one_stands_where_it_belongs() {
        assertThat(indexes(add(window(true, 9, 7, 3), 5))).containsExactly(3, 5, 7, 9);
    }

    @Test
    void one_that_is_older_is_taken_only_where_nothing_can_stand_between() {
        assertThat(indexes(add(window(true, 9, 7), 5))).containsExactly(7, 9);
        assertThat(indexes(add(window(false, 9, 7), 5))).containsExactly(5, 7, 9);
        assertThat(indexes(add(window(false), 5))).containsExactly(5);
    }

    @Test
    void what_is_there_already_changes_nothing() {
        MessageWindow window = window(true, 9, 7);

        assertThat(add(window, 9)).isSameAs(window);
        assertThat(window.after(new MessageUpdated(META, message(3), Set.of()))).isSameAs(window);
        assertThat(window.after(new MessageRemoved(META, message(3)))).isSameAs(window);
    }

    @Test
    void edits_and_removals_are_followed() {
        MessageWindow edited = window(true, 9, 7).after(new MessageUpdated(META, message(7, "edited"), Set.of()));
        assertThat(edited.messages()).containsExactly(message(7, "edited"), message(9));

        MessageWindow removed = edited.after(new MessageRemoved(META, message(9)));
        assertThat(indexes(removed)).containsExactly(7);
        assertThat(removed.holds(1)).isTrue();
        assertThat(removed.holds(2)).isFalse();
        assertThat(window(false, 9).holds(2)).isTrue();
    }

    @Test
    void of_an_emptied_window_that_does_not_begin_at_the_beginning_nothing_is_known() {
        MessageWindow emptied = window(true, 9).after(new MessageRemoved(META, message(9)));

        assertThat(emptied.holds(1)).isFalse();
        assertThat(indexes(add(window(true), 12))).isEmpty();
    }

    @Test
    void a_window_whose_messages_were_all_removed_takes_what_comes_after_them() {
        MessageWindow empty = window(true, 9).after(new MessageRemoved(META, message(9)));
        assertThat(indexes(empty)).isEmpty();
        assertThat(indexes(add(empty, 7))).as("others may stand between").isEmpty();
        assertThat(indexes(add(empty, 10))).containsExactly(10);
    }
}
