package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.realtime.session.OddInput;
import io.github.conversations4j.internal.realtime.sync.SyncChange;
import io.github.conversations4j.internal.realtime.sync.SyncChange.Kind;
import io.github.conversations4j.internal.realtime.sync.SyncItem;
import io.github.conversations4j.internal.realtime.sync.SyncKind;
import io.github.conversations4j.internal.realtime.sync.SyncObject;
import io.github.conversations4j.internal.realtime.sync.SyncPage;
import io.github.conversations4j.internal.realtime.sync.SyncReader;
import io.github.conversations4j.internal.realtime.sync.SyncReader.Range;
import io.github.conversations4j.internal.realtime.sync.SyncRoot;
import io.github.conversations4j.internal.realtime.sync.SyncWatcher;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.model.Message;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one conversation. Confined to the session's lock.
 *
 * <p>No message is kept: events carry whole messages, so updates and removals are told of messages that nobody has read. In
 * a conversation that the user joined while the client was running, messages may have been written between the joining and
 * the opening of this log. They are read back to the moment at which the user's participant was created, and told first.
 * The same, back to the moment at which the client called itself ready, where a conversation of old could not be opened
 * before that. (These moments are compared with the dates of messages: what a clock is wrong by may be told too much or too
 * little.) Until then, and until the conversation is announced, events are left to Twilio.
 */
final class MessageLog implements SyncWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(MessageLog.class);
    private static final int MAX_MISSED = 1000;

    private final LiveConversation conversation;
    private final Surroundings surroundings;
    private final SyncObject object;

    /** Whether messages are to be read back before anything is told. */
    private boolean toReadBack;

    private boolean readingBack;
    private boolean open;
    private boolean refused;
    private @Nullable String itemsUrl;

    /** Messages that were read back and not told yet, oldest first. */
    private final Deque<Message> missed = new ArrayDeque<>(0);

    /** Messages up to this index were read back, so that their events are no news. */
    private int readBackTo = -1;

    MessageLog(LiveConversation conversation, String name, boolean toReadBack, Surroundings surroundings) {
        this.conversation = conversation;
        this.surroundings = surroundings;
        this.toReadBack = toReadBack;
        this.object = surroundings.sync().open(SyncKind.LIST, name, false, this);
    }

    void close() {
        object.close();
    }

    /** There is room for what was refused, as far as hooks are concerned. */
    void room() {
        if (!toReadBack) {
            object.room();
        }
    }

    /** Whether the conversation may be announced as far as messages are concerned. */
    boolean isOpen() {
        return open;
    }

    /** Whether it may not be opened, at least on this connection. */
    boolean isRefused() {
        return refused;
    }

    /** Where the items are read; null until it was opened. */
    @Nullable
    String itemsUrl() {
        return itemsUrl;
    }

    @Override
    public void opened(SyncRoot root) {
        open = true;
        refused = false;
        itemsUrl = root.itemsUrl();
        toReadBack |= conversation.isLate();
        conversation.messagesOpened();
    }

    /** What was said meanwhile is read as after any loss; what was changed or removed nobody can tell. */
    @Override
    public void reopened(SyncRoot root) {
        itemsUrl = root.itemsUrl();
        LOG.info(
                "messages of {} are read anew: edits and removals since its last event are not told, and what shows them is not"
                        + " put right",
                conversation.sid());
        surroundings.outlet().markIncomplete(conversation.sid());
    }

    // ---- messages from before the opening

    /**
     * The conversation was announced.
     *
     * @param since from when on messages are news; null if that is not known
     */
    void announced(@Nullable Instant since) {
        if (!toReadBack || readingBack) {
            return;
        }
        if (since == null || itemsUrl == null) {
            toReadBack = false;
            return;
        }
        readingBack = true;
        readBack(itemsUrl, since, null);
    }

    private void readBack(String url, Instant since, @Nullable String from) {
        surroundings
                .reader()
                .items(
                        "read new messages of conversation " + conversation.sid(),
                        url,
                        new Range(from, SyncReader.LARGEST_PAGE, false))
                .whenComplete((page, failure) ->
                        surroundings.context().exclusive().run(() -> readBackPage(url, since, page, failure)));
    }

    private void readBackPage(String url, Instant since, @Nullable SyncPage page, @Nullable Throwable failure) {
        if (object.isOver()) {
            return;
        }
        if (page == null) {
            LOG.warn("new messages of {} could not be read", conversation.sid(), failure);
            surroundings.outlet().markIncomplete(conversation.sid());
            tellMissed();
            return;
        }
        boolean atTheBeginning = !page.hasNext();
        int oldest = Integer.MAX_VALUE;
        for (SyncItem item : page.items()) {
            Message message = read(item.key(), item.data());
            if (message == null) {
                continue;
            }
            if (message.dateCreated() != null && message.dateCreated().isBefore(since)) {
                atTheBeginning = true;
                break;
            }
            oldest = message.index();
            missed.addFirst(message);
        }
        if (atTheBeginning || oldest == Integer.MAX_VALUE || oldest == 0) {
            tellMissed();
        } else if (missed.size() >= MAX_MISSED) {
            surroundings.outlet().markIncomplete(conversation.sid());
            tellMissed();
        } else {
            readBack(url, since, String.valueOf(oldest - 1));
        }
    }

    private void tellMissed() {
        while (!missed.isEmpty()) {
            Message message = missed.peekFirst();
            if (!added(message, null, true)) {
                conversation.later(this::tellMissed);
                return;
            }
            readBackTo = message.index();
            missed.removeFirst();
        }
        toReadBack = false;
        object.room();
    }

    // ---- following

    @Override
    public boolean changed(SyncChange change, boolean recovered) {
        if (toReadBack || !conversation.isJoinTold()) {
            return false;
        }
        Message message = read(change.key(), change.data());
        if (message == null) {
            return true;
        }
        if (change.kind() == Kind.ADDED) {
            return message.index() <= readBackTo || added(message, change.date(), recovered);
        }
        return surroundings.outlet().offer(event(change, message, recovered));
    }

    private boolean added(Message message, @Nullable Instant date, boolean recovered) {
        conversation.wrote(message.author());
        // The date of a message can be set by whoever writes it; the date of the event cannot.
        Instant time = date != null ? date : message.dateCreated();
        String id = EventIds.once(EventType.MESSAGE_ADDED, message.sid());
        Outlet outlet = surroundings.outlet();
        return outlet.offer(new MessageAdded(outlet.meta(id, time, recovered), message));
    }

    /** Which fields have changed the delivery knows, which remembers messages for all sources. */
    private ConversationsEvent event(SyncChange change, Message message, boolean recovered) {
        Outlet outlet = surroundings.outlet();
        if (change.kind() == Kind.REMOVED) {
            String id = EventIds.once(EventType.MESSAGE_REMOVED, message.sid());
            return new MessageRemoved(outlet.meta(id, change.date(), recovered), message);
        }
        return new MessageUpdated(
                outlet.meta(EventIds.updated(message), change.date(), recovered),
                message,
                Set.of(MessageUpdateReason.UNKNOWN));
    }

    private @Nullable Message read(String key, JsonNode data) {
        try {
            return SyncModels.message(conversation.sid(), key, data);
        } catch (MalformedResourceException e) {
            surroundings.context().oddInput().note(OddInput.Kind.UNREADABLE, "a message", e);
            return null;
        }
    }

    @Override
    public void gone() {
        conversation.streamGone();
    }

    @Override
    public void failed(ConversationsException why) {
        refused = !open;
        conversation.messagesNotReadable(why);
    }
}
