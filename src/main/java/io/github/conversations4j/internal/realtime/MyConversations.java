package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.api.ConversationsApi.Followed;
import io.github.conversations4j.internal.realtime.session.OddInput;
import io.github.conversations4j.internal.realtime.session.Timers;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import io.github.conversations4j.internal.realtime.sync.SyncChange;
import io.github.conversations4j.internal.realtime.sync.SyncChange.Kind;
import io.github.conversations4j.internal.realtime.sync.SyncKind;
import io.github.conversations4j.internal.realtime.sync.SyncObject;
import io.github.conversations4j.internal.realtime.sync.SyncRoot;
import io.github.conversations4j.internal.realtime.sync.SyncWatcher;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.model.ConversationSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of the own user. Confined to the session's lock.
 *
 * <p>First the Sync map of them is opened, then they are listed over REST, which also names the Sync objects of each; what
 * happens in between the map tells again. Each one is opened as soon as its page of the list is there.
 *
 * <p>Once it is known of each where its messages end, all that comes is news: the client may call itself ready. So that
 * this does not take long with many conversations, nothing else is opened while there are more pages to read.
 */
final class MyConversations implements SyncWatcher, LiveConversation.Owner {
    private final AccountConfiguration account;
    private final Surroundings surroundings;
    private final Listener listener;
    private final Timers timers;
    private final Map<String, LiveConversation> conversations = new LinkedHashMap<>();

    /** What the map has told of while the list was read: the list may be older. */
    private final Set<String> toldMeanwhile = new HashSet<>();

    private final Rereading rereading = new Rereading();

    /** Conversations that were there at the start, of which it is not known yet where their messages end. */
    private final Set<LiveConversation> unread = new HashSet<>();

    /** Whoever waits until all or one of them are announced. */
    private final Waiters waiting;

    private final SyncObject object;
    private boolean listed;

    /** Whether it was read to its end once, so that what is new in it was not there at the start. */
    private boolean wasListed;

    private boolean allRead;

    /** When the client called itself ready; null before. */
    private @Nullable Instant readySince;

    /** Whoever wants to know how far it has got. */
    interface Listener {
        /** It is known of all that were there at the start where their messages end. Called once. */
        void allRead();

        /** Something cannot be read, for now. */
        void notReadable(@Nullable Throwable why);
    }

    MyConversations(AccountConfiguration account, Surroundings surroundings, Listener listener) {
        this.account = account;
        this.surroundings = surroundings;
        this.listener = listener;
        this.timers = new Timers(surroundings.context());
        this.waiting = new Waiters(surroundings.context());
        this.object = surroundings.sync().open(SyncKind.MAP, account.myConversations(), false, this);
    }

    void stop() {
        timers.stop();
        object.close();
        conversations.values().forEach(LiveConversation::close);
        conversations.clear();
        waiting.wakeAll();
    }

    /** There is room for what was refused: of a conversation, empty for the events of none, null for everything. */
    void room(@Nullable String sid) {
        object.room();
        if (sid == null) {
            List.copyOf(conversations.values()).forEach(LiveConversation::room);
            return;
        }
        LiveConversation conversation = conversations.get(sid);
        if (conversation != null) {
            conversation.room();
        }
    }

    Collection<LiveConversation> all() {
        return conversations.values();
    }

    /** A conversation by its SID; null if it is none of them. */
    @Nullable
    LiveConversation find(String sid) {
        return conversations.get(sid);
    }

    /** A conversation by SID or unique name that was announced; null if there is none. */
    @Nullable
    LiveConversation findTold(String sidOrUniqueName) {
        LiveConversation bySid = conversations.get(sidOrUniqueName);
        if (bySid != null) {
            return bySid.isTold() ? bySid : null;
        }
        for (LiveConversation conversation : conversations.values()) {
            ConversationSnapshot snapshot = conversation.snapshot();
            if (snapshot != null && conversation.isTold() && sidOrUniqueName.equals(snapshot.uniqueName())) {
                return conversation;
            }
        }
        return null;
    }

    /** Whether all that were there at the start are known, and announced unless they may not be read. */
    boolean isComplete() {
        return listed && conversations.values().stream().allMatch(MyConversations::isSettled);
    }

    private static boolean isSettled(LiveConversation conversation) {
        return conversation.isTold() || conversation.isRefused();
    }

    /** Completes when {@link #isComplete}, or when that cannot be in time. */
    CompletionStage<Void> completeWithin(Duration limit) {
        return waiting.await(() -> isComplete() || object.isOver(), limit);
    }

    /** The same for one of them, or for what turns out to be none of them. */
    CompletionStage<Void> knownWithin(String sid, Duration limit) {
        return waiting.await(
                () -> {
                    LiveConversation conversation = conversations.get(sid);
                    return object.isOver() || (conversation == null ? listed : isSettled(conversation));
                },
                limit);
    }

    @Override
    public void announced() {
        waiting.look();
    }

    /** What is announced and the user takes part in. */
    List<Followed> followed() {
        return conversations.values().stream()
                .map(MyConversations::followed)
                .flatMap(Optional::stream)
                .toList();
    }

    /** One of them, if it is announced and the user takes part in it. */
    Optional<Followed> followed(String sid) {
        LiveConversation conversation = conversations.get(sid);
        return conversation == null ? Optional.empty() : followed(conversation);
    }

