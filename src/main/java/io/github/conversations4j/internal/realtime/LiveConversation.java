package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationJoined;
import io.github.conversations4j.event.ConversationLeft;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.realtime.session.Timers;
import io.github.conversations4j.internal.realtime.sync.SyncChange;
import io.github.conversations4j.internal.realtime.sync.SyncKind;
import io.github.conversations4j.internal.realtime.sync.SyncObject;
import io.github.conversations4j.internal.realtime.sync.SyncRoot;
import io.github.conversations4j.internal.realtime.sync.SyncWatcher;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.internal.source.Fields;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationSnapshot.LastMessage;
import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.Participant;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One conversation of the own user, followed. Confined to the session's lock.
 *
 * <p>Its states: <b>opening</b>, until its document, and if the user takes part its roster and messages, are there; nobody
 * has heard of it yet, nor will before the next connection if one of these is <b>refused</b>. <b>Announced</b>: it was added, and joined if the user takes part; its events are told. <b>Over</b>:
 * it was deleted or is no longer the user's. A user who leaves and still sees it closes roster and messages; one who joins
 * again opens them, and it is announced as joined when they are there.
 */
final class LiveConversation implements SyncWatcher {
    /** What no other source tells of. */
    private static final Set<ConversationUpdateReason> OWN_REASONS = Set.of(
            ConversationUpdateReason.LAST_MESSAGE,
            ConversationUpdateReason.STATUS,
            ConversationUpdateReason.NOTIFICATION_LEVEL,
            ConversationUpdateReason.LAST_READ_MESSAGE_INDEX);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final String sid;
    private final String ownIdentity;
    private final Surroundings surroundings;
    private final Owner owner;
    private final Timers timers;
    private final SyncObject document;

    /** Whether it was there before the client started. */
    private boolean initial;

    private SyncNames names;
    private MyConversation mine;

    /** The last state; null until the document was opened. */
    private @Nullable ConversationSnapshot snapshot;

    // Open while the user takes part.
    private @Nullable Roster roster;
    private @Nullable MessageLog messages;

    /** Whether the document may not be read, at least on this connection. */
    private boolean documentRefused;

    private boolean told;
    private boolean joinTold;
    private boolean over;

    /** Whoever keeps the conversation. */
    interface Owner {
        /** It is over. */
        void over(LiveConversation conversation);

        /** It was announced, as added or as joined. */
        void announced();

        /** It is known where its messages end, or that this cannot be known, for now. */
        void messagesRead(LiveConversation conversation);

        /** Since when what happens is news to the application; null as long as nothing is. */
        @Nullable
        Instant readySince();

        /** It cannot be read, for now. */
        void notReadable(String sid, @Nullable Throwable why);
    }

    LiveConversation(
            String sid,
            String ownIdentity,
            SyncNames names,
            MyConversation mine,
            boolean initial,
            Surroundings surroundings,
            Owner owner) {
        this.sid = sid;
        this.ownIdentity = ownIdentity;
        this.names = names;
        this.mine = mine;
        this.initial = initial;
        this.surroundings = surroundings;
        this.owner = owner;
        this.timers = new Timers(surroundings.context());
        this.document = surroundings.sync().open(SyncKind.DOCUMENT, names.conversation(), false, this);
        if (mine.joined() && names.isComplete()) {
            openStreams();
        }
    }

    String sid() {
        return sid;
    }

    /** Whether anybody has heard of it. */
    boolean isTold() {
        return told;
    }

    /** Whether anybody has heard that the user takes part, so that they hear of what happens in it. */
    boolean isJoinTold() {
        return joinTold;
    }

    /** Whether something that it cannot be announced without may not be read, at least on this connection. */
    boolean isRefused() {
        return documentRefused || roster != null && roster.isRefused() || messages != null && messages.isRefused();
    }

    /** The last state; null until the document was opened. */
    @Nullable
    ConversationSnapshot snapshot() {
        return snapshot;
    }

    @Nullable
    Roster roster() {
        return roster;
    }

    @Nullable
    MessageLog messages() {
        return messages;
    }

    private void openStreams() {
        if (names.messages() != null && names.participants() != null && roster == null) {
            roster = new Roster(this, names.participants(), surroundings);
            messages = new MessageLog(this, names.messages(), !initial, surroundings);
        }
    }

