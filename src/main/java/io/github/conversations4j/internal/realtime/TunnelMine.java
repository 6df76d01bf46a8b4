package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.json.Resource;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationSnapshot.LastMessage;
import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.UserConversation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the own user sees and does, through the tunnel. Thread-safe. */
final class TunnelMine implements ConversationsApi.Mine {
    private static final String READ_HORIZON = "last_read_message_index";
    private static final String UNREAD = "unread_messages_count";

    private final TunnelCalls calls;
    private final TunnelConversations conversations;
    private final TunnelParticipants participants;

    /** Confined to the session's lock. */
    private final TypingThrottle throttle;

    private final @Nullable String identity;

    TunnelMine(
            TunnelCalls calls,
            TunnelConversations conversations,
            TunnelParticipants participants,
            TypingThrottle throttle,
            @Nullable String identity) {
        this.calls = calls;
        this.conversations = conversations;
        this.participants = participants;
        this.throttle = throttle;
        this.identity = identity;
    }

    /** Does something as the own user, and refuses to do it as anybody else. */
    private <T> CompletionStage<T> asMyself(String action, Function<Account, CompletionStage<T>> call) {
        return calls.withAccount(action, account -> {
            String own = account.configuration().identity();
            if (identity != null && !identity.equals(own)) {
                return CompletableFuture.failedFuture(new UnsupportedByClientException(
                        action + " as " + identity, "this client acts as " + own + " only. Use a backend's client"));
            }
            return call.apply(account);
        });
    }

    /**
     * The list names the conversations and the read horizons; names come from what is followed, and what is unread is asked
     * for where it cannot be told. That the list takes a page size is an assumption.
     */
    @Override
    public CompletionStage<Slice<UserConversation>> list(PageRequest page) {
        String action = "list the own conversations";
        return asMyself(
                action,
                account -> calls.read(
                                action,
                                account.configuration().links().myConversations() + Pages.query(page),
                                answer -> answer)
                        .thenCompose(answer -> entries(action, account, answer)
                                .thenApply(items -> new Slice<>(items, Pages.next(answer)))));
    }