    private static Optional<Followed> followed(LiveConversation conversation) {
        ConversationSnapshot snapshot = conversation.snapshot();
        Roster roster = conversation.roster();
        return conversation.isJoinTold() && snapshot != null && roster != null
                ? Optional.of(new Followed(snapshot, roster.participants()))
                : Optional.empty();
    }

    // ---- the list

    @Override
    public void opened(SyncRoot root) {
        list(null, Rereading.PAUSES);
    }

    @Override
    public void reopened(SyncRoot root) {
        listed = false;
        toldMeanwhile.clear();
        rereading.begin(conversations.keySet());
        list(null, Rereading.PAUSES);
    }

    private void list(@Nullable String pageToken, Backoff pauses) {
        String url = account.links().myConversations() + (pageToken == null ? "" : "?PageToken=" + pageToken);
        int round = rereading.round();
        surroundings
                .requests()
                .send("list the own conversations", TunnelRequest.get(url))
                .whenComplete((page, failure) -> surroundings
                        .context()
                        .exclusive()
                        .run(() -> {
                            if (rereading.isCurrent(round) && !object.isOver()) {
                                listedPage(pageToken, page, failure, pauses);
                            }
                        }));
    }

    private void listedPage(
            @Nullable String pageToken, @Nullable JsonNode page, @Nullable Throwable failure, Backoff pauses) {
        if (page == null) {
            surroundings.sync().openOnlyLists(false);
            listener.notReadable(failure);
            int round = rereading.round();
            Backoff.Step step = pauses.next(surroundings.context().random());
            timers.later(step.delay(), () -> {
                if (rereading.isCurrent(round)) {
                    list(pageToken, step.then());
                }
            });
            return;
        }
        String next = page.path("meta").path("next_token").textValue();
        boolean more = next != null && !next.isEmpty() && !next.equals(pageToken);
        if (more) {
            surroundings.sync().openOnlyLists(true);
            list(next, Rereading.PAUSES);
        }
        followAll(page.path("conversations"));
        if (!more) {
            listedAll();
        }
    }

    private void listedAll() {
        for (String sid : rereading.rest()) {
            LiveConversation gone = conversations.get(sid);
            if (gone != null) {
                gone.removed(null, true);
            }
        }
        toldMeanwhile.clear();
        listed = true;
        wasListed = true;
        announced();
        surroundings.sync().openOnlyLists(false);
        tellIfAllRead();
    }

    private void followAll(JsonNode entries) {
        for (JsonNode entry : entries) {
            String sid = entry.path("conversation_sid").asText("");
            rereading.saw(sid);
            if (isSid(sid) && !toldMeanwhile.contains(sid)) {
                LiveConversation known = conversations.get(sid);
                if (known == null) {
                    SyncNames names = SyncNames.ofRest(sid, entry.path("sync_objects"));
                    follow(sid, names, SyncModels.mineFromRest(entry), !wasListed);
                } else {
                    known.mineRead(SyncModels.mineFromRest(entry));
                }
            }
        }
    }

    private void follow(String sid, SyncNames names, ConversationSnapshot.MyConversation mine, boolean initial) {
        LiveConversation conversation =
                new LiveConversation(sid, account.identity(), names, mine, initial, surroundings, this);
        conversations.put(sid, conversation);
        if (initial && mine.joined()) {
            unread.add(conversation);
        }
    }

    private static boolean isSid(String key) {
        return key.startsWith("CH");
    }

    private void tellIfAllRead() {
        if (listed && unread.isEmpty() && !allRead) {
            allRead = true;
            listener.allRead();
        }
    }

    /** The client calls itself ready: what was there at the start and is only read from now on may hold news. */
    void ready() {
        readySince = surroundings.context().now();
    }

    // ---- the map

    @Override
    public boolean changed(SyncChange change, boolean recovered) {
        String sid = change.key();
        LiveConversation known = conversations.get(sid);
        if (!listed) {
            toldMeanwhile.add(sid);
            rereading.saw(sid);
        }
        if (change.kind() == Kind.REMOVED) {
            if (known != null) {
                known.removed(change.date(), recovered);
            }
            return true;
        }
        if (!isSid(sid)) {
            surroundings.context().oddInput().note(OddInput.Kind.UNREADABLE, "an own conversation", null);
            return true;
        }
        if (known != null) {
            return known.mineChanged(SyncModels.mine(change.data()), change.date(), recovered);
        }
        follow(sid, SyncNames.ofItem(sid, change.data()), SyncModels.mine(change.data()), false);
        return true;
    }

    @Override
    public void gone() {
        listener.notReadable(null);
    }

    @Override
    public void failed(ConversationsException why) {
        listener.notReadable(why);
    }

    // ---- each of them

    @Override
    public void over(LiveConversation conversation) {
        conversations.remove(conversation.sid(), conversation);
        announced();
    }

    @Override
    public void messagesRead(LiveConversation conversation) {
        if (unread.remove(conversation)) {
            tellIfAllRead();
        }
    }

    @Override
    public @Nullable Instant readySince() {
        return readySince;
    }

    @Override
    public void notReadable(String sid, @Nullable Throwable why) {
        listener.notReadable(why);
        announced();
    }

    /** Somebody types. */
    void typing(JsonNode payload) {
        LiveConversation conversation =
                conversations.get(payload.path("channel_sid").asText());
        String identity = payload.path("identity").textValue();
        if (identity == null) {
            surroundings.context().oddInput().note(OddInput.Kind.UNREADABLE, "a sign of typing", null);
        } else if (conversation != null) {
            conversation.typing(identity, payload.path("typing_timeout").asLong());
        }
    }
}