    private void closeStreams() {
        surroundings.typing().endedAll(sid);
        if (roster != null) {
            roster.close();
            roster = null;
        }
        if (messages != null) {
            messages.close();
            messages = null;
        }
        owner.messagesRead(this);
    }

    /** There is room for what was refused of its events. */
    void room() {
        document.room();
        if (roster != null) {
            roster.room();
        }
        if (messages != null) {
            messages.room();
        }
    }

    /** Ends it in silence. */
    void close() {
        over = true;
        timers.stop();
        document.close();
        closeStreams();
    }

    // ---- announcing

    /** Announces it if everything is there and it was not yet. */
    void tell() {
        ConversationSnapshot now = snapshot;
        if (over || now == null) {
            return;
        }
        Outlet outlet = surroundings.outlet();
        if (!told) {
            if (mine.joined() && !streamsAreOpen()) {
                return;
            }
            if (!outlet.offer(new ConversationAdded(meta(EventType.CONVERSATION_ADDED), now))) {
                later(this::tell);
                return;
            }
            told = true;
        }
        if (mine.joined() && !joinTold && streamsAreOpen()) {
            if (!outlet.offer(new ConversationJoined(meta(EventType.CONVERSATION_JOINED), now))) {
                later(this::tell);
                return;
            }
            joinTold = true;
            tellMessages();
        }
        owner.announced();
    }

    private EventMeta meta(EventType<?> type) {
        String id = EventIds.once(type, sid);
        return initial
                ? surroundings.outlet().initial(id)
                : surroundings.outlet().meta(id, null, false);
    }

    private boolean streamsAreOpen() {
        return roster != null && roster.isComplete() && messages != null && messages.isOpen();
    }

    private void tellMessages() {
        if (messages != null && roster != null) {
            Participant own = roster.withIdentity(ownIdentity);
            messages.announced(initial ? owner.readySince() : own == null ? null : own.dateCreated());
            messages.room();
        }
    }

    /** Whether it was there at the start and the application has been told already that everything is. */
    boolean isLate() {
        return initial && owner.readySince() != null;
    }

    /** It is known where its messages end. */
    void messagesOpened() {
        owner.messagesRead(this);
        tell();
    }

    /** Its messages cannot be read, for now. */
    void messagesNotReadable(Throwable why) {
        notReadable(why);
        owner.messagesRead(this);
    }

    /** Does something when there may be room for events again. */
    void later(Runnable task) {
        later(PAUSE, task);
    }

    /** Does something later, unless it is over by then. */
    void later(Duration delay, Runnable task) {
        timers.later(delay, task);
    }

    // ---- what the own user's item says

    /**
     * The user joined or left, read, or wants to be notified otherwise.
     *
     * @return false if there is no room for the events
     */
    boolean mineChanged(MyConversation now, @Nullable Instant date, boolean recovered) {
        return mineChanged(now, date, recovered, surroundings.outlet()::offer);
    }

    /** The same was not told, but read later. */
    void mineRead(MyConversation now) {
        if (!now.equals(mine)) {
            mineChanged(now, null, true, surroundings.outlet()::offerSurely);
        }
    }

    private boolean mineChanged(
            MyConversation now, @Nullable Instant date, boolean recovered, Predicate<ConversationsEvent> way) {
        ConversationSnapshot before = snapshot;
        if (!told || before == null) {
            // What is joined now was there before, but its messages are news.
            initial &= mine.joined() || !now.joined();
            mine = now;
            if (before != null) {
                snapshot = before.toBuilder().mine(now).build();
            }
            if (now.joined() && names.isComplete()) {
                openStreams();
            } else if (!now.joined()) {
                closeStreams();
            }
            tell();
            return true;
        }
        if (!update(before.toBuilder().mine(now).build(), date, recovered, way)) {
            return false;
        }
        boolean was = mine.joined();
        mine = now;
        if (was && !now.joined()) {
            left(date, recovered);
        } else if (!was && now.joined()) {
            initial = false;
            openStreams();
            tell();
        }
        return true;
    }

