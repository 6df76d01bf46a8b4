package io.github.conversations4j.internal.poll;

import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.delivery.Reach;
import io.github.conversations4j.internal.poll.Heard.Told;
import io.github.conversations4j.internal.poll.Window.Reading;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.internal.source.Fields;
import io.github.conversations4j.model.Message;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the newest messages of a conversation with what is known of them, and tells what changed: first of messages
 * that are known, then new ones, each by index. What was told is known from then on, so that a comparison which ends early
 * goes on where it was. Confined to the task of its conversation.
 */
final class MessageComparison {
    private static final int LARGEST_PAGE = 100;
    /** So many new messages of one conversation are held in memory at once; more are told while they are read. */
    private static final int MOST_AT_ONCE = 2_000;

    private final Poll poll;
    private final String sid;
    private final Window window = new Window();
    private boolean begun;
    private boolean behind;
    private int initialUpTo = -1;
    private int beforeUpTo = -1;
    private Instant begunAt = Instant.MIN;
    private int lookedFrom;

    MessageComparison(Poll poll, String conversationSid) {
        this.poll = poll;
        this.sid = conversationSid;
    }

    /** Whether it is known which messages were there before. */
    boolean hasBegun() {
        return begun;
    }

    int top() {
        return window.top();
    }

    /** Of which changed and removed messages the last look told. */
    Reach reach() {
        return new Reach(lookedFrom, begunAt, beforeUpTo + 1);
    }

    /**
     * Begins with a conversation that was there before: what is older than the start is taken as known.
     *
     * @return when the last message was written, as far as its date can be trusted; null if there is none
     */
    @Nullable
    Instant begin() {
        int history = poll.options().history();
        int size = Math.min(LARGEST_PAGE, Math.max(poll.options().window(), history + 1));
        Reading reading = Objects.requireNonNull(
                new Newest(poll, sid).read(size, read -> old(read) > history, Integer.MAX_VALUE));
        List<Message> messages = reading.oldestFirst();
        List<Message> before = messages.stream()
                .filter(message -> !poll.isNew(message.dateCreated()))
                .toList();
        int silent = Math.max(0, before.size() - history);
        initialUpTo = before.isEmpty() ? -1 : before.get(before.size() - 1).index();
        beforeUpTo = silent == 0 ? -1 : before.get(silent - 1).index();
        begunAt = poll.now();
        lookedFrom = reading.from();
        window.beginAt(lookedFrom);
        messages.stream().filter(message -> message.index() <= beforeUpTo).forEach(message -> know(message, false));
        begun = true;
        compare(reading, false);
        return messages.isEmpty() ? null : messages.get(messages.size() - 1).dateCreated();
    }

    private long old(List<Message> messages) {
        return messages.stream()
                .filter(message -> !poll.isNew(message.dateCreated()))
                .count();
    }

    /** Begins with a conversation that is new: everything in it is. */
    void beginEmpty() {
        begun = true;
    }

    /**
     * Reads and compares.
     *
     * @param size of the page that should be enough
     * @param again whether to offer what was told before once more, because it may have been lost on its way
     * @return whether anything had changed
     */
    boolean look(int size, boolean again) {
        return look(size, again, List.of());
    }

    /**
     * Reads and compares.
     *
     * @param size of the page that should be enough
     * @param again whether to offer what was told before once more, because it may have been lost on its way
     * @param heard messages that other sources told of some time ago
     * @return whether anything had changed
     */
    boolean look(int size, boolean again, List<Told> heard) {
        int known = window.top();
        if (!behind) {
            Reading reading = new Newest(poll, sid)
                    .read(size, read -> read.get(read.size() - 1).index() <= known + 1, MOST_AT_ONCE);
            if (reading != null) {
                lookedFrom = Math.max(window.coveredFrom(), reading.from());
                heard.forEach(told -> goneUnseen(told, reading.from(), reading.oldestFirst()));
                return compare(reading, again);
            }
            behind = true;
        }
        lookedFrom = known + 1;
        catchUp(lookedFrom);
        heard.stream()
                .filter(told -> window.covers(told.index()))
                .forEach(told -> goneUnseen(told, known + 1, List.of()));
        behind = false;
        return true;
    }

    /** From the oldest on, so that not all have to be held until the first can be told. */
    private void catchUp(int from) {
        PageRequest request = PageRequest.first(LARGEST_PAGE);
        Slice<Message> page;
        do {
            PageRequest asked = request;
            page = poll.calls().get(() -> poll.api().messages().list(sid, Order.ASCENDING, from, asked));
            for (Message message : page.items()) {
                if (isNew(message)) {
                    added(message);
                    trim();
                }
            }
            request = page.next() == null ? request : asked.after(page.next());
        } while (page.next() != null);
    }

