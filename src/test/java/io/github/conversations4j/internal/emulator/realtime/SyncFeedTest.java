package io.github.conversations4j.internal.emulator.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.internal.emulator.state.Behaviour;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.Change;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.MessageDraft;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.testing.ManualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is sent of changes that were numbered. */
class SyncFeedTest {
    private static final Cause CAUSE = Cause.rest(false);

    private final ManualTime time = new ManualTime();
    private final Twilio twilio = new Twilio(
            "AC" + "0".repeat(32), "IS" + "0".repeat(32), Behaviour.DEFAULT, time, time, new SplittableRandom(1));
    private final ChatService service = twilio.service();
    private final List<Change> changes = new ArrayList<>();

    @Test
    void goes_on_after_a_change_that_nobody_could_take() {
        SyncFeed feed = new SyncFeed(service);
        service.record(feed);
        twilio.listen(changes::add);
        service.conversations().create(CAUSE, new ConversationDraft().uniqueName("general"));
        service.messages().add(CAUSE, "general", MessageDraft.text("left out"));
        int leftOut = changes.size();
        service.messages().add(CAUSE, "general", MessageDraft.text("one"));
        service.messages().add(CAUSE, "general", MessageDraft.text("two"));

        List<String> types = new ArrayList<>();
        for (Change change : changes.subList(leftOut, changes.size())) {
            feed.take(change).forEach(event -> types.add(event.type()));
        }

        assertThat(types).containsExactly("list_item_added", "document_updated", "list_item_added", "document_updated");
        assertThat(feed.take(changes.get(0))).as("what was left out").isEmpty();
    }
}