    private CompletionStage<List<UserConversation>> entries(String action, Account account, JsonNode answer) {
        List<CompletableFuture<UserConversation>> all = new ArrayList<>();
        for (JsonNode entry : answer.path("conversations")) {
            String sid = new Resource(entry).required("conversation_sid");
            all.add(entry(action, account, sid, SyncModels.mineFromRest(entry)).toCompletableFuture());
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    private CompletionStage<UserConversation> entry(String action, Account account, String sid, MyConversation mine) {
        return calls.inside(() -> known(account, sid)).thenCompose(known -> {
            if (known == null) {
                return fetch(sid);
            }
            ConversationSnapshot now = known.toBuilder().mine(mine).build();
            Unread told = unread(now);
            return told != null
                    ? CompletableFuture.completedFuture(new UserConversation(now, told, null))
                    : askUnread(action, account, sid).thenApply(asked -> new UserConversation(now, asked, null));
        });
    }

    private static @Nullable ConversationSnapshot known(Account account, String sid) {
        LiveConversation live = account.conversations().findTold(sid);
        return live == null ? null : live.snapshot();
    }

    /** What is unread, where that needs no question; null where it does. */
    private static @Nullable Unread unread(ConversationSnapshot conversation) {
        MyConversation mine = conversation.mine();
        if (mine == null || mine.lastReadMessageIndex() == null) {
            return Unread.NEVER_READ;
        }
        LastMessage last = conversation.lastMessage();
        return last == null || last.index() <= mine.lastReadMessageIndex() ? Unread.of(0) : null;
    }

    private CompletionStage<Unread> askUnread(String action, Account account, String sid) {
        return calls.read(action, TunnelCalls.myUrl(account, sid), TunnelMine::unreadOf);
    }

    /** No number stands for no read horizon, so an answer that says nothing must not be taken for that. */
    private static Unread unreadOf(JsonNode answer) {
        if (!answer.has(UNREAD)) {
            throw new MalformedResourceException("the answer has a conversation without \"" + UNREAD + '"');
        }
        return Unread.of(new Resource(answer).integer(UNREAD));
    }

    @Override
    public CompletionStage<UserConversation> fetch(String conversationSidOrUniqueName) {
        String action = "fetch the own conversation " + conversationSidOrUniqueName;
        return asMyself(
                action,
                account -> calls.read(action, TunnelCalls.myUrl(account, conversationSidOrUniqueName), answer -> answer)
                        .thenCompose(answer -> {
                            UserConversation found = Resources.userConversation(answer);
                            return conversations
                                    .withSync(account, found.conversation())
                                    .thenApply(known -> new UserConversation(
                                            answer.has(READ_HORIZON) ? withMine(known, found) : known,
                                            found.unread(),
                                            found.participantSid()));
                        }));
    }

    /** What the answer says of the read horizon is newer than what Sync has told; it may leave the rest out. */
    private static ConversationSnapshot withMine(ConversationSnapshot known, UserConversation found) {
        MyConversation told = Objects.requireNonNull(found.conversation().mine());
        NotificationLevel level = told.notificationLevel() == null && known.mine() != null
                ? known.mine().notificationLevel()
                : told.notificationLevel();
        return known.toBuilder()
                .mine(new MyConversation(true, level, told.lastReadMessageIndex()))
                .build();
    }

    @Override
    public CompletionStage<Optional<List<ConversationsApi.Followed>>> followed() {
        return asMyself(
                "list the own conversations",
                account -> calls.inside(() -> account.conversations().completeWithin(calls.waitLimit()))
                        .thenCompose(complete -> complete)
                        .thenCompose(complete -> calls.inside(
                                () -> Optional.of(account.conversations().followed()))));
    }

    @Override
    public CompletionStage<Optional<ConversationsApi.Followed>> followed(String conversationSid) {
        return asMyself(
                "read the own conversation " + conversationSid,
                account -> calls.inside(() -> account.conversations().knownWithin(conversationSid, calls.waitLimit()))
                        .thenCompose(known -> known)
                        .thenCompose(known ->
                                calls.inside(() -> account.conversations().followed(conversationSid))));
    }

    @Override
    public CompletionStage<Participant> join(String conversationSid) {
        return asMyself(
                "join conversation " + conversationSid,
                account -> participants.add(
                        conversationSid,
                        NewParticipant.chat(account.configuration().identity())));
    }

    @Override
    public CompletionStage<Void> leave(String conversationSid) {
        return asMyself(
                "leave conversation " + conversationSid,
                account -> participants.remove(
                        conversationSid, account.configuration().identity()));
    }

    @Override
    public CompletionStage<Unread> setLastReadMessageIndex(String conversationSid, @Nullable Integer index) {
        String action = "set the read horizon in conversation " + conversationSid;
        ObjectNode body = TunnelCalls.json().put(READ_HORIZON, index);
        return asMyself(
                action,
                account -> calls.set(action, TunnelCalls.myUrl(account, conversationSid), body, answer -> answer)
                        .thenCompose(answer -> answer.has(UNREAD)
                                ? CompletableFuture.completedFuture(unreadOf(answer))
                                : TunnelCalls.afterwards(action, askUnread(action, account, conversationSid))));
    }

    @Override
    public CompletionStage<Void> setNotificationLevel(String conversationSid, NotificationLevel level) {
        String action = "set the notification level of conversation " + conversationSid;
        ObjectNode body =
                TunnelCalls.json().put("notification_level", level.name().toLowerCase(Locale.ROOT));
        return asMyself(
                action,
                account -> calls.<Void>set(
                        action, TunnelCalls.myUrl(account, conversationSid), body, TunnelCalls::nothing));
    }

    @Override
    public CompletionStage<Integer> typing(String conversationSid) {
        String action = "say that one is typing in conversation " + conversationSid;
        return asMyself(
                action,
                account -> calls.inside(() ->
                                throttle.holds(conversationSid, calls.context().steadyNow()))
                        .thenCompose(holds -> holds != null
                                ? CompletableFuture.completedFuture(holds)
                                : say(action, account, conversationSid)));
    }

    private CompletionStage<Integer> say(String action, Account account, String conversationSid) {
        TunnelRequest request = new TunnelRequest(
                "POST",
                account.configuration().links().typing(),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                ("ChannelSid=" + TunnelRequest.encode(conversationSid)).getBytes(StandardCharsets.UTF_8),
                true);
        return calls.requests()
                .send(action, request)
                .thenCompose(answer -> calls.inside(
                        () -> throttle.told(answer.path("typing_timeout").asInt())))
                .whenComplete((seconds, failure) -> {
                    if (failure != null) {
                        calls.context().exclusive().run(() -> throttle.failed(conversationSid));
                    }
                });
    }
}