    private boolean compare(Reading reading, boolean again) {
        boolean changed = false;
        for (int index : window.missingFrom(reading)) {
            changed |= removed(index, reading.isOneMoment());
        }
        for (Message message : reading.oldestFirst()) {
            if (!window.knows(message.index())) {
                continue;
            }
            if (!window.isStill(message)) {
                updated(message);
                changed = true;
            } else if (again && window.wasTold(message.index())) {
                offerAgain(message);
            }
        }
        for (Message message : reading.oldestFirst()) {
            if (isNew(message)) {
                added(message);
                changed = true;
            }
        }
        trim();
        return changed;
    }

    private boolean isNew(Message message) {
        return window.covers(message.index()) && !window.knows(message.index());
    }

    /** A message that came and went without a reading in which it was. */
    private void goneUnseen(Told told, int from, List<Message> shown) {
        boolean gone = told.index() >= from
                && !window.knows(told.index())
                && shown.stream().noneMatch(one -> one.sid().equals(told.sid()))
                && poll.calls().find(() -> poll.api().messages().fetch(sid, told.sid())) == null;
        if (gone) {
            tellRemoved(told.sid(), told.index(), poll.heard().of(told.sid(), Message.class));
        }
    }

    private void tellRemoved(String messageSid, int index, @Nullable Message last) {
        Message message = last == null ? Message.builder(messageSid, sid, index).build() : last;
        String id = EventIds.once(EventType.MESSAGE_REMOVED, messageSid);
        poll.teller().tell(new MessageRemoved(poll.teller().meta(id, null), message));
    }

    private void trim() {
        window.trim(poll.options().window()).forEach(poll.states()::forget);
    }

    private void added(Message message) {
        String id = EventIds.once(EventType.MESSAGE_ADDED, message.sid());
        EventMeta meta = message.index() <= initialUpTo
                ? poll.teller().initial(id, message.dateCreated())
                : poll.teller().meta(id, message.dateCreated());
        poll.teller().tell(new MessageAdded(meta, message));
        know(message, true);
    }

    /** Whoever drops duplicates knows whether it was delivered, and as what. */
    private void offerAgain(Message message) {
        String id = EventIds.once(EventType.MESSAGE_ADDED, message.sid());
        EventMeta meta = poll.teller().meta(id, message.dateCreated()).asRecovered();
        boolean wasThere = message.index() <= beforeUpTo;
        if (wasThere || !poll.teller().tell(new MessageAdded(meta, message))) {
            EventMeta change = poll.teller()
                    .meta(EventIds.updated(message), message.dateUpdated())
                    .asRecovered();
            poll.teller().tell(new MessageUpdated(change, message, Set.of(MessageUpdateReason.UNKNOWN)));
        }
    }

    private void updated(Message message) {
        Message before = poll.states().of(message.sid(), Message.class);
        Set<MessageUpdateReason> reasons =
                before == null ? Set.of(MessageUpdateReason.UNKNOWN) : Fields.MESSAGE.changed(before, message, true);
        boolean dated = before == null || reasons.contains(MessageUpdateReason.DATE_UPDATED);
        EventMeta meta = poll.teller().meta(id(message, reasons), dated ? message.dateUpdated() : null);
        poll.teller().tell(new MessageUpdated(meta, message, reasons));
        know(message, true);
    }

    /** The common id of updates leaves out how the delivery stands, which can change alone. */
    private static String id(Message message, Set<MessageUpdateReason> reasons) {
        return reasons.equals(Set.of(MessageUpdateReason.DELIVERY_RECEIPT))
                ? EventIds.update(EventType.MESSAGE_UPDATED, message.sid(), message.dateUpdated(), message.delivery())
                : EventIds.updated(message);
    }

    private boolean removed(int index, boolean surely) {
        String known = window.sid(index);
        if (!surely && poll.calls().find(() -> poll.api().messages().fetch(sid, known)) != null) {
            return false;
        }
        tellRemoved(known, index, poll.states().of(known, Message.class));
        window.remove(index);
        poll.states().forget(known);
        return true;
    }

    private void know(Message message, boolean told) {
        window.put(message, told);
        poll.states().keep(message.sid(), message, Recollection.size(message));
    }
}
