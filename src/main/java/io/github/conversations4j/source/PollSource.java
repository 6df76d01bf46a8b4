package io.github.conversations4j.source;

import io.github.conversations4j.event.EventType;
import java.util.HashSet;
import java.util.Set;

/**
 * We call Twilio: needs no public URL, and fills what webhooks miss. It reads REST lists and compares them with what they
 * were before; {@code docs/polling.md} says what that can see, how late, and what it costs. Immutable.
 *
 * <p>It is initialised when its first pass is complete: every conversation, its newest messages, its participants and all
 * users were read once. What was there before is told as {@code ConversationAdded} with {@code meta.initial()}; messages
 * only as far back as {@link PollOptions.Builder#history} says.
 *
 * @param options how often it reads what
 */
public record PollSource(PollOptions options) implements BuiltInSource {
    /** {@code poll}. */
    @Override
    public String name() {
        return SourceKind.POLL.sourceName();
    }

    /** All that a REST list shows, without what the options leave out. */
    @Override
    public Set<EventType<?>> events() {
        Set<EventType<?>> events = new HashSet<>(SourceKind.POLL.events());
        if (!options.participants()) {
            events.removeAll(
                    Set.of(EventType.PARTICIPANT_JOINED, EventType.PARTICIPANT_UPDATED, EventType.PARTICIPANT_LEFT));
        }
        if (!options.users()) {
            events.removeAll(Set.of(EventType.USER_ADDED, EventType.USER_UPDATED));
        }
        return Set.copyOf(events);
    }
}
