package io.github.conversations4j.internal.chat;

import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Followed;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.UserConversation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the conversations of one user, with who takes part and the last message of each. Thread-safe.
 *
 * <p>A participant's side follows its conversations and knows who takes part; it is asked for the last message where there is
 * one, and for the number of unread messages where that does not follow from the read horizon.
 */
final class ChatReader {
    private static final int PAGE = 50;

    private final ConversationsApi api;
    private final ConversationsApi.Mine mine;
    private final ChatCaches caches;
    private final boolean isParticipant;

    ChatReader(ConversationsApi api, @Nullable String identity, ChatCaches caches) {
        this.api = api;
        this.mine = api.mine(identity);
        this.caches = caches;
        this.isParticipant = identity == null;
    }

    /**
     * Reads all of them.
     *
     * @param each takes each conversation as soon as its reading was begun; empty for one that is gone meanwhile
     * @return completes when all were begun
     */
    CompletionStage<Void> readAll(Consumer<CompletionStage<Optional<RawChat>>> each) {
        return mine.followed().thenCompose(followed -> {
            if (followed.isEmpty()) {
                return caches.pages(
                        mine::list,
                        PageRequest.first(PAGE),
                        slice -> slice.items().forEach(item -> each.accept(read(item))));
            }
            followed.get().forEach(item -> each.accept(read(item)));
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Reads one of them; empty if the user does not take part. */
    CompletionStage<Optional<RawChat>> read(String sid) {
        return mine.followed(sid)
                .thenCompose(
                        known -> known.isPresent() ? read(known.get()) : unlessGone(own(sid).thenCompose(this::read)));
    }

    private CompletionStage<Optional<RawChat>> read(UserConversation own) {
        String sid = own.conversation().sid();
        return unlessGone(caches.roster(api, sid)
                .thenCombine(
                        caches.window(api, sid, 1),
                        (roster, window) ->
                                Optional.of(new RawChat(own.conversation(), own.unread(), roster, window.last()))));
    }

    private CompletionStage<Optional<RawChat>> read(Followed followed) {
        ConversationSnapshot conversation = followed.conversation();
        Roster roster = Roster.of(followed.participants());
        if (conversation.lastMessage() == null) {
            Unread unread = hasHorizon(conversation) ? Unread.of(0) : Unread.NEVER_READ;
            return CompletableFuture.completedFuture(Optional.of(new RawChat(conversation, unread, roster, null)));
        }
        return unlessGone(caches.window(api, conversation.sid(), 1)
                .thenCombine(
                        unread(conversation),
                        (window, unread) -> Optional.of(new RawChat(conversation, unread, roster, window.last()))));
    }

    private static boolean hasHorizon(ConversationSnapshot conversation) {
        MyConversation own = conversation.mine();
        return own != null && own.lastReadMessageIndex() != null;
    }

    private CompletionStage<Unread> unread(ConversationSnapshot conversation) {
        Integer last = conversation.lastMessage() == null
                ? null
                : conversation.lastMessage().index();
        Unread told = Counting.told(conversation.mine(), last);
        return told != null
                ? CompletableFuture.completedFuture(told)
                : own(conversation.sid()).thenApply(UserConversation::unread);
    }

    /** What a conversation is to the user now. */
    CompletionStage<UserConversation> own(String sid) {
        return caches.limit().call(() -> mine.fetch(sid));
    }

    /** What the last message is now. */
    CompletionStage<MessageWindow> lastMessage(String sid) {
        return caches.readWindow(api, sid, 1);
    }

    private CompletionStage<Optional<RawChat>> unlessGone(CompletionStage<Optional<RawChat>> reading) {
        CompletableFuture<Optional<RawChat>> result = new CompletableFuture<>();
        reading.whenComplete((chat, failure) -> {
            if (failure == null) {
                result.complete(chat);
            } else if (isGone(failure)) {
                result.complete(Optional.empty());
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    /** Whether a failure says that the conversation is none of the user's any more; a participant's side may say it either way. */
    boolean isGone(Throwable failure) {
        Throwable cause = Causes.of(failure);
        return cause instanceof NotFoundException || isParticipant && cause instanceof AccessDeniedException;
    }

    /** Every one of many, in their order; fails as soon as one does. */
    static <T> CompletionStage<List<T>> every(List<CompletionStage<T>> stages) {
        List<CompletableFuture<T>> all =
                stages.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }
}
