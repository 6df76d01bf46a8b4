package io.github.conversations4j.internal.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.ChatMessage;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What an open chat makes of the window that it was given. */
class ChatFeedTest {
    private static final EventMeta META = EventMeta.live("id", Instant.EPOCH, "test");

    private final ManualTime time = new ManualTime();
    private final Surroundings surroundings =
            new Surroundings(Runnable::run, time, time, new Random(1), (what, cause) -> {
                throw new AssertionError(what, cause);
            });
    private final Profiles profiles = new Profiles(
            ids -> Map.of(), new Profiles.Limits(1, 1, Duration.ofMinutes(1), Duration.ofMinutes(1)), surroundings);
    private final ChatFeed feed = new ChatFeed("CH", profiles, surroundings);

    private static Message message(int index) {
        return Message.builder("IM" + index, "CH", index).body("body " + index).build();
    }

    @Test
    void goes_on_after_the_only_message_that_was_read_was_removed_meanwhile() {
        MessageWindow kept = MessageWindow.of(new Slice<>(List.of(message(7)), "older"), 1)
                .after(new MessageRemoved(META, message(7)));

        feed.load(CompletableFuture.completedFuture(kept), 1);
        feed.observe(new MessageAdded(META, message(8)));

        List<String> shown = new ArrayList<>();
        feed.listen(chat -> {
            chat.messages().stream().map(ChatMessage::body).forEach(shown::add);
            return change -> {};
        });
        assertThat(shown).containsExactly("body 8");
        feed.close();
    }
}
