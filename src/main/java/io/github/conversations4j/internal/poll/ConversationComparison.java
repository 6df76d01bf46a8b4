package io.github.conversations4j.internal.poll;

import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationStateUpdated;
import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.internal.source.Fields;
import io.github.conversations4j.model.ConversationSnapshot;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a conversation with what it was, and tells what changed. Confined to the task of the conversation. */
final class ConversationComparison {
    private final Poll poll;
    private final boolean wasThere;
    private @Nullable ConversationSnapshot told;
    private boolean changed;

    ConversationComparison(Poll poll, boolean wasThere) {
        this.poll = poll;
        this.wasThere = wasThere;
    }

    /** The state that was told last; null until one was. */
    @Nullable
    ConversationSnapshot told() {
        return told;
    }

    /**
     * Compares.
     *
     * @param now as it is
     * @param again whether to offer what was told before once more, because it may have been lost on its way
     * @return whether anything is different, be it nothing to tell, such as a timer that a message has moved
     */
    boolean compare(ConversationSnapshot now, boolean again) {
        ConversationSnapshot before = told;
        if (before == null) {
            tellAdded(now);
            told = now;
            return true;
        }
        if (again
                && (wasThere
                        ? changed
                        : !poll.teller().tell(new ConversationAdded(added(now).asRecovered(), now)))) {
            EventMeta meta =
                    poll.teller().meta(EventIds.updated(now), now.dateUpdated()).asRecovered();
            poll.teller().tell(new ConversationUpdated(meta, now, Set.of(ConversationUpdateReason.UNKNOWN)));
        }
        if (before.equals(now)) {
            return false;
        }
        tellUpdated(before, now);
        told = now;
        changed = true;
        return true;
    }

    private void tellAdded(ConversationSnapshot now) {
        if (!wasThere) {
            poll.teller().tell(new ConversationAdded(added(now), now));
        } else if (!poll.manner().recovers()) {
            String id = EventIds.once(EventType.CONVERSATION_ADDED, now.sid());
            poll.teller().tell(new ConversationAdded(poll.teller().initial(id, now.dateCreated()), now));
        }
    }

    private EventMeta added(ConversationSnapshot now) {
        return poll.teller().meta(EventIds.once(EventType.CONVERSATION_ADDED, now.sid()), now.dateCreated());
    }

    /** Why the state changed no list tells. */
    private void tellUpdated(ConversationSnapshot before, ConversationSnapshot now) {
        if (before.state() != now.state()) {
            String id = EventIds.update(
                    EventType.CONVERSATION_STATE_UPDATED,
                    now.sid(),
                    now.dateUpdated(),
                    before.state(),
                    now.state(),
                    "");
            poll.teller()
                    .tell(new ConversationStateUpdated(
                            poll.teller().meta(id, now.dateUpdated()), now.sid(), before.state(), now.state(), null));
        }
        Set<ConversationUpdateReason> reasons =
                Fields.CONVERSATION.changed(withoutTimers(before), withoutTimers(now), true);
        if (!reasons.isEmpty()) {
            EventMeta meta = poll.teller()
                    .meta(
                            EventIds.updated(now),
                            reasons.contains(ConversationUpdateReason.DATE_UPDATED) ? now.dateUpdated() : null);
            poll.teller().tell(new ConversationUpdated(meta, now, reasons));
        }
    }

    /** Timers start anew with messages, which is no change of the conversation. */
    private static ConversationSnapshot withoutTimers(ConversationSnapshot conversation) {
        return conversation.toBuilder().dateInactive(null).dateClosed(null).build();
    }

    void tellRemoved() {
        ConversationSnapshot last = told;
        if (last != null) {
            String id = EventIds.once(EventType.CONVERSATION_REMOVED, last.sid());
            poll.teller().tell(new ConversationRemoved(poll.teller().meta(id, null), last));
        }
    }
}