    private void left(@Nullable Instant date, boolean recovered) {
        closeStreams();
        ConversationSnapshot last = snapshot;
        if (joinTold && last != null) {
            joinTold = false;
            Outlet outlet = surroundings.outlet();
            outlet.offerSurely(new ConversationLeft(
                    outlet.meta(EventIds.once(EventType.CONVERSATION_LEFT, sid), date, recovered), last));
        }
    }

    /** It is no longer among the user's conversations. */
    void removed(@Nullable Instant date, boolean recovered) {
        if (over) {
            return;
        }
        if (mine.joined()) {
            mine = new MyConversation(false, mine.notificationLevel(), mine.lastReadMessageIndex());
            if (snapshot != null) {
                snapshot = snapshot.toBuilder().mine(mine).build();
            }
            left(date, recovered);
        }
        ConversationSnapshot last = snapshot;
        if (told && last != null) {
            Outlet outlet = surroundings.outlet();
            outlet.offerSurely(new ConversationRemoved(
                    outlet.meta(EventIds.once(EventType.CONVERSATION_REMOVED, sid), date, recovered), last));
        }
        close();
        owner.over(this);
    }

    // ---- what the document says

    @Override
    public void opened(SyncRoot root) {
        documentRefused = false;
        names = names.with(sid, root.data());
        snapshot = SyncModels.conversation(sid, root.data(), mine);
        if (mine.joined()) {
            openStreams();
        }
        tell();
    }

    @Override
    public boolean changed(SyncChange change, boolean recovered) {
        ConversationSnapshot now = SyncModels.conversation(sid, change.data(), mine);
        return update(now, change.date(), recovered, surroundings.outlet()::offer);
    }

    @Override
    public void reopened(SyncRoot root) {
        update(SyncModels.conversation(sid, root.data(), mine), null, true, surroundings.outlet()::offerSurely);
    }

    private boolean update(
            ConversationSnapshot now, @Nullable Instant date, boolean recovered, Predicate<ConversationsEvent> way) {
        ConversationSnapshot before = snapshot;
        if (before != null && told) {
            Set<ConversationUpdateReason> reasons = Fields.CONVERSATION.changed(before, now, true);
            if (!reasons.isEmpty()) {
                Outlet outlet = surroundings.outlet();
                EventMeta meta = outlet.meta(idOfUpdate(now, reasons), date, recovered);
                if (!way.test(new ConversationUpdated(meta, now, reasons))) {
                    return false;
                }
            }
        }
        snapshot = now;
        return true;
    }

    /** An update that only this source can see is none of those that all can, so it must not have the id of one. */
    private static String idOfUpdate(ConversationSnapshot now, Set<ConversationUpdateReason> reasons) {
        if (!OWN_REASONS.containsAll(reasons)) {
            return EventIds.updated(now);
        }
        LastMessage last = now.lastMessage();
        MyConversation mine = now.mine();
        return EventIds.update(
                EventType.CONVERSATION_UPDATED,
                now.sid(),
                now.dateUpdated(),
                last == null ? null : last.index(),
                last == null ? null : last.dateCreated(),
                mine == null ? null : mine.joined(),
                mine == null ? null : mine.notificationLevel(),
                mine == null ? null : mine.lastReadMessageIndex());
    }

    @Override
    public void gone() {
        removed(null, false);
    }

    @Override
    public void failed(ConversationsException why) {
        documentRefused = snapshot == null;
        notReadable(why);
        if (messages == null) {
            owner.messagesRead(this);
        }
    }

    /** Its roster or its messages are gone, so it will be too. */
    void streamGone() {
        removed(null, false);
    }

    void notReadable(@Nullable Throwable why) {
        owner.notReadable(sid, why);
    }

    // ---- typing

    /** Somebody types. */
    void typing(String identity, long seconds) {
        if (roster == null || !joinTold || identity.equals(ownIdentity)) {
            return;
        }
        Participant participant = roster.withIdentity(identity);
        if (participant != null) {
            surroundings.typing().started(participant, seconds);
        }
    }

    /** Somebody has sent a message, so they no longer type it. */
    void wrote(@Nullable String author) {
        Participant participant = roster == null ? null : roster.withIdentity(author);
        if (participant != null) {
            surroundings.typing().ended(participant.sid());
        }
    }
}
